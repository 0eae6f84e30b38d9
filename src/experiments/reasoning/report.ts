import { type Grade, grade, needsJudge, type Verdict } from "../graders/grade";
import { normalNumber, type Which } from "../graders/number";
import { GrowingList } from "../growingList";
import { GrowingMap } from "../growingMap";
import { type JudgeQuality, judgeQuality } from "../judging/judgeCheck";
import { type Judgement, meansTheSame } from "../judging/relation";
import type { Arm } from "./arms";
import { calculate } from "./calculate";
import type { Question } from "./question";
import {
  type CorrectedEvent,
  type EditedEvent,
  type KnownPoint,
  type ReasoningEvent,
  type ReasoningSpec,
  type SampleEvent,
  sampleKey,
} from "./spec";
import { type Stretch, type Transcript, takeApart } from "./transcript";

/** One answer, read. */
export interface Answer extends SampleEvent {
  readonly transcript: Transcript;
  /** By the grader; undefined where the question has no reference. */
  readonly graded: Grade | undefined;
  readonly truncated: boolean;
  /** Sampled tokens that are thoughts (`<think>`), tags included. */
  readonly thoughtTokens: number;
  /** What the calculation gave, in the arm that writes one, or why it gave nothing. */
  readonly calculated: string | undefined;
}

/** All that is known of a run so far. */
export interface ReasoningReport {
  /** With as many samples as the run was extended to. */
  readonly spec: ReasoningSpec;
  /** The spec's questions by id. */
  readonly questions: ReadonlyMap<string, Question>;
  readonly models: readonly Extract<ReasoningEvent, { type: "model" }>["model"][];
  /** In the order they came. */
  readonly answers: GrowingList<Answer>;
  /** What the judge said of the known pairs, by their numbers. */
  readonly checked: ReadonlyMap<number, Judgement>;
  /** What the judge said of answers and their reference, by `sampleKey`. */
  readonly judgements: GrowingMap<string, Judgement>;
  /** People's own verdicts, by `sampleKey`; they stand before the grader's and the judge's. */
  readonly corrections: ReadonlyMap<string, Verdict>;
  /** What people read as the answer where that was corrected, by `sampleKey`. */
  readonly extractions: ReadonlyMap<string, string>;
  /** Of single answers, by `sampleKey`: the last one asked for. */
  readonly known: ReadonlyMap<string, readonly KnownPoint[]>;
  readonly edits: readonly EditedEvent[];
  readonly failures: readonly Extract<ReasoningEvent, { type: "failed" }>[];
  readonly ended: "done" | "stopped" | "budget" | undefined;
}

export function startReport(spec: ReasoningSpec): ReasoningReport {
  const answers = GrowingList.of<Answer>();
  return {
    spec,
    questions: new Map(spec.questions.map((question) => [question.id, question])),
    models: [],
    answers,
    checked: new Map(),
    judgements: GrowingMap.empty(),
    corrections: new Map(),
    extractions: new Map(),
    known: new Map(),
    edits: [],
    failures: [],
    ended: undefined,
  };
}

/** The report after one more event; the given one stays as it is. */
export function addEvent(report: ReasoningReport, event: ReasoningEvent): ReasoningReport {
  switch (event.type) {
    case "model":
      return { ...report, models: [...report.models, event.model] };
    case "sample":
      return {
        ...report,
        answers: report.answers.with(read(report, event)),
        // Asked again after a failure.
        failures: report.failures.some((failure) => isTaskOf(failure, event))
          ? report.failures.filter((failure) => !isTaskOf(failure, event))
          : report.failures,
        ended: undefined,
      };
    case "checked":
      return { ...report, checked: new Map(report.checked).set(event.pair, judgementOf(event)) };
    case "judged":
      return { ...report, judgements: report.judgements.with(sampleKey(event), judgementOf(event)) };
    case "corrected": {
      const key = sampleKey(event);
      return {
        ...report,
        corrections: withOrWithout(report.corrections, key, event.verdict ?? undefined),
        extractions: withOrWithout(report.extractions, key, event.verdict === null ? undefined : event.extracted),
      };
    }
    case "known":
      return { ...report, known: new Map(report.known).set(sampleKey(event), event.points) };
    case "edited":
      return { ...report, edits: [...report.edits, event] };
    case "failed":
      return { ...report, failures: [...report.failures, event] };
    case "extended":
      return { ...report, spec: { ...report.spec, samples: event.samples }, ended: undefined };
    case "ended":
      return { ...report, ended: event.reason };
  }
}

/** The curves of `known`, by the arm of a model whose answers were looked into. */
export function knownByArm({
  known,
}: ReasoningReport): { readonly model: string; readonly arm: string; readonly curves: (readonly KnownPoint[])[] }[] {
  const groups = new Map<string, { model: string; arm: string; curves: (readonly KnownPoint[])[] }>();
  for (const [key, curve] of known) {
    const [model, , arm] = JSON.parse(key) as [string, string, string, number]; // of `sampleKey`
    const side = JSON.stringify([model, arm]);
    const group = groups.get(side) ?? { model, arm, curves: [] };
    group.curves.push(curve);
    groups.set(side, group);
  }
  return [...groups.values()];
}

/** What counts of an answer: a person's verdict, the judge's or the grader's; undefined where the question has no reference. */
export function verdictOf(report: ReasoningReport, answer: Answer): Verdict | undefined {
  // Mostly there are none, and the key is what takes time.
  const corrected = report.corrections.size > 0 ? report.corrections.get(sampleKey(answer)) : undefined;
  return corrected ?? gradedVerdict(report, answer);
}

/** The judge's verdict, or the grader's by words alone: what a person's correction stands before. */
export function gradedVerdict(report: ReasoningReport, answer: Answer): Verdict | undefined {
  const said = judgementOn(report, answer);
  // A judge that says none of its three words either way decides nothing.
  if (said && !(said.forward === "unclear" && said.backward === "unclear")) {
    return meansTheSame(said) ? "right" : "wrong";
  }
  return answer.graded?.verdict;
}

/** What the judge said of an answer and its reference; undefined where it was not asked. */
export function judgementOn({ judgements }: ReasoningReport, answer: Answer): Judgement | undefined {
  return judgements.size > 0 ? judgements.get(sampleKey(answer)) : undefined;
}

/** How the judge did on the known pairs; undefined without one, and before all were asked. */
export function judgeOf({ checked }: ReasoningReport): JudgeQuality | undefined {
  return judgeQuality(checked);
}

/** What a judge has to be asked about, as it stands in the answer; undefined where the words say enough. */
export function toJudge(
  { grader }: Pick<ReasoningSpec, "grader">,
  { text, graded }: Answer,
  reference: string | undefined,
): string | undefined {
  if (grader.kind !== "meaning" || !graded?.place || reference === undefined) return undefined;
  return needsJudge(graded, reference) ? text.slice(graded.place.start, graded.place.end) : undefined;
}

/**
 * What an answer votes for: what it says. Where meaning counts, all answers that mean the reference vote for it, and all
 * others together against it: which of those mean the same nobody asked, so the vote is right at least as often as said.
 */
export function voteOf(report: ReasoningReport, answer: Answer): string | undefined {
  const said = extractedOf(report, answer);
  if (said === undefined || report.spec.grader.kind !== "meaning") return said;
  return verdictOf(report, answer) === "right" ? "reference" : "other";
}

/** What is taken for the answer: what a person read, or what the grader found. */
export function extractedOf({ extractions }: ReasoningReport, answer: Answer): string | undefined {
  const read = extractions.size > 0 ? extractions.get(sampleKey(answer)) : undefined;
  return read ?? answer.graded?.extracted;
}

/**
 * The event that records a person's own reading of an answer, for example where the grader took the wrong number: the
 * reading is put into the grader's normal form and held against the reference. Undefined where the question has none.
 */
export function reading(
  { spec, questions }: ReasoningReport,
  answer: Answer,
  text: string,
): CorrectedEvent | undefined {
  const reference = questions.get(answer.question)?.answer;
  if (reference === undefined) return undefined;
  const { model, question, arm, sample } = answer;
  const { verdict, extracted } = grade(text, reference, spec.grader);
  return {
    type: "corrected",
    ...{ model, question, arm, sample },
    verdict,
    ...(extracted !== undefined && { extracted }),
  };
}

function isTaskOf(failure: ReasoningReport["failures"][number], { model, arm, question }: SampleEvent): boolean {
  return failure.model === model && failure.arm === arm && failure.question === question;
}

function judgementOf({ forward, backward }: Judgement): Judgement {
  return { forward, backward };
}

function withOrWithout<T>(map: ReadonlyMap<string, T>, key: string, value: T | undefined): ReadonlyMap<string, T> {
  const changed = new Map(map);
  if (value === undefined) changed.delete(key);
  else changed.set(key, value);
  return changed;
}

/** Reads an answer: its thoughts, what it calculated, and how the grader judges it. */
function read({ spec, questions }: ReasoningReport, event: SampleEvent): Answer {
  const arm = spec.arms.find(({ id }) => id === event.arm);
  return readAnswer(spec, arm, questions.get(event.question), event);
}

/** An answer to a question in an arm, taken apart and graded by words. */
export function readAnswer(
  spec: Pick<ReasoningSpec, "grader">,
  arm: Arm | undefined,
  question: Question | undefined,
  event: SampleEvent,
): Answer {
  const transcript = takeApart(event.text);
  const said = event.text.slice(transcript.said.start, transcript.said.end);
  const calculated = arm?.kind === "code" ? calculation(said) : undefined;
  const graded = arm && question ? gradeOf(spec, arm, question, said, transcript.said.start, calculated) : undefined;
  const truncated = event.reason === "maxTokens" || event.reason === "contextFull";
  const thoughtTokens = transcript.thoughts ? tokensBefore(event.tokens, transcript.said.start) : 0;
  return { ...event, transcript, calculated: calculated?.shown, graded, truncated, thoughtTokens };
}

/** Tokens that begin before an offset of the text they join to. */
function tokensBefore(tokens: readonly string[], offset: number): number {
  let start = 0;
  let count = 0;
  for (; count < tokens.length && start < offset; count++) start += tokens[count]!.length;
  return count;
}

interface Calculated {
  /** In the number grader's normal form; undefined where there is none. */
  readonly value: string | undefined;
  readonly shown: string;
  /** Where it stands among other words of what was said. */
  readonly place?: Stretch | undefined;
}

function calculation(said: string): Calculated {
  const found = calculate(said);
  if ("problem" in found) return { value: undefined, shown: found.problem };
  const value = normalNumber(String(Number(found.value.toFixed(9))));
  return { value, shown: value ?? String(found.value), place: found.place };
}

function gradeOf(
  spec: Pick<ReasoningSpec, "grader">,
  arm: Arm,
  question: Question,
  said: string,
  offset: number,
  calculated: Calculated | undefined,
): Grade | undefined {
  if (question.answer === undefined) return undefined;
  if (calculated) {
    if (calculated.value === undefined) {
      return { verdict: "unparsed", extracted: undefined, place: undefined, how: calculated.shown };
    }
    const { place: at } = calculated;
    return {
      ...grade(calculated.value, question.answer, spec.grader),
      place: at && { start: at.start + offset, end: at.end + offset },
      how: at ? "calculated, from the last calculation in the text" : "calculated",
    };
  }
  const found = grade(said, question.answer, spec.grader, whichOf(arm));
  const place = found.place && { start: found.place.start + offset, end: found.place.end + offset };
  return { ...found, place };
}

/** In an answer that comes before its explanation, the first one given is the answer. */
function whichOf(arm: Arm): Which {
  return arm.kind === "answerFirst" || arm.kind === "direct" ? "first" : "last";
}
