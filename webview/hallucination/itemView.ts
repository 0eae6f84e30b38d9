import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { runningTexts } from "../runs/runningText";
import { count, plural } from "../ui/format";
import { booksView } from "./booksView";
import type { Figures } from "./figures";
import { verdictView } from "./findingView";
import { greedyView } from "./greedyView";
import type { ItemPage } from "./items";
import { meaningsView } from "./meaningsView";
import type { Probe } from "./probe";
import type { RunView } from "./protocol";
import { riskTable } from "./riskTable";
import { scoresTable } from "./scoresTable";
import { trustView } from "./trustView";

const groups = { asked: "", known: "a known control", invented: "an invented control" } as const;

/** One question: the verdict, where its scores fall, what the answers say, memory against the page, and the answer's tokens. */
export function itemView(panel: Probe, run: RunView, page: ItemPage): TemplateResult {
  const { figures } = panel.state;
  const { cell } = panel;
  const running = page.running.filter(({ book }) => book === cell?.book);
  const alone = run.questions === 1 && page.group === "asked";
  return html`<section class="item" id="item" tabindex="-1" aria-label=${page.text} data-region>
    <div>
      <p class="q">
        ${run.questions > 1 || page.group !== "asked" ? html`<span class="muted num q-number">${count(page.index + 1)}</span>` : nothing}<span class="q-text">${page.text}</span>
        ${page.reference === null ? nothing : html`<span class="muted reference-words">Right:</span> <b>${page.reference}</b>`}
        ${groups[page.group] === "" ? nothing : html`<span class="muted">${groups[page.group]}</span>`}
        ${page.seen === null ? nothing : html`<span class="muted" title="Counted in the model’s training data">named in ${plural(page.seen, "document")} of its training</span>`}
      </p>
      ${
        panel.state.running
          ? html`<p class="muted">${cell && cell.answers.length > 0 ? "The verdict is stated when the probe ends." : page.running.length > 0 ? "Its answers are being written." : "Not asked yet."}</p>`
          : verdictView(page, alone ? "find" : "find-small")
      }
    </div>
    ${running.length > 0 ? writingView(running) : nothing}
    ${figures && figures.fits.length > 0 ? evidence(panel, run, page, figures) : nothing}
    ${figures && figures.fits.length === 0 ? trustView(panel, run, figures) : nothing}
    ${
      cell
        ? html`<div class="two">${meaningsView(panel, page, cell)} ${booksView(panel, page)}</div>
            <div class="two">${greedyView(panel, cell)} ${riskTable(panel, cell)}</div>`
        : nothing
    }
  </section>`;
}

/** Answers as they come: what they mean is told when all are there. */
function writingView(running: ItemPage["running"]): TemplateResult {
  return html`<section class="writing" aria-label="Answers as they come" data-region>
    <h2>Answers as they come <span class="muted">grouped by meaning once all are there</span></h2>
    ${runningTexts(running, "none")}
  </section>`;
}

/** While no question is open: how the controls fall, which every verdict rests on. */
export function controlsView(panel: Probe, run: RunView): TemplateResult | typeof nothing {
  const { figures } = panel.state;
  if (!figures) return nothing;
  return figures.fits.length > 0 ? evidence(panel, run, null, figures) : trustView(panel, run, figures);
}

function evidence(panel: Probe, run: RunView, page: ItemPage | null, figures: Figures): TemplateResult {
  const rests = [figures, page, panel.state.asked, run.asSetUp, panel.view.allScores];
  return html`<div class="evidence">
    ${guard(rests, () => scoresTable(panel, figures.fits, page))} ${trustView(panel, run, figures)}
  </div>`;
}
