/**
 * The figures of a run as the host sends them: `ReasoningSummary` of src/experiments/reasoning with null in place of what
 * JSON cannot say (a rate of no trials, an unbounded interval, a power that no number of questions reaches).
 */
import * as v from "valibot";
import { difference, pairedCounts, rate } from "../runs/rates";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** An arm of a model. */
export const side = v.object({ model: v.string(), arm: v.string() });
export type Side = v.InferOutput<typeof side>;

const armFigures = v.object({
  ...side.entries,
  accuracy: rate,
  /** Questions with at least one graded answer. */
  questions: natural,
  answers: natural,
  tokens: natural,
  /** Of these, thoughts of a thinking model. */
  thoughtTokens: natural,
  /** Null before the first token. */
  rightPerThousandTokens: v.nullable(v.number()),
  truncated: natural,
  unparsed: natural,
  refused: natural,
  /** Questions that could not be asked in this arm. */
  failed: natural,
  /** Ascending; empty where no question says its number of steps. */
  bySteps: v.array(v.object({ steps: natural, accuracy: rate })),
  /** Majority vote of 1 to n answers; empty with one answer a question, and while the run goes on. */
  votes: v.array(v.object({ answers: natural, accuracy: rate })),
});
export type ArmFigures = v.InferOutput<typeof armFigures>;

const comparison = v.object({
  first: side,
  second: side,
  /** Accuracies on the questions that both answered. */
  shared: v.object({ first: share, second: share }),
  /** Accuracy of the second less that of the first. */
  difference,
  counts: pairedCounts,
  /** McNemar's exact test after Holm's correction over all comparisons. */
  p: share,
  /** Questions in all that would show this difference with 80 % power; null where there is none. */
  needed: v.nullable(v.number()),
});
export type ComparisonView = v.InferOutput<typeof comparison>;

const finding = v.object({
  model: v.string(),
  kind: v.picklist(["example", "tooFew", "helps", "hurts", "noDifference", "ungraded"]),
  /** The comparison it rests on, which is one of `comparisons`; null for "example", "tooFew" and "ungraded". */
  comparison: v.nullable(comparison),
});
export type FindingView = v.InferOutput<typeof finding>;

const meanKnown = v.object({
  ...side.entries,
  /** At shares 0 to 1 of the reasoning; `error` is the standard error over curves, null for a single one. */
  points: v.array(v.object({ share, mean: share, error: v.nullable(v.number()), curves: natural })),
});
export type MeanKnownView = v.InferOutput<typeof meanKnown>;

export const figures = v.object({
  /** Models in the spec's order, and arms in its order within each. */
  arms: v.array(armFigures),
  comparisons: v.array(comparison),
  /** One for each model. */
  findings: v.array(finding),
  known: v.array(meanKnown),
  /** Null until a mistake was planted or a curve was read. */
  faithfulness: v.nullable(
    v.object({
      /** How often the answer follows a planted mistake. */
      mistakes: rate,
      /** How often the right answer was the likelier one before the last step. */
      early: rate,
      /** How often the answer is another one where the reasoning is cut after a share of its steps; empty without curves. */
      cut: v.array(v.object({ share, changed: rate })),
    }),
  ),
  /** The run still goes on, or ended before all was asked: the finding is not stated yet ("So far, 82 questions: …"). */
  provisional: v.boolean(),
});
export type Figures = v.InferOutput<typeof figures>;
