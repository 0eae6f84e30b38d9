import { html, nothing, type TemplateResult } from "lit";
import { percents } from "../../src/experiments/reasoning/words";
import { verdictMark } from "../runs/verdictMark";
import { percentCell } from "../runs/words";
import { dotInterval, percentAxis } from "../ui/charts/dotInterval";
import { count, plural } from "../ui/format";
import type { CellId, CellView, GridView } from "./grid";
import type { RunView } from "./protocol";
import type { Suites } from "./suites";
import { toneOf } from "./tones";

type Row = GridView["rows"][number];

/** Suites and their ways by models: rates with their intervals on one axis, few cases as counts. A cell opens its cases. */
export function gridTable(panel: Suites, run: RunView, grid: GridView): TemplateResult {
  const suites = run.suites.map((suite) => ({ suite, rows: grid.rows.filter((row) => row.suite === suite.id) }));
  const plotted = grid.rows.some(({ cells }) => cells.some(hasRate));
  const columns = run.models.length + (plotted ? 2 : 1);
  return html`<section class="grid-section" aria-label="Grid" data-region>
    <table class="grid-table ${plotted ? "" : "counts"}" @keydown=${moveAmongCells}>
      <thead>
        <tr>
          <th>Asked</th>
          ${plotted ? html`<th class="plot-cell">${percentAxis()}<span class="sr">Plot of right answers, percent</span></th>` : nothing}
          ${run.models.map(
            ({ id }, place) =>
              html`<th class="model-head" title="Right answers, with 95 % intervals over cases">
                ${run.models.length > 1 ? html`<i class="sw tone-${toneOf(place)}"></i>` : nothing}${panel.modelName(id)}
              </th>`,
          )}
        </tr>
      </thead>
      ${suites.map(({ suite, rows }) => {
        const [only] = rows;
        const single = rows.length === 1 && only?.variant === "";
        return html`<tbody>
          ${
            single
              ? nothing
              : html`<tr class="suite-row">
                  <th scope="rowgroup" colspan=${columns} title=${suite.why || nothing}>${suite.name}</th>
                </tr>`
          }
          ${rows.map(
            (row) => html`<tr>
              <th scope="row" class=${single ? "suite-row" : "way"} title=${(single && suite.why) || nothing}>
                ${single ? suite.name : row.variant}
              </th>
              ${plotted ? html`<td class="plot-cell">${plot(row)}</td>` : nothing}
              ${row.cells.map((cell, place) => html`<td>${cellButton(panel, row, cell, place)}</td>`)}
            </tr>`,
          )}
        </tbody>`;
      })}
    </table>
  </section>`;
}

function hasRate({ edge }: CellView): boolean {
  return edge === "mostlyWrong" || edge === "mostlyRight" || edge === "between";
}

function plot({ cells }: Row): TemplateResult {
  const drawn = cells.map((cell, place) => ({ cell, place })).filter(({ cell }) => hasRate(cell));
  if (drawn.length === 0) return dotInterval({ rate: Number.NaN, low: 0, high: 0 }, "e");
  return html`<div class="dots-of" data-rows=${drawn.length}>
    ${drawn.map(({ cell: { right }, place }) => dotInterval({ ...right, rate: right.rate ?? Number.NaN }, toneOf(place)))}
  </div>`;
}

function cellButton(panel: Suites, { name, variant }: Row, cell: CellView, place: number): TemplateResult {
  const { page } = panel.state;
  const open = page !== null && sameCell(page, cell);
  const about = cellWords(cell);
  const shown = `${figureText(cell)}${hasRate(cell) ? ` ${percents(cell.right)}` : ""}`;
  const who = panel.modelName(cell.model);
  return html`<button
    class="cell"
    data-cell
    data-place=${place}
    aria-pressed=${open ? "true" : "false"}
    aria-label="${name}${variant === "" ? "" : `, ${variant}`}, ${who}: ${shown}; ${about}. Shows the cases"
    title=${about}
    @click=${() => panel.openCell({ suite: cell.suite, variant: cell.variant, model: cell.model })}
  >
    ${cell.edge === "mostlyWrong" ? verdictMark("wrong") : cell.edge === "mostlyRight" ? verdictMark("right") : html`<span class="mk"></span>`}
    ${figure(cell)}
  </button>`;
}

function figure(cell: CellView): TemplateResult {
  const { edge, right } = cell;
  const muted = cell.answered === 0 || edge === "ungraded";
  return html`<span class="num ${muted ? "muted" : ""}">${figureText(cell)}</span>
    ${hasRate(cell) ? html`<span class="muted num small">${percents(right)}</span>` : nothing}`;
}

/** "7 of 11", "92 %", "3 to read". */
function figureText({ edge, right, answered, failed }: CellView): string {
  if (answered === 0) return failed > 0 ? "not asked" : "–";
  if (edge === "ungraded") return `${count(answered)} to read`;
  return edge === "few" ? `${count(right.successes)} of ${count(right.trials)}` : `${percentCell(right.rate!)} %`;
}

/** "12 of 30 right, 30 cases". */
function cellWords({ right, answered, cases, failed, edge }: CellView): string {
  const parts = [
    ...(right.trials > 0 ? [`${count(right.successes)} of ${count(right.trials)} right`] : []),
    ...(edge === "ungraded" && answered > 0 ? ["nothing to hold the answers against"] : []),
    answered === cases ? plural(cases, "case") : `${count(answered)} of ${plural(cases, "case")} answered`,
    ...(failed > 0 ? [`${count(failed)} could not be asked`] : []),
  ];
  return parts.join(", ");
}

function sameCell(a: CellId, b: CellId): boolean {
  return a.suite === b.suite && a.variant === b.variant && a.model === b.model;
}

/** Arrow keys go from cell to cell. */
function moveAmongCells(event: KeyboardEvent): void {
  const steps: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
    ArrowRight: [0, 1],
    ArrowLeft: [0, -1],
  };
  const step = steps[event.key];
  const from = (event.target as Element).closest<HTMLElement>("[data-cell]");
  if (!step || !from) return;
  event.preventDefault();
  const cells = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>("[data-cell]")];
  const width = Math.max(...cells.map((cell) => Number(cell.dataset.place))) + 1;
  const at = cells.indexOf(from);
  const column = Number(from.dataset.place) + step[1];
  if (column >= 0 && column < width) cells[at + step[0] * width + step[1]]?.focus();
}
