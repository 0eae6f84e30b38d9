import { html, nothing, type TemplateResult } from "lit";
import { workNotices } from "../runs/runNotices";
import type { Arena } from "./arena";

/** What is being done, what went wrong, what a model cannot do. */
export function notices(panel: Arena): TemplateResult {
  const { problem, models, run, setup, voting } = panel.state;
  const slots = setup.contestants.map(({ id, model }) => ({ id: model, pick: () => panel.do("pickModel", id) }));
  return html`${workNotices(panel, slots)}
  ${models.flatMap(({ name, missing }) =>
    missing === null
      ? []
      : html`<p class="note caution" role="note">${name} cannot answer: ${missing} Choose another model.</p>`,
  )}
  ${
    run && panel.interrupted && !problem && !voting?.closed
      ? html`<div class="note" role="note">
          <p class="sp">This run stopped before all was answered. What came is kept, and going on asks only for the rest.</p>
          <vscode-button appearance="secondary" id="go-on" @click=${() => panel.do("goOn")}>Go on</vscode-button>
        </div>`
      : nothing
  }`;
}
