import { drained } from "../drained";
import { clusteredRate, type Rate } from "../statistics/rate";
import { type Asked, type Decision, decide, type InterrogationReport } from "./report";

/** A question with what becomes of it. */
export interface DecidedQuestion {
  readonly asked: Asked;
  readonly decision: Decision;
}

/** What the model knows of a part of a text. */
export interface PartSummary {
  readonly file: string;
  readonly section: string;
  readonly questions: number;
  /** Those whose answers are all there and marked. */
  readonly answered: number;
  /** Right answers, closed book, with questions as the unit. */
  readonly right: Rate;
  readonly decisions: Readonly<Record<Decision["decision"], number>>;
}

/** A sentence of a file with the share of right answers to the questions about it: for a heat margin. */
export interface Heat {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly right: Rate;
  /** Ids of the questions about it. */
  readonly questions: readonly string[];
}

export interface InterrogationSummary {
  /** In the order they were written, dropped ones too. */
  readonly questions: readonly DecidedQuestion[];
  readonly reviewed: number;
  readonly whole: PartSummary;
  /** By file, and by file and section, in the order of their first questions. */
  readonly files: readonly PartSummary[];
  readonly sections: readonly PartSummary[];
  readonly heat: readonly Heat[];
  /** Made by rules because the writer could not; and the writer's first complaint. */
  readonly byRule: number;
  readonly problem: string | undefined;
}

/** Figures of the run so far, dropped questions left out: a pure function of the report. */
export function summarise(report: InterrogationReport): InterrogationSummary {
  return drained(summarising(report));
}

/** The same with a pause after each question, so that a long run can be summarised in slices. */
export function* summarising(report: InterrogationReport): Generator<void, InterrogationSummary> {
  const questions: DecidedQuestion[] = [];
  for (const asked of report.questions) {
    questions.push({ asked, decision: decide(report.spec, asked) });
    yield;
  }
  const kept = questions.filter(({ asked }) => asked.reviewed !== "dropped");
  const parts = function* (keyOf: (each: DecidedQuestion) => string): Generator<void, PartSummary[]> {
    const found: PartSummary[] = [];
    for (const group of (yield* grouped(kept, keyOf)).values()) {
      const { file, section } = group[0]!.asked.snippet;
      found.push(part(group, file, section));
      yield;
    }
    return found;
  };
  const sections = yield* parts(({ asked: { snippet } }) => JSON.stringify([snippet.file, snippet.section]));
  yield;
  const files = yield* parts(({ asked: { snippet } }) => snippet.file);
  const places = yield* grouped(kept, ({ asked: { snippet, start } }) => JSON.stringify([snippet.file, start]));
  const heat: Heat[] = [];
  for (const group of places.values()) {
    heat.push(heatOf(group));
    yield;
  }
  return {
    questions,
    reviewed: questions.filter(({ asked }) => asked.reviewed).length,
    whole: part(kept, "", ""),
    files: files.map((each) => ({ ...each, section: "" })),
    sections,
    heat,
    byRule: questions.filter(({ asked }) => asked.by === "rule").length,
    problem: [...report.written.values()].find((problem) => problem !== undefined),
  };
}

/** The line, from 1, on which what a question is about begins. */
export function lineOf({ snippet, start }: Pick<Asked, "snippet" | "start">): number {
  return snippet.line + snippet.text.slice(0, start - snippet.start).split("\n").length - 1;
}

function heatOf(group: readonly DecidedQuestion[]): Heat {
  const { snippet, start, end } = group[0]!.asked;
  const line = lineOf(group[0]!.asked);
  const questions = group.map(({ asked: { id } }) => id);
  return { file: snippet.file, start, end, line, right: rightOf(group), questions };
}

function* grouped(
  questions: readonly DecidedQuestion[],
  keyOf: (each: DecidedQuestion) => string,
): Generator<void, Map<string, DecidedQuestion[]>> {
  const groups = new Map<string, DecidedQuestion[]>();
  for (const each of questions) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
    yield;
  }
  return groups;
}

/** The sections that are shown to be known (their interval lies over a half), and those shown not to be (under it). */
export function knownSections({ sections }: Pick<InterrogationSummary, "sections">): {
  readonly knows: readonly PartSummary[];
  readonly doesNotKnow: readonly PartSummary[];
} {
  return {
    knows: sections.filter(({ right }) => right.trials > 0 && right.low > 0.5),
    doesNotKnow: sections.filter(({ right }) => right.trials > 0 && right.high < 0.5),
  };
}

function part(questions: readonly DecidedQuestion[], file: string, section: string): PartSummary {
  const decisions = { keep: 0, refuse: 0, leaveOut: 0 };
  for (const { decision } of questions) decisions[decision.decision]++;
  const answered = questions.filter(({ decision: { reason } }) => reason !== "notAnswered").length;
  return { file, section, questions: questions.length, answered, right: rightOf(questions), decisions };
}

function rightOf(questions: readonly DecidedQuestion[]): Rate {
  return clusteredRate(
    questions.map(({ decision: { counts } }) => ({
      successes: counts.right,
      trials: counts.right + counts.wrong + counts.uninformative,
    })),
  );
}
