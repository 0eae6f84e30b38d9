import * as v from "valibot";
import { restoredState } from "../runs/keptState";
import { panelState } from "./protocol";

/** What only the view knows, kept over a reload. */
const view = v.object({
  /** The part of the settings that is unfolded. */
  drawer: v.picklist(["none", "claims", "book", "more"]),
  /** The list is shown also where only one question was asked: it has the controls. */
  listed: v.boolean(),
  /** The calibration is shown. */
  calibrated: v.boolean(),
  /** Scores that seldom decide are shown, too. */
  allScores: v.boolean(),
  /** The greedy answer's tokens are tinted by how rare each was. */
  tinted: v.boolean(),
});
export type View = v.InferOutput<typeof view>;

export const firstView: View = { drawer: "none", listed: false, calibrated: false, allScores: false, tinted: true };

/** What VS Code kept of this panel; first values where there is nothing or it is of another version. */
export function restored(kept: unknown) {
  return restoredState(kept, panelState, view, firstView);
}
