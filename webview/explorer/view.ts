import * as v from "valibot";
import { type PanelState, panelState } from "./protocol";

/** A text that is being written; null while none is. */
const written = v.optional(v.nullable(v.string()), null);

/** What only the view knows, kept over a reload. */
const view = v.object({
  /** All tokens in a list, or the likeliest with the rest as one row. */
  all: v.boolean(),
  filter: v.string(),
  /** Stages whose columns are shown though they are off. */
  shown: v.array(v.picklist(["repetitionPenalty", "topK", "topP", "minP"])),
  paths: v.picklist(["tree", "best"]),
  perToken: v.boolean(),
  plot: v.picklist(["sweep", "tosses", "entropy"]),
  growth: v.object({
    how: v.picklist(["greedy", "draw", "beam"]),
    tokens: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
    count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(32)),
  }),
  prompt: written,
  /** What the node in hand is to go on with. */
  next: written,
  /** The prompt to compare with. */
  other: written,
});
export type View = v.InferOutput<typeof view>;
export type ExtraStage = View["shown"][number];

export const firstView: View = {
  all: false,
  filter: "",
  shown: ["topP"],
  paths: "tree",
  perToken: false,
  plot: "sweep",
  growth: { how: "draw", tokens: 40, count: 1 },
  prompt: null,
  next: null,
  other: null,
};

/** What VS Code kept of this panel; first values where there is nothing or it is of another version. */
export function restored(kept: unknown): { readonly draft: string | null; readonly view: View } {
  const state = v.safeParse(panelState, kept);
  if (!state.success) return { draft: null, view: firstView };
  const parsed = v.safeParse(view, state.output.view);
  return { draft: state.output.draft, view: parsed.success ? parsed.output : firstView };
}

export function keepable(draft: string | null, view: View): PanelState {
  return { version: 1, draft, view };
}
