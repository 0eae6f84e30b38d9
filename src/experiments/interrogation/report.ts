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
  /** A person changed its wording. */
  readonly fixed: boolean;
  readonly answers: ReadonlyMap<number, AnswerEvent>;
  /** By words and judge, by sample. */
  readonly marks: ReadonlyMap<number, MarkedEvent>;
  /** By people, by sample; they stand before the others. */
  readonly corrections: ReadonlyMap<number, Mark>;
  readonly reviewed: "accepted" | "dropped" | undefined;
  readonly failure: string | undefined;
}

export interface InterrogationReport {
  readonly spec: InterrogationSpec;
  readonly models: readonly Omit<Extract<InterrogationEvent, { type: "model" }>, "type">[];
  /** In the order they were written. */
  readonly questions: ReadonlyMap<string, Asked>;
  /** Snippets whose questions are all there, with what went wrong in writing. */
  readonly written: ReadonlyMap<string, string | undefined>;
  readonly ended: "done" | "stopped" | undefined;
}

export function startReport(spec: InterrogationSpec): InterrogationReport {
  return { spec, models: [], questions: new Map(), written: new Map(), ended: undefined };
}

/** The report after one more event; the given one stays as it is. Events of questions that are not there are passed over. */
export function addEvent(report: InterrogationReport, event: InterrogationEvent): InterrogationReport {
  switch (event.type) {
    case "model":
      return { ...report, models: [...report.models, { role: event.role, model: event.model }] };
    case "written":
      return { ...report, ended: undefined, written: new Map(report.written).set(event.snippet, event.problem) };
    case "ended":
      return { ...report, ended: event.reason };
    case "question": {
      const snippet = report.spec.snippets.find(({ id }) => id === event.snippet);
      return snippet ? withQuestion(report, newQuestion(event, snippet)) : report;
    }
    default: {
      const asked = report.questions.get(event.question);
      return asked ? withQuestion(report, after(asked, event)) : report;
    }
  }
}

function withQuestion(report: InterrogationReport, asked: Asked): InterrogationReport {
  return { ...report, ended: undefined, questions: new Map(report.questions).set(asked.id, asked) };
}

const none = new Map<never, never>();

function newQuestion(event: Extract<InterrogationEvent, { type: "question" }>, snippet: Snippet): Asked {
  const { id, text, answer, start, end, by } = event;
  const empty = { answers: none, marks: none, corrections: none, reviewed: undefined, failure: undefined };
  return { id, snippet, text, answer, start, end, by, fixed: false, ...empty };
}

type QuestionEvent = Exclude<InterrogationEvent, { type: "model" | "written" | "ended" | "question" }>;

function after(asked: Asked, event: QuestionEvent): Asked {
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
      const fixed = { ...asked, text, answer, fixed: true, marks: none, corrections: none, failure: undefined };
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
