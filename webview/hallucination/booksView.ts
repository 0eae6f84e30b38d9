import { html, nothing, type TemplateResult } from "lit";
import { type BarPart, partsBar, partsPattern } from "../ui/charts/partsBar";
import { pills } from "../ui/fields";
import { plural } from "../ui/format";
import type { CellView, ItemPage } from "./items";
import type { Probe } from "./probe";

type Follows = CellView["follows"];

const columns = [
  { kind: "closed", name: "Closed book" },
  { kind: "open", name: "Open book" },
  { kind: "misleading", name: "Misleading book" },
] as const;

interface Row {
  readonly name: string;
  readonly what: string;
  readonly cells: readonly {
    readonly kind: CellView["kind"];
    readonly answers: number;
    readonly follows: Follows;
    readonly wins: string;
  }[];
}

/** What the answers follow with the book closed, open and misleading: memory against the page, and which wins. */
export function booksView(panel: Probe, page: ItemPage): TemplateResult | typeof nothing {
  if (page.cells.length < 2) return nothing;
  const own: Row = {
    name: page.entity ?? "This question",
    what: "this probe",
    cells: page.cells.map((cell) => ({ ...cell, answers: cell.answers.length })),
  };
  const beside = page.beside.map(({ name, cells }): Row => ({ name, what: "known control", cells }));
  const kinds = columns.filter(({ kind }) => own.cells.some((cell) => cell.kind === kind));
  const open = page.cells.find(({ kind }) => kind === "open");
  const change = page.cells.find(({ kind }) => kind === "misleading")?.change;
  return html`<section class="books" aria-label="Memory against the page" data-region>
    ${partsPattern()}
    <h2>Memory against the page <span class="muted">answers of ${own.cells[0]?.answers ?? 0}</span></h2>
    <table class="bk">
      <thead>
        <tr>
          <th><span class="sr">Asked about</span></th>
          ${kinds.map(({ name }) => html`<th>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${[own, ...beside].map(
          (row) => html`<tr>
            <td><b>${row.name}</b><br /><span class="small muted">${row.what}</span></td>
            ${kinds.map(({ kind, name }) => html`<td data-book=${kind} data-name=${name}>${bookCell(row, kind)}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
    <p class="small legend">
      <span><i class="sw square tone-b"></i>its own memory</span> <span><i class="sw square tone-d"></i>the page</span>
      <span><i class="sw square both"></i>both agree</span> <span><i class="sw square rest"></i>neither</span>
    </p>
    <p class="small muted">
      ${open?.page ? html`Open book: ${open.page}. ` : nothing}${
        change
          ? html`Misleading: “${change.from}” became “${change.to}”.`
          : kinds.length > 2
            ? "Misleading: one fact changed."
            : nothing
      }
    </p>
    ${bookPills(panel, page)}
  </section>`;
}

function bookCell(row: Row, kind: CellView["kind"]): TemplateResult {
  const cell = row.cells.find((each) => each.kind === kind);
  if (!cell || cell.answers === 0) return html`<span class="muted small">not asked</span>`;
  const { memory, page, both, neither, noMemory } = cell.follows;
  const rest = neither + noMemory;
  const parts: readonly BarPart[] = [
    { count: memory, look: "b" },
    { count: both, look: "both" },
    { count: page, look: "d" },
    { count: rest, look: "rest" },
  ];
  const name = `${row.name}: ${memory} from memory, ${page} from the page, ${both} from both, ${rest} from neither`;
  return html`${partsBar(name, parts)}<span class="small muted">${cell.wins}</span>`;
}

/** Which book's answers the sections beside show. */
function bookPills(panel: Probe, page: ItemPage): TemplateResult {
  const options = page.cells.map(({ book, kind, answers }) => ({
    value: book,
    label: columns.find((column) => column.kind === kind)?.name ?? book,
    hint: plural(answers.length, "answer"),
  }));
  return html`<div class="row wrap small book-pills">
    <span class="muted">Answers shown:</span>
    ${pills("Book whose answers are shown", options, panel.cell?.book ?? "closed", (book) => {
      panel.book = book;
      panel.meaning = undefined;
      panel.token = undefined;
      panel.draw();
    })}
  </div>`;
}
