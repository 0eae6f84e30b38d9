import { enoughQuestions, isShown } from "../reasoning/finding";
import type { Sentence } from "../reasoning/findingWords";
import { count, plural, pointsWords, pWords } from "../reasoning/words";
import { type Difference, holm, mcnemarExact, type PairedCounts, pairedDifference } from "../statistics/paired";
import type { Rate } from "../statistics/rate";
import { wayName } from "./names";
import { gridOf, type SuiteCell, type SuitesReport } from "./report";
import type { SuiteItem } from "./suite";

/** How a cell changed since another run, on the items that both graded. */
export interface Change {
  readonly suite: string;
  readonly variant: string;
  readonly model: string;
  readonly before: Rate;
  readonly now: Rate;
  /** Now less before. */
  readonly difference: Difference;
  /** Items by the majority of their answers: the first is before, the second now. */
  readonly counts: PairedCounts;
  /** Items whose share of right answers is another now. */
  readonly moved: number;
  /** McNemar's exact p over items, after Holm's correction over all cells. */
  readonly p: number;
}

/** Compares with an earlier run: the same suites, variants and models, item by item where they are asked and held the same. */
export function changesSince(before: SuitesReport, now: SuitesReport): Change[] {
  const earlier = new Map(gridOf(before).map((cell) => [cellKey(cell), cell]));
  const changes = gridOf(now).flatMap((cell): Change[] => {
    const other = earlier.get(cellKey(cell));
    if (!other) return [];
    const shares = new Map(other.items.map(({ item, share }) => [askedAs(item), share]));
    const pairs = cell.items.flatMap(({ item, share }) => {
      const first = shares.get(askedAs(item));
      return share !== undefined && first !== undefined ? [{ first, second: share }] : [];
    });
    if (pairs.length === 0) return [];
    const among = (first: boolean, second: boolean) =>
      pairs.filter((pair) => pair.first > 0.5 === first && pair.second > 0.5 === second).length;
    const counts = {
      both: among(true, true),
      onlyFirst: among(true, false),
      onlySecond: among(false, true),
      neither: among(false, false),
    };
    const moved = pairs.filter(({ first, second }) => first !== second).length;
    const { suite, variant, model, right } = cell;
    const difference = pairedDifference(pairs.map(({ first, second }) => second - first));
    return [
      { suite, variant, model, before: other.right, now: right, difference, counts, moved, p: mcnemarExact(counts) },
    ];
  });
  const adjusted = holm(changes.map(({ p }) => p));
  return changes.map((change, index) => ({ ...change, p: adjusted[index]! }));
}

/** Whether a change counts as shown: enough items, and both the test and the interval leave out nothing. */
export function isShownChange(change: Change): boolean {
  return change.difference.pairs >= enoughQuestions && isShown(change);
}

/** What changed, as a sentence with its uncertainty. Where there are several models it says which, by `nameOf` its id. */
export function changeWords(
  changes: readonly Change[],
  { spec }: Pick<SuitesReport, "spec">,
  nameOf: (model: string) => string = (model) => model,
): Sentence {
  if (changes.length === 0) return { key: "Nothing to compare:", rest: "the two runs have no graded case in common." };
  const named = (change: Change): string => {
    const suite = spec.suites.find(({ id }) => id === change.suite)!;
    const way = wayName(suite, change.variant);
    return spec.models.length > 1 ? `${way} of ${nameOf(change.model)}` : way;
  };
  const shown = changes.filter(isShownChange);
  const turned = changes.filter(({ counts }) => counts.onlyFirst + counts.onlySecond > 0);
  const moved = changes.filter((change) => change.moved > 0);
  const cases = plural(
    changes.reduce((sum, { difference }) => sum + difference.pairs, 0),
    "case",
  );
  if (shown.length > 0) {
    const parts = shown.map((change) => `${named(change)} ${pointsWords(change.difference)}, ${pWords(change.p)}`);
    return {
      key: `${count(shown.length)} of ${plural(changes.length, "way")} changed:`,
      rest: `${parts.join("; ")}.${others(turned.length - shown.length)}`,
    };
  }
  if (turned.length === 0 && moved.length > 0) {
    const parts = moved.slice(0, 3).map((change) => `${named(change)} ${pointsWords(change.difference)}`);
    const more = moved.length > 3 ? ` and ${plural(moved.length - 3, "more way")}` : "";
    return {
      key: "No case came out otherwise by most of its answers:",
      rest: `the shares of right answers moved, ${parts.join("; ")}${more}.`,
    };
  }
  if (turned.length === 0)
    return { key: "Nothing changed:", rest: `all ${cases} that both runs have came out the same.` };
  const counted = turned.slice(0, 3).map((change) => {
    const { both, onlyFirst, onlySecond } = change.counts;
    const of = count(change.difference.pairs);
    return `${named(change)} ${count(both + onlyFirst)} of ${of} before, ${count(both + onlySecond)} now`;
  });
  const few = changes.every(({ difference }) => difference.pairs < enoughQuestions);
  return {
    key: few ? "Too few to tell:" : "No change shown:",
    rest: `${counted.join("; ")}.${others(turned.length - counted.length)}`,
  };
}

function others(ways: number): string {
  return ways > 0
    ? ` Single cases came out otherwise in ${ways === 1 ? "one more way" : `${count(ways)} more ways`}.`
    : "";
}

function cellKey({ suite, variant, model }: Pick<SuiteCell, "suite" | "variant" | "model">): string {
  return JSON.stringify([suite, variant, model]);
}

function askedAs({ kind, system, text, reference, check }: SuiteItem): string {
  return JSON.stringify([kind, system, text, reference, check]);
}
