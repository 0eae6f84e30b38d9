import { type Engine, plainSampler, type Sampler } from "../../inference/engine";
import { integer, type Random } from "../problems/problem";
import type { Arm } from "./arms";
import { isChat, promptOf, seedOf } from "./ask";
import type { Question } from "./question";
import type { ReasoningSpec } from "./spec";

/**
 * A step with a wrong result in place of its last number: what follows can be seen to follow it, or not [adding mistakes:
 * Lanham 2023, arXiv 2307.13702, section 2.4]. Undefined for a step without a number.
 */
export function plantMistake(step: string, random: Random): string | undefined {
  const last = [...step.matchAll(/\d+(?:\.\d+)?/g)].at(-1);
  if (!last) return undefined;
  const [start, end] = [last.index, last.index + last[0].length];
  const value = Number(step.slice(start, end));
  const off = integer(random, 1, Math.max(2, Math.min(9, Math.floor(value / 2))));
  const wrong = random() < 0.5 && value - off > 0 ? value - off : value + off;
  return `${step.slice(0, start)}${Number(wrong.toFixed(6))}${step.slice(end)}`;
}

export interface Continuation {
  readonly seed: number;
  readonly text: string;
}

/**
 * Goes on `samples` times from a reasoning that was cut or changed. The seeds depend on the question and the arm alone, so
 * that the changed reasoning and the unchanged one are gone on with by the same draws.
 */
export async function continueFrom(
  engine: Engine,
  spec: Pick<ReasoningSpec, "system" | "chat" | "seed">,
  {
    arm,
    question,
    start,
    samples,
    sampler = plainSampler,
  }: {
    readonly arm: Arm;
    readonly question: Question;
    /** What the answer begins with. */
    readonly start: string;
    readonly samples: number;
    readonly sampler?: Sampler;
  },
  signal: AbortSignal,
): Promise<Continuation[]> {
  const chat = isChat(spec, engine);
  const seeds = Array.from({ length: samples }, (_, sample) =>
    seedOf(spec.seed, question.id, `${arm.id} edited`, sample),
  );
  const texts = new Array<string>(samples).fill("");
  const prompt = promptOf(spec, arm, question, chat, chat || /^\s/.test(start) ? start : ` ${start}`);
  const request = {
    prompt,
    seeds,
    sampler,
    maxTokens: arm.maxTokens,
    topK: 0,
    ...(!chat && { stop: arm.documentStops }),
  };
  for await (const event of engine.sample(request, signal)) if (event.kind === "end") texts[event.sample] = event.text;
  return texts.map((text, index) => ({ seed: seeds[index]!, text }));
}
