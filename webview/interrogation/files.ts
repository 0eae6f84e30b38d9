import { html, type TemplateResult } from "lit";
import { count, dayAndTime } from "../ui/format";
import type { Interrogation } from "./interrogation";
import type { RunView } from "./protocol";

/** Where the run is kept. */
export function files(panel: Interrogation, run: RunView): TemplateResult {
  const { folder, running } = panel.state;
  const when = dayAndTime(run.created);
  return html`<div class="row wrap small files" data-region>
    <span class="muted" title=${run.settings}>${run.label}; ${when}, ${count(run.tokens)} tokens</span>
    ${
      run.file
        ? html`<button class="link" id="reveal-file" title="Opens the file as text" @click=${() => panel.do("revealFile")}>${run.file.name}</button>`
        : html`<span class="muted">to be saved in ${folder}</span>`
    }
    <span class="sp"></span>
    <button class="link" id="open-run" @click=${() => panel.do("openRun", null)}>Open another run…</button>
    <button class="link" id="start-over" ?disabled=${!!running} @click=${() => panel.do("startOver")}>New run</button>
  </div>`;
}
