import { html, nothing, type TemplateResult } from "lit";
import { type Capability, goOnNote, missingNote, workNotices } from "../runs/runNotices";
import type { ModelView } from "../runs/state";
import type { Reasoning } from "./reasoning";

/** What is being done, what went wrong, what a model cannot do. */
export function notices(panel: Reasoning): TemplateResult {
  const { problem, models, run } = panel.state;
  return html`${workNotices(panel, () => panel.do("pickModel", 0))}
  ${models.filter(({ missing }) => missing.sample ?? missing.score ?? missing.logProbs).map((model) => incapable(panel, model))}
  ${run && panel.interrupted && !problem ? goOnNote(panel, "This run stopped before all was answered.") : nothing}`;
}

function incapable(panel: Reasoning, { name, missing }: ModelView): TemplateResult {
  const rows: readonly Capability[] = [
    ["Right answers of each arm, tokens, cost", "needs only text", missing.sample],
    ["Majority vote", "needs only text", missing.sample],
    ["The same run twice gives the same text", "works", missing.seeds],
    ["When does it know", "works", missing.score],
    ["Tint by probability", "works", missing.logProbs],
  ];
  return missingNote(name, rows, () => panel.do("pickModel", 0));
}
