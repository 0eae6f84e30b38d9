import type { Engine, SampleRequest } from "../../inference/engine";
import { drained } from "../drained";
import { tokenCount } from "../tokenCount";
import type { Arm } from "./arms";
import { isChat, requestOf } from "./ask";
import { type JudgingForecast, judgingForecast } from "./judgingForecast";
import type { Question } from "./question";
import type { ReasoningReport } from "./report";
import type { ReasoningSpec } from "./spec";

/** An estimate: 95 % of such runs should come to between `low` and `high`. */
export interface Estimate {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

/** What an arm's estimate rests on: earlier answers in that arm of that model, or else how long such answers usually are. */
export type Basis = { readonly kind: "answers"; readonly answers: number } | { readonly kind: "typical" };

export interface ArmForecast {
  readonly model: string;
  readonly arm: string;
  /** Answers still to come. */
  readonly answers: number;
  readonly tokens: Estimate;
  readonly basis: Basis;
}

/** What a run will take. All of it is an estimate and shown with ≈; `arms` says what it rests on. */
export interface Forecast {
  readonly answers: number;
  /** Sampled tokens of the answers; prompts are not counted, and neither is what a judge says. */
  readonly tokens: Estimate;
  /** With the judge's; undefined where a model's pace is not known. */
  readonly seconds: Estimate | undefined;
  readonly arms: readonly ArmForecast[];
  /** What the judge of meaning will say; undefined without one. */
  readonly judging: JudgingForecast | undefined;
  /** The spec's token budget is expected to end the run before all is answered. */
  readonly endedByBudget: boolean;
}

export interface Known {
  /** What there is of this run: its answers are not asked for again, and tell how long the others will be. */
  readonly done?: ReasoningReport | undefined;
  /** Other runs, whose answers tell how long these will be. */
  readonly earlier?: readonly ReasoningReport[];
  /** Sampled tokens a second by model id, prompts' reading included: of `measurePace`, or of a run so far. */
  readonly paces?: ReadonlyMap<string, number>;
}

/** Tokens and seconds of a run, before it starts or while it runs. A pure function, linear in the answers given. */
export function forecast(spec: ReasoningSpec, known: Known = {}): Forecast {
  return drained(forecasting(spec, known));
}

/** As `forecast`. Yields now and then, for `inSlices`. */
export function* forecasting(
  spec: ReasoningSpec,
  { done, earlier = [], paces = new Map() }: Known = {},
): Generator<void, Forecast> {
  const own = yield* seenIn(done ? [done] : []);
  const seen = earlier.length === 0 ? own : yield* seenIn(done ? [done, ...earlier] : earlier);
  const arms: ArmForecast[] = [];
  for (const model of spec.models) {
    for (const arm of spec.arms) {
      const key = armKey(model, arm.id);
      arms.push(armForecast(model, arm, missing(spec, own.get(key)), seen.get(key)));
      yield;
    }
  }
  const spent = [...own.values()].reduce((sum, { whole }) => sum + whole.sum, 0);
  const all = total(arms);
  const left = spec.tokenBudget === undefined ? Number.POSITIVE_INFINITY : Math.max(0, spec.tokenBudget - spent);
  const tokens = atMost(all, left);
  const answers = arms.reduce((sum, each) => sum + each.answers, 0);
  const judging = judgingForecast(spec, answers, done ? [done, ...earlier] : earlier, done);
  return {
    answers,
    tokens,
    seconds: seconds(
      [...arms, ...(judging ? [judging] : [])],
      paces,
      all.expected > 0 ? tokens.expected / all.expected : 1,
    ),
    arms,
    judging,
    endedByBudget: all.expected > left,
  };
}

const trialTokens = 24;
const trialMs = 1500;

/**
 * Tokens a second of a model, from one short request of the spec (its first question, as often as the run will ask it; at
 * most 24 tokens each and 1.5 seconds). It samples, so a served model is asked and may cost. Undefined where nothing came.
 */
export async function measurePace(
  engine: Engine,
  spec: ReasoningSpec,
  signal: AbortSignal,
): Promise<number | undefined> {
  const arm = spec.arms.reduce((longest, each) => (each.maxTokens > longest.maxTokens ? each : longest));
  const samples = Array.from({ length: spec.samples }, (_, sample) => sample);
  const task = { arm, question: spec.questions[0]!, chat: isChat(spec, engine) };
  return paceOf(engine, requestOf(spec, task, samples), signal);
}

/** Tokens a second of a model that is asked for the beginning of a request's answers. Undefined where nothing came. */
export async function paceOf(engine: Engine, request: SampleRequest, signal: AbortSignal): Promise<number | undefined> {
  const trial = { ...request, maxTokens: Math.min(trialTokens, request.maxTokens) };
  const start = performance.now();
  let tokens = 0;
  for await (const event of engine.sample(trial, signal)) {
    if (event.kind === "token") tokens++;
    if (performance.now() - start > trialMs) break;
  }
  const seconds = (performance.now() - start) / 1000;
  return tokens > 0 ? tokens / seconds : undefined;
}

/** Count, sum and sum of squares of answers' tokens. */
interface Length {
  answers: number;
  sum: number;
  squares: number;
}

/** What was seen of a model in an arm. */
interface Seen {
  readonly whole: Length;
  readonly bySteps: Map<number, Length>;
  /** Answers by question. */
  readonly answered: Map<string, number>;
}

function armKey(model: string, arm: string): string {
  return `${model}\n${arm}`;
}

/** Answers looked at between two chances to pause. */
const pauseAnswers = 500;

function* seenIn(reports: readonly ReasoningReport[]): Generator<void, Map<string, Seen>> {
  const all = new Map<string, Seen>();
  let looked = 0;
  for (const { spec, answers } of reports) {
    const steps = new Map(spec.questions.map((question) => [question.id, question.steps]));
    for (const answer of answers) {
      const { model, arm, question } = answer;
      const tokens = tokenCount(answer);
      if (++looked % pauseAnswers === 0) yield;
      const seen = all.get(armKey(model, arm)) ?? { whole: noLength(), bySteps: new Map(), answered: new Map() };
      all.set(armKey(model, arm), seen);
      add(seen.whole, tokens);
      seen.answered.set(question, (seen.answered.get(question) ?? 0) + 1);
      const known = steps.get(question);
      if (known === undefined) continue;
      const alike = seen.bySteps.get(known) ?? noLength();
      seen.bySteps.set(known, alike);
      add(alike, tokens);
    }
  }
  return all;
}

function noLength(): Length {
  return { answers: 0, sum: 0, squares: 0 };
}

function add(length: Length, tokens: number): void {
  length.answers++;
  length.sum += tokens;
  length.squares += tokens ** 2;
}

/** The questions with how many answers each has still to come. */
function missing({ questions, samples }: ReasoningSpec, own: Seen | undefined): [Question, number][] {
  return questions.map((question) => [question, Math.max(0, samples - (own?.answered.get(question.id) ?? 0))]);
}

/** Answers of the same difficulty tell the most, where there are enough of them. */
const enough = 3;

function armForecast(
  model: string,
  arm: Arm,
  missing: readonly [Question, number][],
  seen: Seen | undefined,
): ArmForecast {
  const answers = missing.reduce((sum, [, count]) => sum + count, 0);
  const most = answers * arm.maxTokens;
  if (!seen) {
    const expected = missing.reduce((sum, [question, count]) => sum + count * typicalTokens(arm, question), 0);
    const tokens = { low: expected / typicalFactor, expected, high: expected * typicalFactor };
    return { model, arm: arm.id, answers, tokens: atMost(tokens, most), basis: { kind: "typical" } };
  }
  const wanted = new Map<Length, number>();
  for (const [{ steps }, count] of missing) {
    const alike = steps === undefined ? undefined : seen.bySteps.get(steps);
    const length = alike && alike.answers >= enough ? alike : seen.whole;
    wanted.set(length, (wanted.get(length) ?? 0) + count);
  }
  const tokens = independent([...wanted].map(([length, count]) => sumOf(length, count)));
  const basis = { kind: "answers", answers: seen.whole.answers } as const;
  return { model, arm: arm.id, answers, tokens: atMost(tokens, most), basis };
}

/** The sum of `count` further answers: their own spread, and that of the mean they are expected to have. */
function sumOf({ answers, sum, squares }: Length, count: number): Estimate {
  const mean = sum / answers;
  // A single answer says nothing of the spread; lengths of answers spread about as widely as they are long.
  const variance = answers > 1 ? Math.max(0, (squares - answers * mean ** 2) / (answers - 1)) : mean ** 2;
  const half = 1.96 * Math.sqrt(count * variance + (count ** 2 * variance) / answers);
  return { low: Math.max(0, count * mean - half), expected: count * mean, high: count * mean + half };
}

/** Where nothing was seen, a third to three times as long as usual. */
const typicalFactor = 3;

/** Tokens that such an answer usually has: about 20 for each step that is written down. */
function typicalTokens({ kind }: Arm, { steps = 3 }: Question): number {
  if (kind === "direct") return 8;
  if (kind === "code" || kind === "filler") return 24;
  return 10 + 20 * steps;
}

function seconds(
  arms: readonly Pick<ArmForecast, "model" | "answers" | "tokens" | "basis">[],
  paces: ReadonlyMap<string, number>,
  share: number,
): Estimate | undefined {
  const asked = arms.filter(({ answers }) => answers > 0);
  if (asked.some(({ model }) => !paces.get(model))) return undefined;
  return total(asked.map((arm) => ({ ...arm, tokens: scaled(arm.tokens, share / paces.get(arm.model)!) })));
}

function scaled({ low, expected, high }: Estimate, factor: number): Estimate {
  return { low: low * factor, expected: expected * factor, high: high * factor };
}

/** What was measured errs independently; rules of thumb err all to the same side. */
function total(arms: readonly Pick<ArmForecast, "tokens" | "basis">[]): Estimate {
  const of = (kind: Basis["kind"]) => arms.filter(({ basis }) => basis.kind === kind).map(({ tokens }) => tokens);
  const side = (key: keyof Estimate) => of("typical").reduce((sum, each) => sum + each[key], 0);
  return independent([...of("answers"), { low: side("low"), expected: side("expected"), high: side("high") }]);
}

/** The sum of independent estimates: their spreads add up as squares do. */
function independent(parts: readonly Estimate[]): Estimate {
  const expected = parts.reduce((sum, each) => sum + each.expected, 0);
  const half = (side: "low" | "high"): number => Math.hypot(...parts.map((each) => each[side] - each.expected));
  return { low: Math.max(0, expected - half("low")), expected, high: expected + half("high") };
}

function atMost({ low, expected, high }: Estimate, most: number): Estimate {
  return { low: Math.min(low, most), expected: Math.min(expected, most), high: Math.min(high, most) };
}
