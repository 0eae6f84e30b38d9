import { l10n } from "vscode";
import type { AnswerId } from "../../../webview/reasoning/questions";
import { continueFrom, plantMistake } from "../../experiments/reasoning/edit";
import { cutsOf, whenKnown } from "../../experiments/reasoning/known";
import type { Answer } from "../../experiments/reasoning/report";
import type { EditedEvent, KnownPoint, ReasoningEvent } from "../../experiments/reasoning/spec";
import { stepsOf } from "../../experiments/reasoning/transcript";
import { type Engine, EngineError, plainSampler } from "../../inference/engine";
import { derivedSeed, seededRandom } from "../../inference/random";
import type { ReasoningRun } from "./reasoningRun";

/** Other answers that are held against the right one at each place: each costs as much as the right one. */
const mostOthers = 4;

/** The curve of an answer: how likely the right answer was after each step or token. Throws EngineError. */
export async function knownEvent(
  run: ReasoningRun,
  id: AnswerId,
  detail: "steps" | "tokens",
  engine: Engine,
  signal: AbortSignal,
  told: (fraction: number) => void = () => undefined,
): Promise<ReasoningEvent> {
  const { answer, arm, question } = partsOf(run, id);
  if (question.answer === undefined) {
    throw new EngineError("badInput", l10n.t("This question has no reference answer whose probability could be read."));
  }
  if (!engine.capabilities.score.available) {
    throw new EngineError("unsupported", engine.capabilities.score.reason);
  }
  const request = {
    spec: run.report.spec,
    arm,
    question: { ...question, answer: question.answer },
    text: answer.text,
    others: othersOf(run, answer, question.answer),
  };
  const cuts = detail === "steps" ? cutsOf(answer.text) : tokenCuts(answer);
  const points: KnownPoint[] = [];
  for await (const point of whenKnown(engine, request, cuts, signal)) {
    points.push(point);
    told(points.length / cuts.length);
  }
  signal.throwIfAborted();
  return { type: "known", ...taskOf(answer), points };
}

/** A step changed, or taken out, and gone on with from there, beside the same without the change. */
export async function editedEvent(
  run: ReasoningRun,
  change: AnswerId &
    Pick<EditedEvent, "start" | "end" | "replacement" | "planted"> & { readonly continuations: number },
  engine: Engine,
  signal: AbortSignal,
): Promise<EditedEvent> {
  const { answer, arm, question } = partsOf(run, change);
  const { spec } = run.report;
  const { start, end, replacement, planted, continuations: samples } = change;
  // Greedy continuations of one text would all be alike.
  const sampler = spec.sampler.temperature > 0 || samples === 1 ? spec.sampler : { ...spec.sampler, ...plainSampler };
  const goOn = (begun: string) =>
    continueFrom(engine, spec, { arm, question, start: begun.trimEnd(), samples, sampler }, signal);
  const changed = await goOn(answer.text.slice(0, start) + replacement);
  const unchanged = await goOn(answer.text.slice(0, end));
  signal.throwIfAborted();
  return { type: "edited", ...taskOf(answer), start, end, replacement, planted, changed, unchanged };
}

/** A step of an answer with a wrong number in it; null for a step without a number. The same each time. */
export function mistakeIn(run: ReasoningRun, id: AnswerId, start: number, end: number): string | null {
  const { answer } = partsOf(run, id);
  const random = seededRandom(derivedSeed(answer.seed, start));
  return plantMistake(answer.text.slice(start, end), random) ?? null;
}

/** A step of an answer to plant a mistake into, by the answer's own seed; undefined where no step has a number. */
export function stepToSpoil(answer: Answer): { start: number; end: number; replacement: string } | undefined {
  const random = seededRandom(derivedSeed(answer.seed, 0));
  const steps = stepsOf(answer.text, answer.transcript.thoughts ?? answer.transcript.said).flatMap(({ start, end }) => {
    const replacement = plantMistake(answer.text.slice(start, end), random);
    return replacement === undefined ? [] : [{ start, end, replacement }];
  });
  return steps[Math.floor(random() * steps.length)];
}

/** The first answer to each of the first questions in an arm. */
export function firstAnswers(run: ReasoningRun, side: { model: string; arm: string }, questions: number): Answer[] {
  return run.report.spec.questions.slice(0, questions).flatMap(({ id }) => run.index.answersOf(id, side).slice(0, 1));
}

function partsOf(run: ReasoningRun, id: AnswerId) {
  const answer = run.index.answer(id);
  const arm = run.report.spec.arms.find((each) => each.id === id.arm);
  const question = run.index.question(id.question)?.question;
  if (!answer || !arm || !question) throw new EngineError("badInput", l10n.t("This answer is not in the run."));
  return { answer, arm, question };
}

function taskOf({ model, question, arm, sample }: AnswerId): AnswerId {
  return { model, question, arm, sample };
}

/** The most frequent wrong answers to the question, over all arms of the model. */
function othersOf(run: ReasoningRun, { model, question }: Answer, right: string): string[] {
  const counts = new Map<string, number>();
  for (const { id: arm } of run.report.spec.arms) {
    for (const { graded } of run.index.answersOf(question, { model, arm })) {
      const said = graded?.extracted;
      if (said !== undefined && said !== right && graded?.verdict !== "right")
        counts.set(said, (counts.get(said) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostOthers)
    .map(([said]) => said);
}

/** After each token of the reasoning: from its beginning to the end of its last step. */
function tokenCuts(answer: Answer): number[] {
  const places = cutsOf(answer.text);
  const [first, last] = [places[0] ?? 0, places.at(-1) ?? 0];
  let offset = 0;
  const ends = answer.tokens.map((token) => (offset += token.length));
  return [first, ...ends.filter((end) => end > first && end < last), ...(last > first ? [last] : [])];
}
