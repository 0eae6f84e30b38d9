import { html, nothing, type TemplateResult } from "lit";
import { filterPills, findField } from "../runs/listHead";
import { rowGrid } from "../runs/rowGrid";
import { count } from "../ui/format";
import type { FilterKind, ItemRow, ListView } from "./items";
import type { Probe } from "./probe";
import { knowingMark } from "./verdictMark";
import { verdictNames } from "./verdictWords";

const filters: readonly (readonly [FilterKind, string])[] = [
  ["all", "All"],
  ["asked", "Asked"],
  ["knows", verdictNames.knows],
  ["guesses", verdictNames.guesses],
  ["consistentlyWrong", verdictNames.consistentlyWrong],
  ["saysItDoesNotKnow", verdictNames.saysItDoesNotKnow],
  ["cannotTell", "Cannot tell"],
  ["known", "Known controls"],
  ["invented", "Invented controls"],
  ["failed", "Not asked"],
];

/** Rows seen at once. */
const most = 10;

/** The questions and controls of the run: filters by verdict, a field to find in them, and a list of any length. */
export function listView(panel: Probe, list: ListView): TemplateResult {
  return html`<section class="list" aria-label="Questions">
    <h2>Questions and controls</h2>
    <div class="row wrap list-head-row">
      ${filterPills({ names: filters, chosen: list.filter, counts: list.counts, choose: (filter) => panel.do("setList", { filter, query: panel.query }) })}
      ${findField(panel.query, (query) => panel.find(query))}
    </div>
    ${rowGrid<ItemRow>({
      id: "questions",
      name: "Questions",
      look: "probes",
      rows: panel.rows,
      total: list.total,
      version: list.version,
      viewRows: most,
      scrollTop: panel.scrolled,
      at: panel.openRow.at ?? -1,
      head: html`<span role="columnheader" class="r">#</span><span role="columnheader">Question</span><span role="columnheader">Verdict</span
        ><span role="columnheader" class="said">The greedy answer</span><span role="columnheader" class="r bits">bits</span
        ><span role="columnheader" class="r bits">meanings</span>`,
      cells: (row) => cells(row, panel.state.running !== null),
      isOpen: ({ id }) => id === panel.state.page?.id,
      open: (index) => panel.openRow.open(index),
      enter: () => panel.root.querySelector<HTMLElement>("#item")?.focus(),
      scrolled: (top) => {
        panel.scrolled = top;
        panel.drawList();
      },
    })}
    ${list.total === 0 ? html`<p class="small muted under-list">No question is left by this filter.</p>` : nothing}
  </section>`;
}

const groupNames = { asked: "", known: "known", invented: "invented" } as const;

/** While it runs, that nothing can be told yet is no verdict. */
function cells(row: ItemRow, running: boolean): TemplateResult {
  return html`<span role="gridcell" class="r muted">${count(row.index + 1)}</span
    ><span role="gridcell" title=${row.text}
      >${row.text}${row.group === "asked" ? nothing : html` <span class="muted small">${groupNames[row.group]}</span>`}</span
    ><span role="gridcell" class="verdict-cell"
      >${
        row.verdict && !(running && row.verdict === "cannotTell")
          ? html`${knowingMark(row.verdict)}<span class="verdict-name">${verdictNames[row.verdict]}</span>`
          : html`<span class="muted">${row.failed ? "not asked" : row.answers > 0 ? "so far" : "–"}</span>`
      }</span
    ><span role="gridcell" class="said ${row.refused ? "muted" : ""}" title=${row.said ?? ""}>${row.said ?? ""}</span
    ><span role="gridcell" class="r bits">${row.entropy === null ? "" : row.entropy.toFixed(1)}</span
    ><span role="gridcell" class="r bits muted">${row.meanings > 0 ? count(row.meanings) : ""}</span>`;
}
