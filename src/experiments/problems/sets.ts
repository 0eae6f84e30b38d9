import * as v from "valibot";
import { difficulties, generatingProblems, type ProblemSetSpec } from "./generate";
import { families, type Problem, type ProblemFamily } from "./problem";

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** As `ProblemSetSpec`, from a file or a panel. */
export const problemSet = v.object({
  family: v.picklist(families),
  count,
  /** Undefined for all difficulties there are. */
  steps: v.optional(count),
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 1),
  /** Leaves out what the specimen was trained on. Default true. */
  heldOut: v.optional(v.boolean()),
});
export type ProblemSet = v.InferOutput<typeof problemSet>;

/** Several families and difficulties as one choice. */
export interface Spread {
  readonly families: readonly ProblemFamily[];
  /** Problems in all. */
  readonly count: number;
  /** Difficulties, both included; families without such a choice are taken as they are. */
  readonly steps: { readonly from: number; readonly to: number };
  readonly seed: number;
}

/**
 * A count shared out evenly: first over the families, then over the difficulties that each has in the range; what does not
 * divide goes to the first ones. A family that has no difficulty in the range gives nothing.
 */
export function spreadSets({ families: chosen, count: all, steps: { from, to }, seed }: Spread): ProblemSet[] {
  const cells = chosen.map((family) => {
    const all = difficulties[family];
    return { family, steps: all.length === 0 ? [undefined] : all.filter((each) => each >= from && each <= to) };
  });
  const usable = cells.filter(({ steps }) => steps.length > 0);
  return shares(all, usable.length).flatMap((share, index) => {
    const { family, steps } = usable[index]!;
    return shares(share, steps.length).flatMap((each, place): ProblemSet[] => {
      const at = steps[place];
      return each > 0 ? [{ family, count: each, seed, ...(at !== undefined && { steps: at }) }] : [];
    });
  });
}

function shares(all: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, index) => Math.floor(all / parts) + (index < all % parts ? 1 : 0));
}

/** A problem of the `set`-th set, numbered within it, both from 1: "2.14". */
export interface NumberedProblem {
  readonly id: string;
  readonly problem: Problem;
}

/**
 * The problems of several sets, the same for the same sets, each once: what two sets draw alike counts for the first.
 * Throws RangeError for a difficulty that a family does not have. Yields now and then, for `inSlices`.
 */
export function* generatingSets(sets: readonly ProblemSet[]): Generator<void, NumberedProblem[]> {
  const seen = new Set<string>();
  const found: NumberedProblem[] = [];
  for (const [index, { steps, heldOut, ...set }] of sets.entries()) {
    const spec: ProblemSetSpec = {
      ...set,
      ...(steps !== undefined && { steps }),
      ...(heldOut !== undefined && { heldOut }),
    };
    for (const [number, problem] of (yield* generatingProblems(spec)).entries()) {
      if (seen.has(problem.question)) continue;
      seen.add(problem.question);
      found.push({ id: `${index + 1}.${number + 1}`, problem });
    }
  }
  return found;
}
