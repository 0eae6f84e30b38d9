import { type JudgeQuality, judgeQuality } from "../judging/judgeCheck";
import { Records } from "./records";
import type { AnswerEvent, InterrogationEvent, InterrogationSpec, Mark, MarkedEvent, Snippet } from "./spec";

/** A question with all that came of it. */
export interface Asked {
  readonly id: string;
  readonly snippet: Snippet;
  readonly text: string;
  readonly answer: string;
  /** What it is about, UTF-16 offsets in the file. */
  readonly start: number;
  readonly end: number;
  readonly by: Extract<InterrogationEvent, { type: "question" }>["by"];
  /** A person changed its wording or its answer. */
  readonly fixed: boolean;
  /** What it was before that, newest first. */
  readonly before: readonly { readonly text: string; readonly answer: string }[];
  readonly answers: ReadonlyMap<number, AnswerEvent>;
  /** By words and judge, by sample. */
  readonly marks: ReadonlyMap<number, MarkedEvent>;
  /** By people, by sample; they stand before the others. */
  readonly corrections: ReadonlyMap<number, Mark>;
  readonly reviewed: "accepted" | "dropped" | undefined;
  readonly failure: string | undefined;
}

/** What a person did to a question, with the question as it was before; undefined for one that they added. */
export interface Step {
  readonly event: PersonEvent;
  readonly question: string;
  readonly before: Asked | undefined;
  /** What they did before this. */
  readonly earlier: Step | undefined;
}

export interface InterrogationReport {
  /** With the number of samples it was extended to. */
  readonly spec: InterrogationSpec;
  readonly models: readonly Omit<Extract<InterrogationEvent, { type: "model" }>, "type">[];
  /** What the judge said of the known pairs, by pair. */
  readonly tried: ReadonlyMap<number, TriedEvent["said"]>;
  /** In the order they were written. */
  readonly questions: Records<Asked>;
  /** Snippets whose questions are all there, with what went wrong in writing. */
  readonly written: ReadonlyMap<string, string | undefined>;
  /** Undefined also where something is to be asked again since. */
  readonly ended: "done" | "stopped" | undefined;
  /** The last thing a person did that is not taken back. */
  readonly step: Step | undefined;
}

export function startReport(spec: InterrogationSpec): InterrogationReport {
  const empty = { models: [], tried: new Map(), questions: Records.none<Asked>(), written: new Map() };
  return { spec, ...empty, ended: undefined, step: undefined };
}

/** The report after one more event; the given one stays as it is. Events of questions that are not there are passed over. */
export function addEvent(report: InterrogationReport, event: InterrogationEvent): InterrogationReport {
  switch (event.type) {
    case "model":
      return { ...report, models: [...report.models, { role: event.role, model: event.model }] };
    case "tried":
      return { ...report, tried: new Map(report.tried).set(event.pair, event.said) };
    case "written":
      return { ...report, ended: undefined, written: new Map(report.written).set(event.snippet, event.problem) };
    case "extended":
      return { ...report, ended: undefined, spec: { ...report.spec, samples: event.samples } };
    case "ended":
      return { ...report, ended: event.reason };
    case "undone":
      return undone(report);
    case "question": {
      const snippet = report.spec.snippets.find(({ id }) => id === event.snippet);
      if (!snippet || report.questions.get(event.id)) return report;
      const added = withQuestion(report, newQuestion(event, snippet));
      return event.by === "person" ? { ...added, step: stepOf(report, event, event.id) } : added;
    }
    default: {
      const asked = report.questions.get(event.question);
      if (!asked) return report;
      const next = withQuestion(report, after(asked, event));
      return isPersons(event) ? { ...next, step: stepOf(report, event, event.question) } : next;
    }
  }
}

/** Only what must be asked or marked again opens a run that had ended. */
function withQuestion(report: InterrogationReport, asked: Asked): InterrogationReport {
  const ended = isOpen(report.spec, asked) ? undefined : report.ended;
  return { ...report, ended, questions: report.questions.with(asked) };
}

/** Whether answers or marks of a question are still to come: not of one that was dropped or could not be asked. */
export function isOpen({ samples }: Pick<InterrogationSpec, "samples">, asked: Asked): boolean {
  if (asked.reviewed === "dropped" || asked.failure !== undefined) return false;
  return asked.answers.size < samples || asked.marks.size < asked.answers.size;
}

const none = new Map<never, never>();

function newQuestion(event: Extract<InterrogationEvent, { type: "question" }>, snippet: Snippet): Asked {
  const { id, text, answer, start, end, by } = event;
  const empty = { answers: none, marks: none, corrections: none, reviewed: undefined, failure: undefined };
  return { id, snippet, text, answer, start, end, by, fixed: false, before: [], ...empty };
}

type TriedEvent = Extract<InterrogationEvent, { type: "tried" }>;

/** How the judge did on the known pairs; undefined without a judge and before it was tried. */
export function judgeOf({ spec, tried }: Pick<InterrogationReport, "spec" | "tried">): JudgeQuality | undefined {
  if (spec.judge === null) return undefined;
  const relations = { yes: "entailment", no: "contradiction", unclear: "unclear" } as const;
  // One question says whether both mean the same: as if both directions had been asked.
  const both = [...tried].map(([pair, said]) => {
    return [pair, { forward: relations[said], backward: relations[said] }] as const;
  });
  return judgeQuality(new Map(both));
}

/** What happens to a question that is there. */
export type QuestionEvent = Extract<
  InterrogationEvent,
  { type: "answer" | "marked" | "failed" | "reviewed" | "fixed" | "corrected" }
>;
type PersonEvent = Extract<InterrogationEvent, { type: "reviewed" | "fixed" | "corrected" | "question" }>;

function isPersons(event: QuestionEvent): event is Extract<QuestionEvent, { type: PersonEvent["type"] }> {
  return event.type === "reviewed" || event.type === "fixed" || event.type === "corrected";
}

function stepOf(report: InterrogationReport, event: PersonEvent, question: string): Step {
  return { event, question, before: report.questions.get(question), earlier: report.step };
}

/** What a person did last is taken back; what models said since stays. A question they added is dropped. */
function undone(report: InterrogationReport): InterrogationReport {
  const { step } = report;
  const asked = step && report.questions.get(step.question);
  if (!step || !asked) return report;
  return { ...withQuestion(report, takenBack(asked, step)), step: step.earlier };
}

function takenBack(asked: Asked, { event, before }: Step): Asked {
  if (!before) return { ...asked, reviewed: "dropped" };
  switch (event.type) {
    case "reviewed":
      return { ...asked, reviewed: before.reviewed };
    case "corrected":
      return { ...asked, corrections: before.corrections };
    default:
      return before;
  }
}

/** A question after one more of its events. */
export function after(asked: Asked, event: QuestionEvent): Asked {
  switch (event.type) {
    case "answer":
      return { ...asked, answers: new Map(asked.answers).set(event.sample, event), failure: undefined };
    case "marked":
      return { ...asked, marks: new Map(asked.marks).set(event.sample, event) };
    case "failed":
      return { ...asked, failure: event.message };
    case "reviewed":
      return { ...asked, reviewed: event.as ?? undefined };
    case "fixed": {
      const { text, answer } = event;
      const before = [{ text: asked.text, answer: asked.answer }, ...asked.before];
      const changed = { ...asked, text, answer, fixed: true, before, reviewed: undefined, failure: undefined };
      const fixed = { ...changed, marks: none, corrections: none };
      // A new question must be asked anew; a new answer only marked anew.
      return text === asked.text ? fixed : { ...fixed, answers: none };
    }
    case "corrected": {
      const corrections = new Map(asked.corrections);
      if (event.mark === null) corrections.delete(event.sample);
      else corrections.set(event.sample, event.mark);
      return { ...asked, corrections };
    }
  }
}

/** What counts of an answer: a person's mark, or the one by words and judge; undefined before it was marked. */
export function markOf({ marks, corrections }: Asked, sample: number): Mark | undefined {
  return corrections.get(sample) ?? marks.get(sample)?.mark;
}

/** What becomes of a question in the data set, and why. */
export interface Decision {
  /** Keep the model's own right answer, teach "I don't know", or leave it out. */
  readonly decision: "keep" | "refuse" | "leaveOut";
  readonly reason: "right" | "wrong" | "mixed" | "alreadySilent" | "notAnswered";
  readonly counts: Readonly<Record<Mark, number>>;
}

/**
 * The decision from the marks: consistently right stays, consistently informative and wrong becomes a refusal, everything
 * else is left out [Llama 3, arXiv 2407.21783, section 4.3.6]. A model that already says nothing needs no teaching.
 */
export function decide(
  { consistent, samples }: Pick<InterrogationSpec, "consistent" | "samples">,
  asked: Asked,
): Decision {
  const counts = { right: 0, wrong: 0, uninformative: 0 };
  let marked = 0;
  for (const sample of asked.answers.keys()) {
    const mark = markOf(asked, sample);
    if (mark === undefined) continue;
    counts[mark]++;
    marked++;
  }
  if (marked < samples) return { decision: "leaveOut", reason: "notAnswered", counts };
  // The smallest number is taken off for rounding: 4 of 5 is 0.8.
  const enough = consistent * marked - 1e-9;
  if (counts.right >= enough) return { decision: "keep", reason: "right", counts };
  if (counts.wrong >= enough) return { decision: "refuse", reason: "wrong", counts };
  if (counts.uninformative >= enough) return { decision: "leaveOut", reason: "alreadySilent", counts };
  return { decision: "leaveOut", reason: "mixed", counts };
}
