import * as v from "valibot";
import { restoredState } from "../runs/keptState";
import { panelState } from "./protocol";

/** What only the view knows, kept over a reload. Nothing of a pair is in it. */
const view = v.object({
  /** The part of the settings that is unfolded. */
  drawer: v.picklist(["none", "prompts", "contestants", "more"]),
  /** Answers' tokens are tinted by how rare they were. */
  tinted: v.boolean(),
});
export type View = v.InferOutput<typeof view>;

export const firstView: View = { drawer: "prompts", tinted: false };

/** What VS Code kept of this panel; first values where there is nothing or it is of another version. */
export function restored(kept: unknown) {
  return restoredState(kept, panelState, view, firstView);
}
