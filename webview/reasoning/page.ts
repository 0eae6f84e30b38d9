import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { besideView } from "./besideView";
import { drawer } from "./drawers";
import { emptyPage } from "./emptyPage";
import { examineView } from "./examineView";
import { figuresView } from "./figuresView";
import { files } from "./files";
import { findings } from "./findings";
import { head } from "./head";
import { listView } from "./listView";
import { notices } from "./notices";
import { progress } from "./progress";
import type { RunView } from "./protocol";
import type { ListView } from "./questions";
import { questionView } from "./questionView";
import type { Reasoning } from "./reasoning";

/**
 * The whole panel: what is asked, what it shows, what that rests on, and the single cases. What cannot have changed is not
 * drawn again: all but the list while that scrolls, and the plots while answers stream.
 */
export function page(panel: Reasoning): TemplateResult {
  const { run, list, page: question } = panel.state;
  const { version } = panel;
  return html`<main class="panel reasoning">
    <h1 class="sr">Step by step against answer first</h1>
    ${guard([version], () => above(panel, run))}
    ${
      run
        ? html`<section class="cases" aria-label="Questions">
            ${list && run.questions > 1 ? cases(panel, run, list) : nothing}
            ${guard([version, panel.heard], () => (question ? questionView(panel, run, question) : nothing))}
          </section>`
        : nothing
    }
    ${guard(belowRests(panel), () => below(panel, run))}
    <div class="sr" role="status">${panel.announcement}</div>
  </main>`;
}

/** The list: answers that stream do not change it. */
function cases(panel: Reasoning, run: RunView, list: ListView): unknown {
  const { browsing, narrow, state } = panel;
  const rests = [list, run, browsing.version, browsing.row, browsing.query, narrow, state.page?.id];
  return guard(rests, () => listView(panel, list));
}

function above(panel: Reasoning, run: RunView | null): TemplateResult {
  const { figures, beside } = panel.state;
  return html`${panel.started ? html`${head(panel)} ${drawer(panel)}` : nothing} ${notices(panel)} ${progress(panel)}
    ${run && figures ? findings(panel, run, figures) : nothing} ${run && beside ? besideView(panel, beside) : nothing}
    ${run ? evidence(panel, run) : nothing} ${panel.started && !run ? emptyPage(panel) : nothing}`;
}

function evidence(panel: Reasoning, run: RunView): unknown {
  const { figures, running, setup } = panel.state;
  if (!figures) return nothing;
  const rests = [figures, run, setup, running === null, panel.narrow, panel.costsKnown];
  return guard(rests, () => figuresView(panel, run, figures));
}

/** What examining the answers and the run's files show: nothing of it moves while answers come. */
function belowRests({ state, view }: Reasoning): unknown[] {
  const { run, figures, running, busy, folder } = state;
  return [run, figures, running === null, busy === null, folder, view];
}

function below(panel: Reasoning, run: RunView | null): TemplateResult | typeof nothing {
  if (!run) return nothing;
  const { figures } = panel.state;
  return html`${figures ? examineView(panel, run, figures) : nothing} ${files(panel, run)}`;
}
