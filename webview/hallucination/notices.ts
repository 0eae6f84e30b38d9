import { html, nothing, type TemplateResult } from "lit";
import type { ModelView } from "../reasoning/setup";
import { busyNote, failureNote, problemNote } from "../runs/notices";
import type { Problem } from "../runs/state";
import { icon } from "../ui/icons";
import type { Probe } from "./probe";

/** What is being done, what went wrong, what a model cannot do. */
export function notices(panel: Probe): TemplateResult {
  const { busy, problem, models, run, running } = panel.state;
  const showLog = () => panel.host.tell("showLog");
  const { probed } = models;
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
  ${(probed.missing.sample ?? probed.missing.score ?? probed.missing.logProbs) ? missingNote(panel, probed) : nothing}
  ${
    run && panel.interrupted && !problem
      ? html`<div class="note" role="note">
          <p class="sp">This probe stopped before all was asked. What came is kept, and going on asks only for the rest.</p>
          <vscode-button id="go-on" @click=${() => panel.do("goOn")}>Go on</vscode-button>
        </div>`
      : nothing
  }`;
}

function act(panel: Probe, action: Problem["actions"][number]): void {
  if (action === "pickModel") panel.do("pickModel", "probed");
  else if (action === "trust") panel.do("manageTrust");
  else panel.do("retry");
}

/** What still works comes first. */
function missingNote(panel: Probe, { name, missing }: ModelView): TemplateResult {
  const rows: readonly (readonly [string, string, string | null])[] = [
    ["Meanings, semantic entropy, refusals, verdict", "needs only text", missing.sample],
    ["Memory against the page", "needs only text", missing.sample],
    ["The same probe twice gives the same answers", "works", missing.seeds],
    ["P(True)", "works", missing.score],
    ["Log-likelihood, tint by surprisal, claims at risk", "works", missing.logProbs],
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
    <vscode-button appearance="secondary" @click=${() => panel.do("pickModel", "probed")}>Choose another model…</vscode-button>
  </details>`;
}
