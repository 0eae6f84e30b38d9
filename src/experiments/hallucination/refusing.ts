import { type Rate, wilson } from "../statistics/rate";
import { bucketWords, groupOf } from "./calibration";
import { kindOfQuestion } from "./questions";
import type { Reading } from "./reading";

/** What a model that was taught to refuse loses and saves against a confident one, on the same questions. */
export interface RefusingRow {
  /** By what was seen of them in training: "21+", "0", "invented people". */
  readonly group: string;
  readonly names: number;
  /** Greedy answers that are right. */
  readonly confidentRight: Rate;
  readonly refusingRight: Rate;
  /** Of the answers that the confident one had right, those that the other has not. */
  readonly lost: Rate;
  /** Of the answers that the confident one made up, those that the other does not make up. */
  readonly saved: Rate;
}

type Outcome = "right" | "refused" | "madeUp";

/** The cost of refusing, by what was seen, questions being the unit. Questions that only one of them answered are left out. */
export function refusingRows(confident: readonly Reading[], refusing: readonly Reading[]): RefusingRow[] {
  const others = new Map(refusing.map((reading) => [reading.cell.item, outcomeOf(reading)]));
  const groups = new Map<string, { before: Outcome; now: Outcome }[]>();
  for (const reading of confident) {
    const [before, now] = [outcomeOf(reading), others.get(reading.cell.item)];
    if (!before || !now) continue;
    const group = bucketWords({ bucket: groupOf(reading), kind: kindOfQuestion(reading.cell.of.text) });
    const pairs = groups.get(group) ?? [];
    groups.set(group, pairs);
    pairs.push({ before, now });
  }
  return [...groups].map(([group, pairs]) => {
    const [right, madeUp] = [
      pairs.filter(({ before }) => before === "right"),
      pairs.filter(({ before }) => before === "madeUp"),
    ];
    return {
      group,
      names: pairs.length,
      confidentRight: wilson(right.length, pairs.length),
      refusingRight: wilson(pairs.filter(({ now }) => now === "right").length, pairs.length),
      lost: wilson(right.filter(({ now }) => now !== "right").length, right.length),
      saved: wilson(madeUp.filter(({ now }) => now !== "madeUp").length, madeUp.length),
    };
  });
}

/** Of the greedy answer, as calibration counts it; undefined without one. */
function outcomeOf({ greedy }: Reading): Outcome | undefined {
  if (!greedy) return undefined;
  return greedy.right === true ? "right" : greedy.refused ? "refused" : "madeUp";
}
