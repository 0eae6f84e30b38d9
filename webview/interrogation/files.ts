import { html, type TemplateResult } from "lit";
import { exportLinks, fileLink, startOverLink } from "../runs/fileLinks";
import { count, dayAndTime } from "../ui/format";
import type { Interrogation } from "./interrogation";
import type { RunView } from "./protocol";

/** Where the run is kept. */
export function files(panel: Interrogation, run: RunView): TemplateResult {
  const when = dayAndTime(run.created);
  return html`<div class="row wrap small files" data-region>
    <span class="muted" title=${run.settings}>${run.label}; ${when}, ${count(run.tokens)} tokens</span>
    ${fileLink(panel, run.file)}
    <span class="sp"></span>
    <button class="link" id="open-run" @click=${() => panel.do("openRun", null)}>Open another run…</button>
    ${exportLinks(panel)} ${startOverLink(panel, "New run")}
  </div>`;
}
