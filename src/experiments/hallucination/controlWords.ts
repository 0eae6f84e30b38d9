import { percent } from "../reasoning/words";
import { enoughTruthMass, fewestControls, type ScoreFit, separates } from "./controls";

/** Why no score can be read, where none tells the controls apart. */
export function cannotTellWords(fits: readonly ScoreFit[]): string {
  if (fits.length === 0)
    return "There are no controls to hold the answers against, and a score by itself means nothing.";
  const few = fits.every(({ known, invented }) => Math.min(known.length, invented.length) < fewestControls);
  return few
    ? `Fewer than ${fewestControls} controls on a side tell nothing.`
    : `No score tells this model’s known controls from the invented ones: the best AUROC is ${Math.max(...fits.map(({ area }) => area.area)).toFixed(2)}, under ${separates.toFixed(2)}.`;
}

/** Why a score decides nothing. */
export function unusableWords({ name, known, invented, area, mass }: ScoreFit): string {
  if (Math.min(known.length, invented.length) < fewestControls) {
    return `Fewer than ${fewestControls} controls on a side tell nothing.`;
  }
  if (name === "truth" && mass !== undefined && mass < enoughTruthMass) {
    return `Asked for True or False, the model says one of them with ${percent(mass)}: that is no opinion.`;
  }
  if (area.area < separates) return `Its AUROC on the controls is under ${separates.toFixed(2)}.`;
  return "The medians of known and invented controls are the same.";
}
