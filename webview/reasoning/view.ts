import * as v from "valibot";
import { arm } from "../../src/experiments/reasoning/arms";
import { restoredState } from "../runs/keptState";
import { side } from "./figures";
import { panelState } from "./protocol";

/** An arm's text in the editor of arms. */
const armDraft = v.object({
  arm,
  error: v.optional(v.string()),
  /** The stop texts as they are being typed. */
  stops: v.optional(v.string()),
});
export type ArmDraft = v.InferOutput<typeof armDraft>;

/** A step that is being changed, before it is run on from. */
const stepChange = v.object({
  /** When its run was begun, and the question: it is of no other. */
  run: v.string(),
  question: v.string(),
  hand: v.object({ side, sample: v.number() }),
  start: v.number(),
  end: v.number(),
  text: v.string(),
  planted: v.boolean(),
  /** What goes before the text where a step is put in: the line end or space that parts steps. */
  before: v.string(),
});
export type StepChange = v.InferOutput<typeof stepChange>;

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
  draft: v.optional(v.nullable(armDraft), null),
  change: v.optional(v.nullable(stepChange), null),
});
export type View = v.InferOutput<typeof view>;

export const firstView: View = {
  drawer: "none",
  arms: null,
  paint: "none",
  continuations: 5,
  examined: 30,
  draft: null,
  change: null,
};

/** What VS Code kept of this panel; first values where there is nothing or it is of another version. */
export function restored(kept: unknown) {
  return restoredState(kept, panelState, view, firstView);
}
