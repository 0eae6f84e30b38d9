import { html, nothing, type TemplateResult } from "lit";
import { count } from "../ui/format";
import type { GridView } from "./grid";
import type { RunView } from "./protocol";
import type { Suites } from "./suites";

/** What each model's column shows, as a sentence. While answers come nothing is stated. */
export function findings(panel: Suites, run: RunView, grid: GridView): TemplateResult | typeof nothing {
  if (panel.state.running) return nothing;
  return html`<section class="findings" aria-label="Finding" data-region tabindex="0">
    ${grid.findings.map(
      ({ model, key, rest }) => html`<p class="find">
        ${run.models.length > 1 ? html`<span class="muted">${panel.modelName(model)}: </span>` : nothing}<b>${key}</b> ${rest}
      </p>`,
    )}
    ${
      grid.provisional
        ? html`<p class="muted small">Not all was answered: this is what ${count(run.done)} of ${count(run.total)} answers show.</p>`
        : nothing
    }
  </section>`;
}
