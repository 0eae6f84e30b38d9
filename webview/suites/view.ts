import * as v from "valibot";
import { restoredState } from "../runs/keptState";
import { panelState } from "./protocol";

/** What only the view knows, kept over a reload. */
const view = v.object({
  /** The part of the settings that is unfolded. */
  drawer: v.picklist(["none", "suites", "more"]),
  /** What is drawn on the tokens of answers. */
  paint: v.picklist(["tokens", "probability"]),
});
export type View = v.InferOutput<typeof view>;

export const firstView: View = { drawer: "none", paint: "tokens" };

/** What VS Code kept of this panel; first values where there is nothing or it is of another version. */
export function restored(kept: unknown) {
  return restoredState(kept, panelState, view, firstView);
}
