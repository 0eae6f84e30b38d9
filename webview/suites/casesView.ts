import { html, nothing, type TemplateResult } from "lit";
import { verdictMark } from "../runs/verdictMark";
import { shortened } from "../runs/words";
import { count, plural } from "../ui/format";
import { type CaseRow, type CellPage, type FilterKind, pageRows } from "./cases";
import { caseView } from "./caseView";
import type { RunView } from "./protocol";
import type { Suites } from "./suites";

/** The cases of a cell: why they are hard, filters, the list, and the open case with its tokens. */
export function casesView(panel: Suites, run: RunView, page: CellPage): TemplateResult {
  const suite = run.suites.find(({ id }) => id === page.suite);
  const graded = page.counts.right + page.counts.wrong;
  return html`<section class="cell-cases" id="cases" aria-label="Cases" data-region tabindex="-1">
    <div class="row wrap section-head">
      <h2>
        ${suite?.name ?? page.suite}${page.variant === "" ? "" : `, ${page.variant}`}
        <span class="muted">${panel.modelName(page.model)}</span>
      </h2>
      <span class="muted num">${graded > 0 ? `${count(page.counts.right)} of ${count(graded)} right` : plural(page.counts.all, "case")}</span>
      <span class="sp"></span>
      <button class="link" id="close-cell" @click=${() => panel.do("openCell", null)}>Close</button>
    </div>
    ${suite?.why ? html`<p class="muted why">${suite.why}</p>` : nothing}
    <div class="cases">
      <div class="case-list">
        ${filters(panel, page)} ${panel.narrow ? picker(panel, page) : list(panel, page)} ${pages(panel, page)}
      </div>
      ${page.open ? caseView(panel, run, page, page.open) : html`<p class="muted">Choose a case to see its tokens.</p>`}
    </div>
  </section>`;
}

const filterNames: readonly (readonly [FilterKind, string])[] = [
  ["all", "All"],
  ["wrong", "Wrong"],
  ["right", "Right"],
  ["other", "Not graded"],
];

function filters(panel: Suites, { filter, counts }: CellPage): TemplateResult {
  return html`<div class="chips" role="group" aria-label="Filters">
    ${filterNames
      .filter(([kind]) => kind === "all" || kind === filter || counts[kind] > 0)
      .map(
        ([kind, name]) => html`<button
          class="pill"
          data-filter=${kind}
          aria-pressed=${kind === filter ? "true" : "false"}
          @click=${() => panel.do("setList", { filter: kind, from: 0 })}
        >
          ${name} <span class="n">${count(counts[kind])}</span>
        </button>`,
      )}
  </div>`;
}

function list(panel: Suites, page: CellPage): TemplateResult {
  const open = page.rows.findIndex(({ id }) => id === page.open?.id);
  return html`<div
    class="ql case-rows"
    id="case-rows"
    role="listbox"
    tabindex="0"
    aria-label="Cases; arrow keys move, Home and End go to the ends"
    aria-activedescendant=${open < 0 ? nothing : `case-${page.from + open}`}
    @keydown=${(event: KeyboardEvent) => listKeys(event, panel, page)}
  >
    ${page.rows.map((row, index) => caseRow(panel, row, page.from + index, row.id === page.open?.id))}
  </div>`;
}

function caseRow(panel: Suites, row: CaseRow, place: number, open: boolean): TemplateResult {
  const { number, text, reference, said, verdict, right, graded } = row;
  const votes = graded > 1 ? ` ${count(right)}/${count(graded)}` : "";
  return html`<div
    class="ql-row"
    id="case-${place}"
    role="option"
    aria-selected=${open ? "true" : "false"}
    title=${reference === null ? text : `${text}\nwanted: ${reference}`}
    @click=${() => panel.do("openCase", place)}
  >
    <span class="r muted num">${count(number)}</span>
    <span>${shortened(text, 160)}</span>
    <span class="said">${verdict ? verdictMark(verdict) : html`<span class="mk"></span>`}<span class="num small">${votes}</span><span class="said-text">${said === null ? "" : shortened(said, 60)}</span></span>
  </div>`;
}

/** Narrow: one case at a time. */
function picker(panel: Suites, page: CellPage): TemplateResult {
  const place = page.open?.place ?? 0;
  return html`<div class="row picker-row">
    <vscode-button appearance="secondary" id="previous-case" ?disabled=${place <= 0} @click=${() => go(panel, page, place - 1)}>Previous</vscode-button>
    <span class="picked num">${count(place + 1)} of ${count(page.total)}</span>
    <vscode-button appearance="secondary" id="next-case" ?disabled=${place >= page.total - 1} @click=${() => go(panel, page, place + 1)}>Next</vscode-button>
  </div>`;
}

/** Lists longer than a page of rows are turned over. */
function pages(panel: Suites, { from, total, filter }: CellPage): TemplateResult | typeof nothing {
  if (total === 0) return html`<p class="small muted under-list">No case is left by this filter.</p>`;
  if (total <= pageRows) return nothing;
  const to = Math.min(total, from + pageRows);
  return html`<div class="row small under-list">
    <span class="muted num">${count(from + 1)} to ${count(to)} of ${count(total)}</span>
    <button class="link" ?disabled=${from === 0} @click=${() => panel.do("setList", { filter, from: from - pageRows })}>Before</button>
    <button class="link" ?disabled=${to === total} @click=${() => panel.do("setList", { filter, from: to })}>After</button>
  </div>`;
}

function listKeys(event: KeyboardEvent, panel: Suites, page: CellPage): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const place = page.open?.place ?? -1;
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: place + 1,
    j: place + 1,
    ArrowUp: place - 1,
    k: place - 1,
    Home: 0,
    End: page.total - 1,
  };
  const target = targets[event.key];
  if (target === undefined) return;
  event.preventDefault();
  go(panel, page, target);
}

/** Opens a case by its place, turning the list to its page. */
function go(panel: Suites, { total, from, filter }: CellPage, place: number): void {
  if (place < 0 || place >= total) return;
  const start = Math.floor(place / pageRows) * pageRows;
  if (start !== from) panel.do("setList", { filter, from: start });
  panel.do("openCase", place);
  requestAnimationFrame(() => panel.root.querySelector(`#case-${place}`)?.scrollIntoView({ block: "nearest" }));
}
