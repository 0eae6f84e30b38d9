import { html, type TemplateResult } from "lit";
import { count, dayAndTime } from "../ui/format";
import type { RunView } from "./protocol";
import type { Reasoning } from "./reasoning";

/** Where the run is kept, and what can be taken elsewhere. */
export function files(panel: Reasoning, run: RunView): TemplateResult {
  const { folder, running } = panel.state;
  const when = dayAndTime(run.created);
  return html`<div class="row wrap small files" data-region>
    <span class="muted" title=${run.settings}>
      ${run.label}; ${when}, ${count(run.tokens)} tokens${run.ended === "budget" ? "; ended by its limit of tokens" : ""}
    </span>
    ${
      run.file
        ? html`<button class="link" id="reveal-file" title="Opens the file as text" @click=${() => panel.do("revealFile")}>${run.file.name}</button>`
        : html`<span class="muted">to be saved in ${folder}</span>`
    }
    <span class="sp"></span>
    <button class="link" id="compare-runs" ?disabled=${!!running} @click=${() => panel.do("compareWith", "pick")}>Compare with another run…</button>
    <button class="link" id="insert-arm" title="Puts the wording with the most right answers into the editor" @click=${() => panel.do("insertArm", null)}>
      Insert the best arm
    </button>
    <span class="muted">Export</span>
    <button class="link" id="export-markdown" @click=${() => panel.do("exportRun", "markdown")}>Report</button>
    <button class="link" id="export-csv" @click=${() => panel.do("exportRun", "csv")}>CSV</button>
    <button class="link" id="export-json" @click=${() => panel.do("exportRun", "json")}>JSON</button>
    <button class="link" id="start-over" ?disabled=${!!running} @click=${() => panel.do("startOver")}>New run</button>
  </div>`;
}
