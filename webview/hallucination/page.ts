import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { calibrationView } from "./calibrationView";
import { drawer } from "./drawers";
import { emptyPage } from "./emptyPage";
import { files } from "./files";
import { summaryView } from "./findingView";
import { head } from "./head";
import { controlsView, itemView } from "./itemView";
import { listView } from "./listView";
import { notices } from "./notices";
import type { Probe } from "./probe";
import { progress } from "./progress";
import type { RunView } from "./protocol";

/**
 * The whole panel: what is asked, what it shows, what that rests on, and the single cases. Nothing but the list is drawn again
 * while that scrolls.
 */
export function page(panel: Probe): TemplateResult {
  const { run } = panel.state;
  const { version } = panel;
  return html`<main class="panel probe">
    <h1 class="sr">Does it know, or make it up</h1>
    ${guard([version], () => above(panel, run))} ${run ? cases(panel, run) : nothing} ${guard([version], () => below(panel, run))}
    <div class="sr" role="status">${panel.announcement}</div>
  </main>`;
}

function above(panel: Probe, run: RunView | null): TemplateResult {
  return html`${panel.started ? html`${head(panel)} ${drawer(panel)}` : nothing} ${notices(panel)} ${progress(panel)}
    ${panel.started && !run ? emptyPage(panel) : nothing}
    ${run && run.questions > 1 && run.kind === "probe" ? summaryView(panel) : nothing}
    ${run?.kind === "calibration" ? calibrationView(panel) : nothing}`;
}

/** One question stands before its controls; many stand in a list before the one that is open. */
function cases(panel: Probe, run: RunView): TemplateResult {
  const { list, page: item } = panel.state;
  const alone = run.questions === 1 && run.kind === "probe";
  const questions = list && (!alone || panel.view.listed) ? listView(panel, list) : nothing;
  const open = guard([panel.version], () => (item ? itemView(panel, run, item) : controlsView(panel, run)));
  return html`<div class="cases">${alone ? nothing : questions} ${open} ${alone ? questions : nothing}</div>`;
}

function below(panel: Probe, run: RunView | null): TemplateResult {
  return html`${panel.started && run?.kind !== "calibration" ? calibrationView(panel) : nothing} ${run ? files(panel, run) : nothing}`;
}
