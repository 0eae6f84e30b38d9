/** The finding of an interrogation in words, with its uncertainty and with what was not judged: the same in panel and report. */
import { count, listed, percent, percents, plural } from "../reasoning/words";
import { wilson } from "../statistics/rate";
import type { Decision, InterrogationReport } from "./report";
import { type InterrogationSummary, knownSections } from "./summary";

/** What becomes of a question in the data set. */
export const decisionNames: Readonly<Record<Decision["decision"], string>> = {
  keep: "keep the answer",
  refuse: "teach “I don’t know”",
  leaveOut: "leave out",
};

/** What the words are made from. */
export interface FindingFigures {
  readonly whole: {
    readonly questions: number;
    readonly answered: number;
    readonly keep: number;
    readonly refuse: number;
  };
  /** Too few questions to say more than counts. */
  readonly few: boolean;
  /** Names of the sections it knows, and of those it does not. */
  readonly knows: readonly string[];
  readonly doesNotKnow: readonly string[];
  readonly dropped: number;
  /** The run still goes on, or was interrupted. */
  readonly provisional: boolean;
}

/** Under so many answered questions a finding is counts alone. */
const fewQuestions = 30;

export function findingFigures(
  { ended }: Pick<InterrogationReport, "ended">,
  summary: InterrogationSummary,
): FindingFigures {
  const { questions, answered, decisions } = summary.whole;
  const { knows, doesNotKnow } = knownSections(summary);
  const nameOf = ({ section, file }: { readonly section: string; readonly file: string }): string => section || file;
  return {
    whole: { questions, answered, keep: decisions.keep, refuse: decisions.refuse },
    few: answered < fewQuestions,
    knows: knows.map(nameOf),
    doesNotKnow: doesNotKnow.map(nameOf),
    dropped: summary.questions.filter(({ asked }) => asked.reviewed === "dropped").length,
    provisional: ended !== "done",
  };
}

export interface Sentence {
  readonly key: string;
  readonly rest: string;
}

/** So many sections are named, of more it is said how many. */
const mostNames = 3;

/**
 * "It knows 12 of 40 facts of this document, 30 % [18, 45]": known is what was answered right consistently, the interval is
 * Wilson's with questions as the unit; under thirty questions there are counts alone. `files` is how many were asked about.
 */
export function findingOf(figures: FindingFigures, files: number): Sentence {
  const { whole, few, knows, doesNotKnow, provisional } = figures;
  const { answered, keep, refuse } = whole;
  if (answered === 0) return { key: "No question is answered yet.", rest: "" };
  const known = wilson(keep, answered);
  const counts = answered === 1 ? ": an example, not a measurement" : "; too few for a percentage";
  const sure = few ? counts : `, ${percent(known.rate)} ${percents(known)}`;
  const between = answered - keep - refuse;
  const outcomes = [
    ...(refuse > 0 ? [`${count(refuse)} made up every time`] : []),
    ...(between > 0 ? [`${count(between)} mixed or silent`] : []),
  ];
  const what = files === 1 ? "this document" : `these ${count(files)} files`;
  return {
    key: `${provisional ? "So far it" : "It"} knows ${count(keep)} of ${plural(answered, "fact")} of ${what}${sure}:`,
    rest: `${[...outcomes, ...(outcomes.length === 0 ? ["all of them"] : [])].join(", ")}.${contrast(knows, doesNotKnow)}`,
  };
}

/** The sections that lie over and under a half by more than chance. */
function contrast(knows: readonly string[], doesNotKnow: readonly string[]): string {
  const parts = [
    ...(knows.length > 0 ? [`Known: ${names(knows)}`] : []),
    ...(doesNotKnow.length > 0 ? [`${knows.length > 0 ? "not" : "Not"} known: ${names(doesNotKnow)}`] : []),
  ];
  return parts.length === 0 ? "" : ` ${parts.join("; ")}.`;
}

function names(sections: readonly string[]): string {
  const quoted = sections
    .slice(0, mostNames)
    .map((name) => (name === "" ? "what stands before the first heading" : `“${name}”`));
  const more = sections.length - mostNames;
  return listed(more > 0 ? [...quoted, `${plural(more, "more section")}`] : quoted);
}

/** What the finding leaves out: "Not judged: 3 questions without all their answers, 2 dropped." Empty for nothing. */
export function notJudged({ whole, dropped }: Pick<FindingFigures, "whole" | "dropped">): string {
  const open = whole.questions - whole.answered;
  const parts = [
    ...(open > 0 ? [`${plural(open, "question")} without all ${open === 1 ? "its" : "their"} answers`] : []),
    ...(dropped > 0 ? [`${plural(dropped, "question")} dropped`] : []),
  ];
  return parts.length === 0 ? "" : `Not judged: ${parts.join(", ")}.`;
}
