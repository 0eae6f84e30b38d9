import { html, type TemplateResult } from "lit";
import { listed } from "../../src/experiments/reasoning/words";
import { recentRuns } from "../runs/recentRuns";
import { costWords, stayingWords } from "../runs/words";
import { plural } from "../ui/format";
import type { Suites } from "./suites";

/** What the panel is for and the ways in, each with what it costs. */
export function emptyPage(panel: Suites): TemplateResult {
  const { forecast, recent, models, offered } = panel.state;
  const cost = forecast ? `${costWords(forecast)}${stayingWords(models)}` : "";
  const names = listed(models.map(({ name }) => name));
  return html`<section class="empty-page card" aria-label="Start" data-region>
    <h2 class="empty-title">Where does it cut itself?</h2>
    <p class="muted">
      Models that write well still miscount letters, compare 9.11 with 9.9, or know a fact in one direction alone. Small
      suites with checked answers show where, how often, and the tokens that tell why.
    </p>
    <div class="ways">
      <vscode-button id="empty-run" ?disabled=${!panel.canRun} @click=${() => panel.run()}
        >${offered ? `Run ${plural(panel.chosen.length, "suite")}` : "Run"}</vscode-button
      >
      <span class="muted">${names}${cost === "" ? "" : `, ${cost}`}</span>
      <vscode-button appearance="secondary" id="empty-suites" @click=${() => panel.setView({ drawer: "suites" })}>Choose suites…</vscode-button>
      <span class="muted">ready ones and your own</span>
      <vscode-button appearance="secondary" id="empty-starter" @click=${() => panel.do("writeStarter")}>Write your own</vscode-button>
      <span class="muted">begins with a file that has a case of each kind</span>
    </div>
    ${recentRuns(panel, recent)}
  </section>`;
}
