/** The finding of an interrogation in words, with its uncertainty and with what was not judged. Pure. */
import { percent, percents } from "../../src/experiments/reasoning/words";
import { wilson } from "../../src/experiments/statistics/rate";
import { count, plural } from "../ui/format";

/** Questions that were answered and marked, by what becomes of them; dropped ones are not among them. */
export interface Outcome {
  /** Consistently right. */
  readonly known: number;
  /** Consistently wrong, and claiming something. */
  readonly madeUp: number;
  /** Now this, now that. */
  readonly mixed: number;
  /** Consistently says nothing. */
  readonly silent: number;
}

export interface SectionOutcome extends Outcome {
  readonly name: string;
}

export interface Sentence {
  readonly key: string;
  readonly rest: string;
}

/** Under so many questions there are counts and no percentages. */
const enoughQuestions = 30;

export function judged({ known, madeUp, mixed, silent }: Outcome): number {
  return known + madeUp + mixed + silent;
}

/**
 * "It knows 12 of 40 facts of this document, 30 % [18, 45]": known is what was answered right consistently, the interval is
 * Wilson's with questions as the unit. `what` names the text: "this document", "these 3 files".
 */
export function findingOf(outcome: Outcome, sections: readonly SectionOutcome[], what: string): Sentence {
  const all = judged(outcome);
  if (all === 0) return { key: "No answer is marked yet.", rest: "" };
  const { known, madeUp, mixed, silent } = outcome;
  const share = wilson(known, all);
  const few = all === 1 ? ": an example, not a measurement" : "; too few for a percentage";
  const sure = all < enoughQuestions ? few : `, ${percent(share.rate)} ${percents(share)}`;
  const rest = [
    ...(madeUp > 0 ? [`${count(madeUp)} made up each time`] : []),
    ...(mixed > 0 ? [`${count(mixed)} mixed`] : []),
    ...(silent > 0 ? [`on ${count(silent)} it says that it does not know`] : []),
  ];
  return {
    key: `It knows ${count(known)} of ${plural(all, "fact")} of ${what}${sure}.`,
    rest: [contrast(sections), rest.length > 0 ? `${capital(rest.join(", "))}.` : ""].filter(Boolean).join(" "),
  };
}

/** The parts it knows most and least of, where that is more than chance: their intervals do not overlap. */
function contrast(sections: readonly SectionOutcome[]): string {
  const seen = sections.filter((section) => judged(section) > 0);
  const rated = seen.map((section) => ({ section, share: wilson(section.known, judged(section)) }));
  const sorted = rated.toSorted((a, b) => b.share.rate - a.share.rate || judged(b.section) - judged(a.section));
  const [most, least] = [sorted[0], sorted.at(-1)];
  if (!most || !least || most.share.low <= least.share.high) return "";
  return `Most of “${most.section.name}” (${ofWords(most.section)}), least of “${least.section.name}” (${ofWords(least.section)}).`;
}

function ofWords(section: SectionOutcome): string {
  return `${count(section.known)} of ${count(judged(section))}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What the finding leaves out: "Not judged: 3 questions without all their answers, 1 that failed, 2 dropped." */
export function notJudged(left: {
  readonly unanswered: number;
  readonly failed: number;
  readonly dropped: number;
}): string {
  const parts = [
    ...(left.unanswered > 0 ? [`${plural(left.unanswered, "question")} without all answers`] : []),
    ...(left.failed > 0 ? [`${count(left.failed)} that could not be asked`] : []),
    ...(left.dropped > 0 ? [`${count(left.dropped)} dropped`] : []),
  ];
  return parts.length === 0 ? "" : `Not judged: ${parts.join(", ")}.`;
}
