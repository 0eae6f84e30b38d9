import { html, nothing, type TemplateResult } from "lit";
import { busyNote, failureNote, problemNote } from "../runs/notices";
import type { Problem } from "../runs/state";
import { icon } from "../ui/icons";
import type { Reasoning } from "./reasoning";
import type { ModelView } from "./setup";

/** What is being done, what went wrong, what a model cannot do. */
export function notices(panel: Reasoning): TemplateResult {
  const { busy, problem, models, run, running } = panel.state;
  const showLog = () => panel.host.tell("showLog");
  return html`${
    panel.failure === undefined
      ? nothing
      : failureNote(panel.failure, {
          showLog,
          close: () => {
            panel.failure = undefined;
            panel.draw();
          },
        })
  }
  ${problem ? problemNote(problem, { act: (action) => act(panel, action), showLog }) : nothing}
  ${busy && panel.showsBusy && !running ? busyNote(busy, () => panel.do("cancel")) : nothing}
  ${models.filter(({ missing }) => missing.sample ?? missing.score ?? missing.logProbs).map((model) => missingNote(panel, model))}
  ${
    run && panel.interrupted && !problem
      ? html`<div class="note" role="note">
          <p class="sp">This run stopped before all was answered. What came is kept, and going on asks only for the rest.</p>
          <vscode-button id="go-on" @click=${() => panel.do("goOn")}>Go on</vscode-button>
        </div>`
      : nothing
  }`;
}

function act(panel: Reasoning, action: Problem["actions"][number]): void {
  if (action === "pickModel") panel.do("pickModel", 0);
  else if (action === "trust") panel.do("manageTrust");
  else panel.do("retry");
}

/** What still works comes first. */
function missingNote(panel: Reasoning, { name, missing }: ModelView): TemplateResult {
  const rows: readonly (readonly [string, string, string | null])[] = [
    ["Right answers of each arm, tokens, cost", "needs only text", missing.sample],
    ["Majority vote", "needs only text", missing.sample],
    ["The same run twice gives the same text", "works", missing.seeds],
    ["When does it know", "works", missing.score],
    ["Tint by probability", "works", missing.logProbs],
  ];
  return html`<details class="note caution missing">
    <summary><span class="caution-mark">${icon("warning")}</span> ${name} cannot do all of it</summary>
    <table class="capabilities">
      <tbody>
        ${rows.map(
          ([what, works, why]) => html`<tr>
            <td class=${why === null ? "" : "muted"}>${why === null ? "✓" : "–"} ${what}</td>
            <td class="muted">${why ?? works}</td>
          </tr>`,
        )}
      </tbody>
    </table>
    <vscode-button appearance="secondary" @click=${() => panel.do("pickModel", 0)}>Choose another model…</vscode-button>
  </details>`;
}
