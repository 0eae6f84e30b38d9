/** The finding of an interrogation in words, with its uncertainty and with what was not judged. Pure. */
import { listed, percent, percents } from "../../src/experiments/reasoning/words";
import { wilson } from "../../src/experiments/statistics/rate";
import { count, plural } from "../ui/format";
import type { Figures } from "./figures";

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
export function findingOf(figures: Figures, files: number): Sentence {
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
export function notJudged({ whole, dropped }: Figures): string {
  const open = whole.questions - whole.answered;
  const parts = [
    ...(open > 0 ? [`${plural(open, "question")} without all ${open === 1 ? "its" : "their"} answers`] : []),
    ...(dropped > 0 ? [`${plural(dropped, "question")} dropped`] : []),
  ];
  return parts.length === 0 ? "" : `Not judged: ${parts.join(", ")}.`;
}
