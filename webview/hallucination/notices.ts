import { html, nothing, type TemplateResult } from "lit";
import { roleSlots } from "../runs/notices";
import { type Capability, goOnNote, missingNote, workNotices } from "../runs/runNotices";
import type { ModelView } from "../runs/state";
import type { Probe } from "./probe";

/** What is being done, what went wrong, what a model cannot do. */
export function notices(panel: Probe): TemplateResult {
  const { problem, models, run } = panel.state;
  const { probed } = models;
  const slots = roleSlots(models, (role) => panel.do("pickModel", role));
  return html`${workNotices(panel, slots)}
  ${(probed.missing.sample ?? probed.missing.score ?? probed.missing.logProbs) ? incapable(panel, probed) : nothing}
  ${run && panel.interrupted && !problem ? goOnNote(panel, "This probe stopped before all was asked.") : nothing}`;
}

function incapable(panel: Probe, { name, missing }: ModelView): TemplateResult {
  const rows: readonly Capability[] = [
    ["Meanings, semantic entropy, refusals, verdict", "needs only text", missing.sample],
    ["Memory against the page", "needs only text", missing.sample],
    ["The same probe twice gives the same answers", "works", missing.seeds],
    ["P(True)", "works", missing.score],
    ["Log-likelihood, tint by surprisal, claims at risk", "works", missing.logProbs],
  ];
  return missingNote(name, rows, () => panel.do("pickModel", "probed"));
}
