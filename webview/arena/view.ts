import * as v from "valibot";
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

type Remembered = Pick<v.InferOutput<typeof panelState>, "run" | "setup">;

/** What VS Code kept of this panel; first values where there is nothing or it is of another version. */
export function restored(kept: unknown): { readonly host: Remembered; readonly view: View } {
  const state = v.safeParse(panelState, kept);
  if (!state.success) return { host: { run: null, setup: null }, view: firstView };
  const { run, setup, view: own } = state.output;
  const parsed = v.safeParse(view, own);
  return { host: { run, setup }, view: parsed.success ? parsed.output : firstView };
}

export function keepable(host: Remembered, view: View): v.InferOutput<typeof panelState> {
  return { version: 1, ...host, view };
}
