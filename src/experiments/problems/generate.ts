import { derivedSeed, seededRandom } from "../../inference/random";
import { drained } from "../drained";
import { integer, type Problem, type ProblemFamily, type Random } from "./problem";
import { decimalComparison, dots, lettersInAWord, longSum } from "./smallTasks";
import { splitOf } from "./splits";
import { bagsAndGifts, chainsOfComparison, fruitPrices, runningCalculation } from "./wordProblems";

/** What a generated problem set holds: plain data that goes into the spec of a run. */
export interface ProblemSetSpec {
  readonly family: ProblemFamily;
  readonly count: number;
  /** Steps of the word problems, digits of the long sums; undefined for all there are. Others have no such choice. */
  readonly steps?: number;
  readonly seed: number;
  /** Leaves out everything the specimen was trained on or developed with. Default true. */
  readonly heldOut?: boolean;
}

/** Difficulties that can be asked of a family; empty where there is no such choice. */
export const difficulties: Readonly<Record<ProblemFamily, readonly number[]>> = {
  "fruit prices": [1, 3, 4],
  "bags and gifts": [1, 2, 3, 4, 5],
  "chains of comparison": [1, 2, 3, 4, 6],
  "running calculation": [1, 2, 3, 4, 5, 6],
  "letters in a word": [],
  dots: [],
  "decimal comparison": [],
  "long sums": [2, 3, 4, 5, 6, 8, 10, 12],
};

/**
 * Different problems of a family, the same for the same spec. Throws RangeError for a difficulty the family does not have.
 * May return fewer than asked for where so many different ones are not to be had (dots: 60).
 */
export function generateProblems(spec: ProblemSetSpec): Problem[] {
  return drained(generatingProblems(spec));
}

/** Draws between two chances to pause. */
const pauseTries = 50;

/** As `generateProblems`. Yields now and then, for `inSlices`. */
export function* generatingProblems(spec: ProblemSetSpec): Generator<void, Problem[]> {
  const { family, count, steps, seed, heldOut = true } = spec;
  if (steps !== undefined && !difficulties[family].includes(steps)) {
    throw new RangeError(`“${family}” has no problems of ${steps}; there are: ${difficulties[family].join(", ")}.`);
  }
  const random = seededRandom(derivedSeed(seed, 0));
  const found = new Map<string, Problem>();
  // Few of the drawn problems have six steps and are held out, about one in 500; after this many in vain there are no more.
  for (let tries = 0, last = 0; found.size < count && tries - last < 20_000; tries++) {
    if (tries % pauseTries === 0) yield;
    const made = draw(random, family, steps);
    if (!made || (isWordProblem(family) && steps !== undefined && made.steps.length !== steps)) continue;
    if (heldOut && splitOfProblem(made) !== "test") continue;
    if (!found.has(made.question)) last = tries;
    found.set(made.question, made);
  }
  return [...found.values()];
}

function draw(random: Random, family: ProblemFamily, steps: number | undefined): Problem | undefined {
  switch (family) {
    case "fruit prices":
      return fruitPrices(random, random() < 0.5);
    case "bags and gifts":
      return bagsAndGifts(random, random() < 0.5);
    case "chains of comparison":
      return chainsOfComparison(random, random() < 0.5);
    case "running calculation":
      return runningCalculation(random, random() < 0.5);
    case "letters in a word":
      return lettersInAWord(random);
    case "dots":
      return dots(random);
    case "decimal comparison":
      return decimalComparison(random);
    case "long sums":
      return longSum(random, steps ?? integer(random, 2, 12));
  }
}

function isWordProblem(family: ProblemFamily): boolean {
  return ["fruit prices", "bags and gifts", "chains of comparison", "running calculation"].includes(family);
}

/** The specimen's split of a problem. Dots have none (all counts are in training) and sums beyond 200 were never in it. */
function splitOfProblem({ family, key }: Problem): "train" | "dev" | "test" {
  if (family === "dots" || family === "long sums") return "test";
  if (family === "letters in a word") return splitOf("word", key, 0.05);
  if (family === "decimal comparison") return splitOf("decimals", key, 0.03);
  return splitOf("problem", key, 0.04);
}
