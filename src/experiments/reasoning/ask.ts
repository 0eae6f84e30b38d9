import type { Engine, Prompt, SampleRequest } from "../../inference/engine";
import { derivedSeed } from "../../inference/random";
import { type Arm, fill } from "./arms";
import { asked, type Question } from "./question";
import type { ReasoningSpec } from "./spec";

/** Whether a model is asked in its chat template. */
export function isChat(spec: Pick<ReasoningSpec, "chat">, engine: Pick<Engine, "model" | "capabilities">): boolean {
  return engine.capabilities.chat.available && (spec.chat || !engine.capabilities.completion.available);
}

/** The prompt of a question in an arm; `answerStart` is what the answer already begins with. */
export function promptOf(
  spec: Pick<ReasoningSpec, "system">,
  arm: Arm,
  question: Question,
  chat: boolean,
  answerStart = "",
): Prompt {
  const text = fill(chat ? arm.chat : arm.document, asked(question));
  if (!chat) return { kind: "text", text: text + answerStart };
  const messages = [
    ...(spec.system ? [{ role: "system", content: spec.system }] : []),
    { role: "user", content: text },
  ];
  return {
    kind: "chat",
    messages,
    ...(answerStart && { answerStart }),
    ...(arm.templateValues && { templateValues: arm.templateValues }),
  };
}

/** What the engine is asked for: those samples of a question in an arm that are still to come. */
export function requestOf(
  spec: ReasoningSpec,
  { arm, question, chat }: { readonly arm: Arm; readonly question: Question; readonly chat: boolean },
  samples: readonly number[],
): SampleRequest {
  return {
    prompt: promptOf(spec, arm, question, chat),
    seeds: samples.map((sample) => seedOf(spec.seed, question.id, arm.id, sample)),
    sampler: spec.sampler,
    maxTokens: arm.maxTokens,
    ...(!chat && { stop: arm.documentStops }),
    topK: 0,
  };
}

/**
 * The seed of an answer: from the run's seed, the question, the arm and the sample's number, so that it stays the same
 * whatever else is asked, in which order, and after an interruption.
 */
export function seedOf(seed: number, question: string, arm: string, sample: number): number {
  let hash = 0x811c9dc5; // FNV-1a
  for (const unit of new TextEncoder().encode(`${question}\0${arm}`)) hash = Math.imul(hash ^ unit, 0x01000193);
  return derivedSeed(derivedSeed(seed, hash >>> 0), sample);
}
