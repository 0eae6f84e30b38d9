import { html, type TemplateResult } from "lit";
import { exportLinks, fileLink, startOverLink } from "../runs/fileLinks";
import { count, dayAndTime } from "../ui/format";
import type { RunView } from "./protocol";
import type { Suites } from "./suites";

/** Where the run is kept, and what can be taken elsewhere. */
export function files(panel: Suites, run: RunView): TemplateResult {
  const { running, changes } = panel.state;
  const when = dayAndTime(run.created);
  return html`<div class="row wrap small files" data-region>
    <span class="muted" title=${run.settings}>${run.label}; ${when}, ${count(run.tokens)} tokens</span>
    ${fileLink(panel, run.file)}
    <span class="sp"></span>
    <button class="link" id="compare-runs" ?disabled=${!!running} @click=${() => panel.do("compareWith", changes ? "pick" : "last")}>
      ${changes ? "Compare with another run…" : "Compare with the last run"}
    </button>
    ${exportLinks(panel)}
    ${startOverLink(panel, "New run")}
  </div>`;
}
