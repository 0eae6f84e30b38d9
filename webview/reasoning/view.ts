import * as v from "valibot";
import { restoredState } from "../runs/keptState";
import { panelState } from "./protocol";

/** What only the view knows, kept over a reload. */
const view = v.object({
  /** The part of the settings that is unfolded. */
  drawer: v.picklist(["none", "questions", "arms", "more"]),
  /** Ids of the arms that a question's page shows; null for the first three. */
  arms: v.nullable(v.array(v.string())),
  /** What is drawn on the tokens of answers. */
  paint: v.picklist(["none", "tokens", "probability"]),
  /** Continuations of a changed step. */
  continuations: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(32)),
  /** Questions whose reasoning is examined in one go. */
  examined: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
});
export type View = v.InferOutput<typeof view>;

export const firstView: View = { drawer: "none", arms: null, paint: "none", continuations: 5, examined: 30 };

/** What VS Code kept of this panel; first values where there is nothing or it is of another version. */
export function restored(kept: unknown) {
  return restoredState(kept, panelState, view, firstView);
}
