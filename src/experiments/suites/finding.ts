import { enoughQuestions } from "../reasoning/finding";
import type { Sentence } from "../reasoning/findingWords";
import { count, listed, plural, rated } from "../reasoning/words";
import { wayName } from "./names";
import type { SuiteCell, SuitesReport } from "./report";

/** What can be said of a cell: which side of one half its whole interval lies on. */
export type Edge = "mostlyWrong" | "mostlyRight" | "between" | "few" | "ungraded";

export function edgeOf({ right, items }: Pick<SuiteCell, "right" | "items">): Edge {
  if (right.trials === 0) return "ungraded";
  if (items.filter(({ share }) => share !== undefined).length < enoughQuestions) return "few";
  if (right.high < 0.5) return "mostlyWrong";
  return right.low > 0.5 ? "mostlyRight" : "between";
}

/** At most so many of the worst are named. */
const named = 3;

/** What a model's column of the grid shows, as a sentence with its uncertainty. */
export function edgeWords(cells: readonly SuiteCell[], { spec }: Pick<SuitesReport, "spec">): Sentence {
  const by = (edge: Edge) => cells.filter((cell) => edgeOf(cell) === edge);
  const [wrong, right, between, few] = [by("mostlyWrong"), by("mostlyRight"), by("between"), by("few")];
  const name = ({ suite, variant }: SuiteCell) => wayName(spec.suites.find(({ id }) => id === suite)!, variant);
  if (wrong.length + right.length + between.length === 0) {
    if (few.length === 0)
      return { key: "Nothing to grade:", rest: "no answered case has a reference. Read what was said." };
    const counts = few.slice(0, named).map((cell) => `${name(cell)} ${ofWords(cell)}`);
    const more = few.length > named ? `; and ${plural(few.length - named, "more way")}` : "";
    return {
      key: "Too few to tell:",
      rest: `${counts.join("; ")}${more}. Ask at least ${enoughQuestions} cases each way for rates.`,
    };
  }
  const told = wrong.length + right.length + between.length;
  const worst = wrong.toSorted((a, b) => a.right.rate - b.right.rate).slice(0, named);
  const rest = [
    ...(right.length > 0 ? [`more than half in ${count(right.length)}`] : []),
    ...(between.length > 0 ? [`${count(between.length)} cannot be told from one half`] : []),
    ...(few.length > 0 ? [`${count(few.length)} with too few cases`] : []),
  ];
  if (worst.length === 0) {
    return { key: `No edge shown in ${plural(told, "way")}:`, rest: `${listed(rest)}.` };
  }
  const examples = worst.map((cell) => `${name(cell)} ${rated(cell.right)}`);
  const most = wrong.length > named ? "the worst are " : "";
  return {
    key: `Right less than half the time in ${count(wrong.length)} of ${plural(told, "way")}:`,
    rest: `${most}${examples.join("; ")}.${rest.length > 0 ? ` Otherwise ${listed(rest)}.` : ""}`,
  };
}

/** "7 of 11" */
export function ofWords({ right }: Pick<SuiteCell, "right">): string {
  return `${count(right.successes)} of ${count(right.trials)}`;
}
