import { type Engine, EngineError } from "../../inference/engine";
import { TokenParts } from "../../inference/tokenParts";
import type { Engines } from "../experiment";
import { inOrder, type Outcome } from "../inOrder";
import { judged } from "../judging/asking";
import { judgeQuality, knownPairs } from "../judging/judgeCheck";
import type { Judgement } from "../judging/relation";
import { wasRefused } from "../refused";
import { countedBy, tokenCount } from "../tokenCount";
import type { Arm } from "./arms";
import { isChat, requestOf } from "./ask";
import { type Done, doneOf } from "./done";
import { asked, type Question } from "./question";
import { readAnswer, toJudge } from "./report";
import type { ReasoningEvent, ReasoningSpec, SampleEvent } from "./spec";

/** What is heard of answers before they are whole: nothing that belongs into the record. */
export interface Progress {
  /** One more token of an answer. */
  token(
    task: { readonly model: string; readonly question: string; readonly arm: string; readonly sample: number },
    text: string,
  ): void;
}

interface Work {
  readonly engine: Engine;
  readonly question: Question;
  readonly arm: Arm;
  readonly chat: boolean;
  /** Numbers of the samples that are still to come. */
  readonly samples: readonly number[];
  /** Answers that came before and were not judged then. */
  readonly unjudged: readonly SampleEvent[];
}

interface Opened {
  readonly spec: ReasoningSpec;
  /** Says what answers mean; undefined where words alone decide. */
  readonly judge: Engine | undefined;
  readonly progress: Progress | undefined;
}

/**
 * Asks every question in every arm of every model, as often as the spec says, leaving out what is `done` already. Several
 * requests run side by side where the engine can, and events come in the order of the spec all the same: the record of a
 * run does not depend on how fast what was. Where meaning is graded, the judge is tried on known pairs first, and asked no
 * more where it fails; its judgements follow the answers they are of. Ends with an `ended` event; when aborted it rejects
 * with the signal's reason and the whole answers that had arrived are events. A question that an engine refuses becomes a
 * `failed` event; what ends the engine itself (a crash, no memory, no network) rejects.
 */
export async function* runReasoning(
  spec: ReasoningSpec,
  engines: Engines,
  signal: AbortSignal,
  done: Done = doneOf([]),
  progress?: Progress,
): AsyncGenerator<ReasoningEvent> {
  const told = new Set(done.models.map(({ id }) => id));
  let spent = done.tokens;
  async function* opened(id: string): AsyncGenerator<ReasoningEvent, Engine> {
    const engine = await engines(id, signal);
    if (!told.has(engine.model.id)) yield { type: "model", model: engine.model };
    told.add(engine.model.id);
    return engine;
  }
  const tried = spec.grader.kind === "meaning" ? yield* opened(spec.grader.judge) : undefined;
  const judge = tried && (yield* usableJudge(tried, done, signal));
  for (const model of spec.models) {
    const engine = yield* opened(model);
    const sampling = engine.capabilities.sample;
    if (!sampling.available)
      throw new EngineError("unsupported", `${engine.model.name} cannot answer: ${sampling.reason}`);
    const work = workOf(spec, engine, done, judge !== undefined);
    const width = Math.max(1, Math.floor(sampling.parallel / spec.samples));
    const ask = (each: Work, stop: AbortSignal) => answers({ spec, judge, progress }, each, stop);
    for await (const event of inOrder(work, width, signal, ask)) {
      yield event;
      if (event.type === "sample") spent += tokenCount(event);
      if (spec.tokenBudget !== undefined && spent >= spec.tokenBudget) {
        yield { type: "ended", reason: "budget" };
        return;
      }
    }
  }
  yield { type: "ended", reason: "done" };
}

/** The judge, tried on pairs whose relation is known; undefined where it does not tell them apart. */
async function* usableJudge(
  judge: Engine,
  { checked }: Done,
  signal: AbortSignal,
): AsyncGenerator<ReasoningEvent, Engine | undefined> {
  const said = new Map<number, Judgement>(checked);
  for (const [pair, { question, first, second }] of knownPairs.entries()) {
    if (said.has(pair)) continue;
    const judgement = await judged(judge, question, first, second, signal);
    said.set(pair, judgement);
    yield { type: "checked", pair, ...judgement };
  }
  return judgeQuality(said)?.usable ? judge : undefined;
}

/** Question by question, so that a run that is stopped has whole questions to compare. Made as it is asked for. */
function* workOf(spec: ReasoningSpec, engine: Engine, done: Done, judges: boolean): Generator<Work> {
  const chat = isChat(spec, engine);
  const all = Array.from({ length: spec.samples }, (_, sample) => sample);
  for (const question of spec.questions) {
    for (const arm of spec.arms) {
      const task = { model: engine.model.id, question: question.id, arm: arm.id };
      const before = all.flatMap((sample) => done.answer({ ...task, sample }) ?? []);
      const samples = all.filter((sample) => !before.some((each) => each.sample === sample));
      const unjudged = judges ? before.filter((answer) => !done.judged(answer)) : [];
      if (samples.length > 0 || unjudged.length > 0) yield { engine, question, arm, chat, samples, unjudged };
    }
  }
}

/** All that is still to be had of a question in an arm: the samples that are missing, and what a judge says of them. */
async function answers(opened: Opened, work: Work, signal: AbortSignal): Promise<Outcome<ReasoningEvent>> {
  const { question, arm, engine, samples, unjudged } = work;
  const events: ReasoningEvent[] = [];
  try {
    const sampled: SampleEvent[] = [];
    try {
      if (samples.length > 0) await sample(opened, work, sampled, signal);
    } finally {
      events.push(...sampled.sort((a, b) => a.sample - b.sample));
    }
    for (const answer of [...unjudged, ...sampled].sort((a, b) => a.sample - b.sample)) {
      const judgement = await judgementOf(opened, arm, question, answer, signal);
      if (judgement) events.push(judgement);
    }
  } catch (error) {
    if (!wasRefused(error)) return { events, error };
    const task = { model: engine.model.id, question: question.id, arm: arm.id };
    return { events: [{ type: "failed", ...task, message: error.message }] };
  }
  return { events };
}

/** Draws the samples; those that are whole are in `whole`, also where it rejects. */
async function sample(
  { spec, progress }: Opened,
  { engine, question, arm, chat, samples }: Work,
  whole: SampleEvent[],
  signal: AbortSignal,
): Promise<void> {
  const task = { model: engine.model.id, question: question.id, arm: arm.id };
  const request = requestOf(spec, { arm, question, chat }, samples);
  const parts = samples.map(() => new TokenParts());
  const tokens = samples.map((): { text: string; logProb: number | undefined }[] => []);
  for await (const event of engine.sample(request, signal)) {
    const number = samples[event.sample]!;
    const heard = tokens[event.sample]!;
    if (event.kind === "token") {
      const part = parts[event.sample]!.add(event.token);
      heard.push({ text: part, logProb: event.token.logProb });
      progress?.token({ ...task, sample: number }, part);
      continue;
    }
    const logProbs = heard.map(({ logProb }) => logProb ?? null);
    whole.push({
      type: "sample",
      ...task,
      sample: number,
      seed: request.seeds[event.sample]!,
      text: event.text,
      reason: event.reason,
      tokens: heard.map(({ text }) => text),
      logProbs,
      ...countedBy(event, logProbs),
    });
  }
}

/** What the judge says of an answer; undefined where words say enough. What a judge refuses to read is unclear. */
async function judgementOf(
  { spec, judge }: Opened,
  arm: Arm,
  question: Question,
  answer: SampleEvent,
  signal: AbortSignal,
): Promise<ReasoningEvent | undefined> {
  const text = toJudge(spec, readAnswer(spec, arm, question, answer), question.answer);
  if (!judge || text === undefined || question.answer === undefined) return undefined;
  const { model, question: id, arm: inArm, sample: number } = answer;
  const task = { model, question: id, arm: inArm, sample: number };
  try {
    return { type: "judged", ...task, ...(await judged(judge, asked(question), text, question.answer, signal)) };
  } catch (error) {
    if (!wasRefused(error)) throw error;
    return { type: "judged", ...task, forward: "unclear", backward: "unclear" };
  }
}
