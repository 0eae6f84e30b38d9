import { html, nothing, type TemplateResult } from "lit";
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
import { questionView } from "./questionView";
import { sectionsTable } from "./sectionsTable";
import { summary } from "./summary";

/** The whole panel: what is asked, what came of it, what that rests on by section and in the text, and each question. */
export function page(panel: Interrogation): TemplateResult {
  const { run, running, figures, list, page: open, document } = panel.state;
  return html`<main class="panel interrogation ${run ? "with-run" : ""}">
    <h1 class="sr">What does the model know of this text?</h1>
    ${panel.started ? html`${head(panel)} ${drawer(panel)}` : nothing} ${notices(panel)} ${progress(panel)}
    ${run && figures && (figures.whole.answered > 0 || !running) ? summary(panel, run, figures) : nothing} ${run ? answersCard(panel, run) : nothing}
    ${run ? exportCard(panel) : nothing} ${panel.started && !run ? emptyPage(panel) : nothing}
    ${
      run
        ? html`<div class="split">
              <div class="known-side">
                ${figures ? sectionsTable(panel, figures) : nothing} ${document ? documentView(panel, document) : nothing}
              </div>
              <div class="review-side">
                ${list ? listView(panel, run, list) : nothing}
                ${open ? questionView(panel, run, open) : nothing}
              </div>
            </div>
            ${files(panel, run)}`
        : nothing
    }
    <div class="sr" role="status">${panel.announcement}</div>
  </main>`;
}
