import { html, nothing, type TemplateResult } from "lit";
import { type Capability, goOnNote, missingNote, workNotices } from "../runs/runNotices";
import type { ModelView } from "../runs/state";
import type { Reasoning } from "./reasoning";

/** What is being done, what went wrong, what a model cannot do. */
export function notices(panel: Reasoning): TemplateResult {
  const { problem, models, judge, run } = panel.state;
  const slots = models.map(({ id }, place) => ({ id, pick: () => pick(panel, place) }));
  if (judge) slots.push({ id: judge.id, pick: () => panel.do("pickModel", "judge") });
  return html`${workNotices(panel, slots)}
  ${models.map((model, place) => incapable(panel, model, place))}
  ${run && panel.interrupted && !problem ? goOnNote(panel, "This run stopped before all was answered.") : nothing}`;
}

function pick(panel: Reasoning, place: number): void {
  panel.do("pickModel", place === 0 ? 0 : 1);
}

function incapable(panel: Reasoning, { name, missing }: ModelView, place: number): TemplateResult | typeof nothing {
  if (!(missing.sample ?? missing.score ?? missing.logProbs)) return nothing;
  const rows: readonly Capability[] = [
    ["Right answers of each arm, tokens, cost", "needs only text", missing.sample],
    ["Majority vote", "needs only text", missing.sample],
    ["The same run twice gives the same text", "works", missing.seeds],
    ["When does it know", "works", missing.score],
    ["Tint by probability", "works", missing.logProbs],
  ];
  return missingNote(name, rows, () => pick(panel, place));
}
