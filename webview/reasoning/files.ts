import { html, type TemplateResult } from "lit";
import { exportLinks, fileLink, startOverLink } from "../runs/fileLinks";
import { count, dayAndTime } from "../ui/format";
import type { RunView } from "./protocol";
import type { Reasoning } from "./reasoning";

/** Where the run is kept, and what can be taken elsewhere. */
export function files(panel: Reasoning, run: RunView): TemplateResult {
  const { running } = panel.state;
  const when = dayAndTime(run.created);
  return html`<div class="row wrap small files" data-region>
    <span class="muted" title=${run.settings}>
      ${run.label}; ${when}, ${count(run.tokens)} tokens${run.ended === "budget" ? "; ended by its limit of tokens" : ""}
    </span>
    ${fileLink(panel, run.file)}
    <span class="sp"></span>
    <button class="link" id="compare-runs" ?disabled=${!!running} @click=${() => panel.do("compareWith", "pick")}>Compare with another run…</button>
    <button class="link" id="insert-arm" title="Puts the wording with the most right answers into the editor" @click=${() => panel.do("insertArm", null)}>
      Insert the best arm
    </button>
    ${exportLinks(panel)}
    ${startOverLink(panel, "New run")}
  </div>`;
}
