import { html, nothing, type TemplateResult } from "lit";
import { calibrationView } from "./calibrationView";
import { drawer } from "./drawers";
import { emptyPage } from "./emptyPage";
import { files } from "./files";
import { summaryView } from "./findingView";
import { head } from "./head";
import { itemView } from "./itemView";
import { keys } from "./keys";
import { listView } from "./listView";
import { notices } from "./notices";
import type { Probe } from "./probe";
import { progress } from "./progress";
import type { RunView } from "./protocol";

/** The whole panel: what is asked, what it shows, what that rests on, and the single cases. */
export function page(panel: Probe): TemplateResult {
  const { run } = panel.state;
  return html`<main class="panel probe" @keydown=${(event: KeyboardEvent) => keys(event, panel)}>
    <h1 class="sr">Does it know, or make it up</h1>
    ${panel.started ? html`${head(panel)} ${drawer(panel)}` : nothing} ${notices(panel)} ${progress(panel)}
    ${panel.started && !run ? html`${emptyPage(panel)} ${calibrationView(panel)}` : nothing} ${run ? shown(panel, run) : nothing}
    <div class="sr" role="status">${panel.announcement}</div>
  </main>`;
}

function shown(panel: Probe, run: RunView): TemplateResult {
  const { list, page: item } = panel.state;
  const listed = list !== null && (run.questions > 1 || run.kind === "calibration" || panel.view.listed);
  // One question stands before its controls, many stand in a list before the one that is open.
  const alone = run.questions === 1 && run.kind === "probe";
  return html`${run.questions > 1 && run.kind === "probe" ? summaryView(panel) : nothing} ${run.kind === "calibration" ? calibrationView(panel) : nothing}
    <div class="cases">
      ${listed && !alone ? listView(panel, list) : nothing} ${item ? itemView(panel, run, item) : nothing}
      ${listed && alone ? listView(panel, list) : nothing}
    </div>
    ${run.kind === "calibration" ? nothing : calibrationView(panel)} ${files(panel, run)}`;
}
