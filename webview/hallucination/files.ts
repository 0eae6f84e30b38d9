import { html, type TemplateResult } from "lit";
import { count, dayAndTime } from "../ui/format";
import type { Probe } from "./probe";
import type { RunView } from "./protocol";

/** Where the run is kept, and what can be taken elsewhere. */
export function files(panel: Probe, run: RunView): TemplateResult {
  const { folder, running } = panel.state;
  const when = dayAndTime(run.created);
  const judge = run.judge === null ? "words alone" : run.judge.id === run.probed.id ? "itself" : run.judge.name;
  return html`<div class="row wrap small files" data-region>
    <span class="muted" title=${run.settings}>${run.probed.name}, judged by ${judge}; ${when}, ${count(run.tokens)} tokens</span>
    ${
      run.file
        ? html`<button class="link" id="reveal-file" title="Opens the file as text" @click=${() => panel.do("revealFile")}>${run.file.name}</button>`
        : html`<span class="muted">to be saved in ${folder}</span>`
    }
    <span class="sp"></span>
    <button class="link" id="open-run" ?disabled=${!!running} @click=${() => panel.do("openRun", null)}>Another run…</button>
    <span class="muted">Export</span>
    <button class="link" id="export-markdown" @click=${() => panel.do("exportRun", "markdown")}>Report</button>
    <button class="link" id="export-csv" @click=${() => panel.do("exportRun", "csv")}>CSV</button>
    <button class="link" id="export-json" @click=${() => panel.do("exportRun", "json")}>JSON</button>
    <button class="link" id="start-over" ?disabled=${!!running} @click=${() => panel.do("startOver")}>New probe</button>
  </div>`;
}
