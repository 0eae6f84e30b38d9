import { clusteredRate, type Rate } from "../statistics/rate";
import { type Asked, type Decision, decide, type InterrogationReport, markOf } from "./report";

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
  readonly sections: readonly PartSummary[];
  readonly heat: readonly Heat[];
  /** Made by rules because the writer could not; and the writer's first complaint. */
  readonly byRule: number;
  readonly problem: string | undefined;
}

/** Figures of the run so far, dropped questions left out: a pure function of the report. */
export function summarise(report: InterrogationReport): InterrogationSummary {
  const questions = [...report.questions].map((asked) => ({ asked, decision: decide(report.spec, asked) }));
  const kept = questions.filter(({ asked }) => asked.reviewed !== "dropped");
  const groups = grouped(kept, ({ asked: { snippet } }) => JSON.stringify([snippet.file, snippet.section]));
  const places = grouped(kept, ({ asked: { snippet, start } }) => JSON.stringify([snippet.file, start]));
  return {
    questions,
    reviewed: questions.filter(({ asked }) => asked.reviewed).length,
    whole: part(kept, "", ""),
    sections: [...groups.values()].map((group) =>
      part(group, group[0]!.asked.snippet.file, group[0]!.asked.snippet.section),
    ),
    heat: [...places.values()].map((group) => {
      const { snippet, start, end } = group[0]!.asked;
      const line = snippet.line + snippet.text.slice(0, start - snippet.start).split("\n").length - 1;
      const ids = group.map(({ asked: { id } }) => id);
      return { file: snippet.file, start, end, line, right: rightOf(group), questions: ids };
    }),
    byRule: questions.filter(({ asked }) => asked.by === "rule").length,
    problem: [...report.written.values()].find((problem) => problem !== undefined),
  };
}

function grouped(questions: readonly DecidedQuestion[], keyOf: (each: DecidedQuestion) => string) {
  const groups = new Map<string, DecidedQuestion[]>();
  for (const each of questions) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
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
    questions.map(({ asked }) => {
      const marks = [...asked.answers.keys()]
        .map((sample) => markOf(asked, sample))
        .filter((mark) => mark !== undefined);
      return { successes: marks.filter((mark) => mark === "right").length, trials: marks.length };
    }),
  );
}
