/** What a calibration came to, in words. Pure. */
import { separates } from "../../src/experiments/hallucination/controls";
import type { CalibrationView, ScoreName } from "./figures";
import { areaWords, scoreTitles } from "./scoreWords";

type Row = CalibrationView["rows"][number];

interface Best {
  readonly name: ScoreName;
  readonly area: number;
  readonly words: string;
}

/**
 * Which score tells the seen from the never seen best, for those seen most often and for those seen least: the finding of a
 * calibration, with its uncertainty. Undefined before there is anything to tell from.
 */
export function calibrationFinding({
  rows,
  truthUsable,
  exposure,
}: Pick<CalibrationView, "rows" | "truthUsable" | "exposure">):
  | { readonly key: string; readonly rest: string }
  | undefined {
  const seen = rows.flatMap((row) => {
    const best = bestOf(row, truthUsable);
    return best ? [{ row, best }] : [];
  });
  const [least, most] = [seen[0], seen.at(-1)];
  if (!least || !most) return undefined;
  const names = ({ bucket }: Row) => (exposure ? `names in ${bucket} of its documents` : bucket);
  const told = `${scoreTitles[most.best.name]}, AUROC ${most.best.words}`;
  const key =
    most.best.area >= separates
      ? `Names it knows well can be told from never seen ones.`
      : `Not even ${exposure ? "often seen" : "well-known"} names can be told from never seen ones.`;
  const first = `Best at ${names(most.row)}: ${told}.`;
  if (least === most) return { key, rest: first };
  const rarely =
    least.best.area >= separates
      ? `At ${names(least.row)} the best reaches ${least.best.words}.`
      : `For ${names(least.row)} no score tells much: ${scoreTitles[least.best.name]} ${least.best.words} at best.`;
  return { key, rest: `${first} ${rarely}` };
}

function bestOf({ areas }: Row, truthUsable: boolean): Best | undefined {
  const known = areas.flatMap(({ name, area }) =>
    area.area === null || (name === "truth" && !truthUsable) ? [] : [{ name, area: area.area, of: area }],
  );
  const [best] = known.toSorted((a, b) => b.area - a.area);
  if (!best) return undefined;
  const { area, interval } = areaWords(best.of);
  return { name: best.name, area: best.area, words: `${area} ${interval}` };
}
