import { html, nothing, type TemplateResult } from "lit";
import { runProgress } from "../runs/runProgress";
import { count } from "../ui/format";
import { casesView } from "./casesView";
import { nowView } from "./caseView";
import { changesView } from "./changesView";
import { drawer } from "./drawers";
import { emptyPage } from "./emptyPage";
import { files } from "./files";
import { findings } from "./findings";
import { gridTable } from "./gridTable";
import { head } from "./head";
import { notices } from "./notices";
import type { Suites } from "./suites";

/** The whole panel: what is asked, what it shows, the grid that rests on, and the single cases with their tokens. */
export function page(panel: Suites): TemplateResult {
  const { run, running, busy, grid, page: cell, now, changes } = panel.state;
  return html`<main class="panel suites">
    <h1 class="sr">Sharp edges</h1>
    ${panel.started ? html`${head(panel)} ${drawer(panel)}` : nothing} ${notices(panel)}
    ${
      running
        ? runProgress({
            ...{ running, busy, name: `${count(running.done)} of ${count(running.total)} answers` },
            pause: () => panel.do("pause"),
            stop: () => panel.do("stop"),
          })
        : nothing
    }
    ${run && grid ? findings(panel, run, grid) : nothing}
    ${run && changes ? changesView(panel, run, changes) : nothing}
    ${
      run && grid
        ? html`<div class="evidence">${gridTable(panel, run, grid)} ${cell ? casesView(panel, run, cell) : now ? nowView(panel, run, now) : nothing}</div>`
        : nothing
    }
    ${panel.started && !run ? emptyPage(panel) : nothing} ${run ? files(panel, run) : nothing}
    <div class="sr" role="status">${panel.announcement}</div>
  </main>`;
}
