import * as v from "valibot";
import { restoredState } from "../runs/keptState";
import { panelState } from "./protocol";

/** A question that is being written: the open one's wording, or a new one about a line. */
const draft = v.object({
  /** When its run was begun: it is of no other. */
  run: v.string(),
  /** Null for a new question. */
  question: v.nullable(v.string()),
  file: v.string(),
  line: v.number(),
  text: v.string(),
  answer: v.string(),
  /** What was wrong with it. */
  error: v.optional(v.string()),
});
export type Draft = v.InferOutput<typeof draft>;

/** What only the view knows, kept over a reload. */
const view = v.object({
  /** The part of the settings that is unfolded. */
  drawer: v.picklist(["none", "texts", "more"]),
  /** What is unfolded under the finding. */
  card: v.picklist(["none", "export", "answers"]),
  /** More answers to each question, as set in that card. */
  answers: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
  /** Answers are tinted by how rare each of their tokens was. */
  tinted: v.optional(v.boolean(), false),
  draft: v.optional(v.nullable(draft), null),
});
export type View = v.InferOutput<typeof view>;

export const firstView: View = { drawer: "none", card: "none", answers: 5, tinted: false, draft: null };

/** What VS Code kept of this panel; first values where there is nothing or it is of another version. */
export function restored(kept: unknown) {
  return restoredState(kept, panelState, view, firstView);
}
