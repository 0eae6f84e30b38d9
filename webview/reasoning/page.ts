import { html, nothing, type TemplateResult } from "lit";
import { besideView } from "./besideView";
import { drawer } from "./drawers";
import { emptyPage } from "./emptyPage";
import { examineView } from "./examineView";
import { figuresView } from "./figuresView";
import { files } from "./files";
import { findings } from "./findings";
import { head } from "./head";
import { keys } from "./keys";
import { listView } from "./listView";
import { notices } from "./notices";
import { progress } from "./progress";
import { questionView } from "./questionView";
import type { Reasoning } from "./reasoning";

/** The whole panel: what is asked, what it shows, what that rests on, and the single cases. */
export function page(panel: Reasoning): TemplateResult {
  const { run, figures, list, page: question, beside } = panel.state;
  return html`<main class="panel reasoning" @keydown=${(event: KeyboardEvent) => keys(event, panel)}>
    <h1 class="sr">Step by step against answer first</h1>
    ${panel.started ? html`${head(panel)} ${drawer(panel)}` : nothing} ${notices(panel)} ${progress(panel)}
    ${
      run
        ? html`${figures ? findings(panel, run, figures) : nothing} ${beside ? besideView(panel, beside) : nothing}
            ${figures ? figuresView(panel, run, figures) : nothing}
            <section class="cases" aria-label="Questions">
              ${list && run.questions > 1 ? listView(panel, list) : nothing}
              ${question ? questionView(panel, run, question) : nothing}
            </section>
            ${figures ? examineView(panel, run, figures) : nothing} ${files(panel, run)}`
        : panel.started
          ? emptyPage(panel)
          : nothing
    }
    <div class="sr" role="status">${panel.announcement}</div>
  </main>`;
}
