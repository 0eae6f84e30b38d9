import { drained } from "../drained";
import { difficulties } from "../problems/generate";
import { families, type ProblemFamily } from "../problems/problem";
import type { Rate } from "../statistics/rate";
import { type Cells, gradingCells, type Paired, pairing, rating } from "./cells";
import type { Question } from "./question";
import type { Answer, ReasoningReport } from "./report";

/** One family at one difficulty, for one model. */
export interface SetFigures {
  readonly family: string;
  /** Undefined for families that have no difficulties to choose from. */
  readonly steps: number | undefined;
  readonly questions: number;
  /** In the spec's order. `against` is the arm against the first one; undefined for the first itself. */
  readonly arms: readonly { readonly arm: string; readonly accuracy: Rate; readonly against: Paired | undefined }[];
}

/**
 * A model's figures by family and difficulty, in the families' order; questions without a family are left out. Intervals
 * and p values are each set's own: nothing is corrected for how many there are.
 */
export function figuresBySet(report: ReasoningReport, model: string): SetFigures[] {
  return drained(figuringBySet(report, model));
}

/** As `figuresBySet`. Yields now and then, for `inSlices`. */
export function* figuringBySet(report: ReasoningReport, model: string): Generator<void, SetFigures[]> {
  const sets = new Map<
    string,
    { readonly family: string; readonly steps: number | undefined; readonly ids: string[] }
  >();
  for (const question of report.spec.questions) {
    if (question.family === undefined) continue;
    const steps = difficultyOf(question);
    const key = JSON.stringify([question.family, steps]);
    const set = sets.get(key) ?? { family: question.family, steps, ids: [] };
    set.ids.push(question.id);
    sets.set(key, set);
    yield;
  }
  const { arms } = report.spec;
  const answers = new Map<string, Answer[]>(arms.map(({ id }) => [id, []]));
  for (const answer of report.answers) {
    if (answer.model === model) answers.get(answer.arm)?.push(answer);
    yield;
  }
  const cells: Cells[] = [];
  for (const own of answers.values()) {
    cells.push(yield* gradingCells(report, own));
  }
  const found: SetFigures[] = [];
  for (const { family, steps, ids } of [...sets.values()].sort(inOrder)) {
    const own = cells.map((each) => only(each, ids));
    const questions = Math.max(0, ...own.map(({ size }) => size));
    if (questions === 0) continue;
    const figures: SetFigures["arms"][number][] = [];
    for (const [index, each] of own.entries()) {
      const against = index === 0 ? undefined : yield* pairing(own[0]!, each);
      figures.push({ arm: arms[index]!.id, accuracy: yield* rating(each.values()), against });
    }
    found.push({ family, steps, questions, arms: figures });
    yield;
  }
  return found;
}

function difficultyOf({ family, steps }: Question): number | undefined {
  const known = families.find((each) => each === family);
  return known && difficulties[known].length === 0 ? undefined : steps;
}

interface Place {
  readonly family: string;
  readonly steps: number | undefined;
}

function inOrder(a: Place, b: Place): number {
  const place = ({ family }: Place): number => {
    const found = families.indexOf(family as ProblemFamily); // -1 for a family of the file's own
    return found < 0 ? families.length : found;
  };
  return place(a) - place(b) || (a.steps ?? 0) - (b.steps ?? 0);
}

function only(cells: Cells, ids: readonly string[]): Cells {
  return new Map(
    ids.flatMap((id) => {
      const cell = cells.get(id);
      return cell ? [[id, cell] as const] : [];
    }),
  );
}
