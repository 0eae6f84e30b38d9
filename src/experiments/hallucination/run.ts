import { type Engine, EngineError, greedySampler } from "../../inference/engine";
import { TokenParts } from "../../inference/tokenParts";
import { answerLogProb } from "../answerProbability";
import type { Engines } from "../experiment";
import { isRefusal } from "../graders/refusal";
import { inOrder, type Outcome } from "../inOrder";
import { judged } from "../judging/asking";
import { knownPairs } from "../judging/judgeCheck";
import { judgePrompt } from "../judging/prompts";
import type { Judgement } from "../judging/relation";
import { isChat, seedOf } from "../reasoning/ask";
import { wasRefused } from "../refused";
import { countedBy } from "../tokenCount";
import { agreesByWords } from "./agreement";
import { promptOf, truthLabels, truthQuestion } from "./prompts";
import { readCell } from "./reading";
import { addEvent, type CellRecord, cellWith, type HallucinationReport, judgeOf, startReport } from "./report";
import {
  type AnswerEvent,
  type Cell,
  closedBook,
  greedyAnswer,
  type HallucinationEvent,
  type HallucinationSpec,
} from "./spec";

/** What is heard before answers are whole: nothing that belongs into the record. */
export interface ProbeProgress {
  /** One more token of an answer. */
  token(task: Cell & { readonly sample: number }, text: string): void;
}

/** The models of a run, open. */
interface Opened {
  readonly spec: HallucinationSpec;
  readonly probed: Engine;
  /** Undefined where words alone decide. */
  readonly judge: Engine | undefined;
}

type CellEvent = Parameters<typeof cellWith>[1];

/** Alternatives kept at each token of a greedy answer. */
const alternatives = 5;
/** Ideas shown with an answer when the model is asked whether it is true. */
const mostIdeas = 5;

/**
 * Asks every item in every book: the samples and the greedy answer, then which of them mean the same, whether they agree
 * with the reference, and whether the model calls its own answer true. A judge is tried on known pairs first, and asked no
 * more where it fails. What is `done` is left out, so a run goes on where it was stopped. Ends with an `ended` event; when
 * aborted it rejects with the signal's reason. An item that an engine refuses becomes a `failed` event; what ends the engine
 * itself rejects.
 */
export function runHallucination(
  spec: HallucinationSpec,
  engines: Engines,
  signal: AbortSignal,
  done: readonly HallucinationEvent[] = [],
  progress?: ProbeProgress,
): AsyncGenerator<HallucinationEvent> {
  return goOnProbing(done.reduce(addEvent, startReport(spec)), engines, signal, progress);
}

/** The same from what is known of a run so far. */
export async function* goOnProbing(
  from: HallucinationReport,
  engines: Engines,
  signal: AbortSignal,
  progress?: ProbeProgress,
): AsyncGenerator<HallucinationEvent> {
  let report = from;
  const { spec } = from;
  const probed = await engines(spec.probed, signal);
  const judge = spec.judge === null ? undefined : await engines(spec.judge, signal);
  for (const [role, engine] of [
    ["probed", probed],
    ["judge", judge],
  ] as const) {
    if (engine && !report.models.some((each) => each.role === role)) yield { type: "model", role, model: engine.model };
    const sampling = engine?.capabilities.sample;
    if (engine && sampling && !sampling.available) {
      throw new EngineError("unsupported", `${engine.model.name} cannot answer: ${sampling.reason}`);
    }
  }
  if (judge) {
    for await (const event of checkJudge(judge, report, signal)) {
      report = addEvent(report, event);
      yield event;
    }
  }
  const opened = { spec, probed, judge: judgeOf(report)?.usable ? judge : undefined };
  const parallel = probed.capabilities.sample.available ? probed.capabilities.sample.parallel : 1;
  const width = Math.max(1, Math.floor(parallel / spec.samples));
  const work = [...report.cells.values()];
  yield* inOrder(work, width, signal, (cell, stop) => probe(opened, cell, stop, progress));
  yield { type: "ended", reason: "done" };
}

async function* checkJudge(
  judge: Engine,
  report: HallucinationReport,
  signal: AbortSignal,
): AsyncGenerator<HallucinationEvent> {
  for (const [pair, { question, first, second }] of knownPairs.entries()) {
    if (report.checked.has(pair)) continue;
    yield { type: "checked", pair, ...(await judged(judge, question, first, second, signal)) };
  }
}

/** All that is still to be found out of a cell. */
async function probe(
  opened: Opened,
  from: CellRecord,
  signal: AbortSignal,
  progress: ProbeProgress | undefined,
): Promise<Outcome<HallucinationEvent>> {
  const events: CellEvent[] = [];
  let cell = from;
  const add = (event: CellEvent): void => {
    events.push(event);
    cell = cellWith(cell, event);
  };
  try {
    await ask(opened, cell, signal, add, progress);
    await judgeMeanings(opened, () => cell, signal, add);
    await holdAgainstReference(opened, cell, signal, add);
    await askWhetherTrue(opened, cell, signal, add);
  } catch (error) {
    if (!wasRefused(error)) return { events, error };
    add({ type: "failed", item: from.item, book: from.book, message: error.message });
  }
  return { events };
}

type Add = (event: CellEvent) => void;

/** The sampled answers and the greedy one, whichever are missing. */
async function ask(
  { spec, probed }: Opened,
  cell: CellRecord,
  signal: AbortSignal,
  add: Add,
  progress: ProbeProgress | undefined,
): Promise<void> {
  const { item, book } = cell;
  const prompt = promptOf(spec, probed, cell.of, book);
  const stop = isChat(spec, probed) ? {} : { stop: spec.documentStops };
  const all = Array.from({ length: spec.samples }, (_, sample) => sample);
  const capability = probed.capabilities.sampleLogProbs;
  for (const [samples, sampler, topK] of [
    [all.filter((sample) => !cell.answers.has(sample)), spec.sampler, 0],
    [cell.answers.has(greedyAnswer) ? [] : [greedyAnswer], greedySampler, alternatives],
  ] as const) {
    if (samples.length === 0) continue;
    const seeds = samples.map((sample) => seedOf(spec.seed, item, book, sample));
    const most = capability.available ? Math.min(topK, capability.topK) : 0;
    const request = { prompt, seeds, sampler, maxTokens: spec.maxTokens, topK: most, ...stop };
    const heard = samples.map((): AnswerEvent["tokens"] => []);
    const parts = samples.map(() => new TokenParts());
    const logProbs = samples.map((): AnswerEvent["logProbs"] => []);
    const tops = samples.map((): NonNullable<AnswerEvent["top"]> => []);
    const whole: AnswerEvent[] = [];
    try {
      for await (const event of probed.sample(request, signal)) {
        const [index, sample] = [event.sample, samples[event.sample]!];
        if (event.kind === "token") {
          const part = parts[index]!.add(event.token);
          heard[index]!.push(part);
          logProbs[index]!.push(event.token.logProb ?? null);
          if (most > 0) tops[index]!.push(event.token.top.map(({ text, logProb }) => ({ text, logProb })));
          progress?.token({ item, book, sample }, part);
          continue;
        }
        whole.push({
          type: "answer",
          item,
          book,
          sample,
          seed: seeds[index]!,
          text: event.text,
          reason: event.reason,
          tokens: heard[index]!,
          logProbs: logProbs[index]!,
          ...countedBy(event, logProbs[index]!),
          ...(most > 0 && { top: tops[index]! }),
        });
      }
    } finally {
      for (const answer of whole.sort((a, b) => a.sample - b.sample)) add(answer);
    }
  }
}

/** Asks the judge for pairs until the clusters are final. */
async function judgeMeanings({ judge }: Opened, cell: () => CellRecord, signal: AbortSignal, add: Add): Promise<void> {
  if (!judge) return;
  for (let pair = readCell(cell()).missing; pair; pair = readCell(cell()).missing) {
    const { item, book, of, answers } = cell();
    const [first, second] = pair;
    const texts = pair.map((sample) => answers.get(sample)!.text);
    const said = await judged(judge, of.text, texts[0]!, texts[1]!, signal);
    add({ type: "judged", item, book, first, second, ...said });
  }
}

/** Where words do not say whether an answer agrees with the reference, the judge is asked. Controls are not worth it. */
async function holdAgainstReference({ judge }: Opened, cell: CellRecord, signal: AbortSignal, add: Add): Promise<void> {
  const { item, book, of } = cell;
  if (!judge || of.group !== "asked" || of.reference === undefined) return;
  const known = new Map<string, Judgement>();
  for (const { sample, text } of cell.answers.values()) {
    if (cell.held.has(sample) || agreesByWords(text, of) || isRefusal(text)) continue;
    const said = known.get(text) ?? (await judged(judge, of.text, text, of.reference, signal));
    known.set(text, said);
    add({ type: "held", item, book, sample, ...said });
  }
}

/** P(True) of the greedy answer, from memory only and where the engine scores. */
async function askWhetherTrue(
  { spec, probed }: Opened,
  cell: CellRecord,
  signal: AbortSignal,
  add: Add,
): Promise<void> {
  const greedy = cell.answers.get(greedyAnswer);
  if (cell.book !== closedBook) return;
  if (cell.truth || !greedy || greedy.text.trim() === "" || !probed.capabilities.score.available) return;
  const ideas = Array.from(
    { length: Math.min(mostIdeas, spec.samples) },
    (_, sample) => cell.answers.get(sample)?.text ?? "",
  );
  const question = truthQuestion(
    cell.of.text,
    ideas.filter((text) => text.trim() !== ""),
    greedy.text,
  );
  const prompt = (answer: string) => judgePrompt(probed, question, answer);
  const yes = await answerLogProb(probed, prompt, truthLabels.yes, signal);
  const no = await answerLogProb(probed, prompt, truthLabels.no, signal);
  add({ type: "truth", item: cell.item, book: cell.book, yes, no });
}
