import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { answersCard } from "./answersCard";
import { documentView } from "./documentView";
import { drawer } from "./drawers";
import { emptyPage } from "./emptyPage";
import { exportCard } from "./exportCard";
import { files } from "./files";
import { head } from "./head";
import type { Interrogation } from "./interrogation";
import { listView } from "./listView";
import { notices } from "./notices";
import { progress } from "./progress";
import type { RunView } from "./protocol";
import { questionView } from "./questionView";
import { sectionsTable } from "./sectionsTable";
import { summary } from "./summary";

/**
 * The whole panel: what is asked, what came of it, what that rests on by section and in the text, and each question. While
 * the list scrolls nothing else is drawn.
 */
export function page(panel: Interrogation): TemplateResult {
  const { run, list } = panel.state;
  const { version } = panel;
  return html`<main class="panel interrogation ${run ? "with-run" : ""}">
    <h1 class="sr">What does the model know of this text?</h1>
    ${guard([version], () => above(panel, run))}
    ${
      run
        ? html`<div class="split">
              <div class="known-side">${guard([version], () => known(panel))}</div>
              <div class="review-side">
                ${list ? listView(panel, run, list) : nothing} ${guard([version], () => question(panel, run))}
              </div>
            </div>
            ${guard([version], () => files(panel, run))}`
        : nothing
    }
    <div class="sr" role="status">${panel.announcement}</div>
  </main>`;
}

function above(panel: Interrogation, run: RunView | null): TemplateResult {
  const { running, figures } = panel.state;
  const told = run && figures && (figures.whole.answered > 0 || !running);
  return html`${panel.started ? html`${head(panel)} ${drawer(panel)}` : nothing} ${notices(panel)} ${progress(panel)}
    ${told ? summary(panel, run, figures) : nothing} ${run ? html`${answersCard(panel, run)} ${exportCard(panel)}` : nothing}
    ${panel.started && !run ? emptyPage(panel) : nothing}`;
}

function known(panel: Interrogation): TemplateResult {
  const { figures, document } = panel.state;
  return html`${figures ? guard([figures, panel.query], () => sectionsTable(panel, figures)) : nothing}
    ${document ? documentView(panel, document) : nothing}`;
}

function question(panel: Interrogation, run: RunView): TemplateResult | typeof nothing {
  const { page: open } = panel.state;
  return open ? questionView(panel, run, open) : nothing;
}
