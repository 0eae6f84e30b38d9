import { html, type TemplateResult } from "lit";
import { exportLinks, fileLink, startOverLink } from "../runs/fileLinks";
import { count, dayAndTime } from "../ui/format";
import type { Probe } from "./probe";
import type { RunView } from "./protocol";

/** Where the run is kept, and what can be taken elsewhere. */
export function files(panel: Probe, run: RunView): TemplateResult {
  const { running } = panel.state;
  const when = dayAndTime(run.created);
  const judge = run.judge === null ? "words alone" : run.judge.id === run.probed.id ? "itself" : run.judge.name;
  return html`<div class="row wrap small files" data-region>
    <span class="muted" title=${run.settings}>${run.probed.name}, judged by ${judge}; ${when}, ${count(run.tokens)} tokens</span>
    ${fileLink(panel, run.file)}
    <span class="sp"></span>
    <button class="link" id="open-run" ?disabled=${!!running} @click=${() => panel.do("openRun", null)}>Another run…</button>
    ${exportLinks(panel)}
    ${startOverLink(panel, "New probe")}
  </div>`;
}
