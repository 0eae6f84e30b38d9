import { html, nothing, type TemplateResult } from "lit";
import { points, pointsInterval, pValue } from "../../src/experiments/reasoning/words";
import { percentCell } from "../runs/words";
import { count, dayAndTime } from "../ui/format";
import type { ChangesView } from "./grid";
import type { RunView } from "./protocol";
import type { Suites } from "./suites";

type Row = ChangesView["rows"][number];

/** What changed since another run: in a sentence, then way by way where single cases came out otherwise. */
export function changesView(
  panel: Suites,
  run: RunView,
  { name, created, key, rest, rows }: ChangesView,
): TemplateResult {
  const when = dayAndTime(created);
  const turned = rows.filter(({ counts }) => counts.onlyFirst + counts.onlySecond > 0);
  return html`<section class="card changes" aria-label="Compared with another run" data-region>
    <div class="row wrap section-head">
      <h2>Since the run of ${when} <span class="muted">${name}</span></h2>
      <span class="sp"></span>
      <button class="link" id="compare-other" @click=${() => panel.do("compareWith", "pick")}>Another run…</button>
      <button class="link" id="compare-end" @click=${() => panel.do("compareWith", "none")}>End</button>
    </div>
    <p><b>${key}</b> ${rest}</p>
    ${
      turned.length > 0
        ? html`<details class="numbers">
            <summary>Way by way</summary>
            <table>
              <thead>
                <tr>
                  <th>Asked</th>
                  ${run.models.length > 1 ? html`<th>Model</th>` : nothing}
                  <th class="r">before</th>
                  <th class="r">now</th>
                  <th class="r" title="Cases that were wrong before and are right now">newly right</th>
                  <th class="r">newly wrong</th>
                  <th class="r">points, 95 %</th>
                  <th class="r">p (Holm)</th>
                </tr>
              </thead>
              <tbody>
                ${turned.map((row) => changeRow(panel, run, row))}
              </tbody>
            </table>
          </details>`
        : nothing
    }
  </section>`;
}

function changeRow(panel: Suites, run: RunView, row: Row): TemplateResult {
  const { name, model, difference, counts, p, shown } = row;
  const { pairs, mean, low, high } = difference;
  const few = pairs < 30;
  const before = counts.both + counts.onlyFirst;
  const now = counts.both + counts.onlySecond;
  const value = (cases: number) => (few ? `${count(cases)} of ${count(pairs)}` : `${percentCell(cases / pairs)} %`);
  return html`<tr>
    <td>${shown ? html`<b>${name}</b>` : name}</td>
    ${run.models.length > 1 ? html`<td>${panel.modelName(model)}</td>` : nothing}
    <td class="r">${value(before)}</td>
    <td class="r">${value(now)}</td>
    <td class="r">${count(counts.onlySecond)}</td>
    <td class="r">${count(counts.onlyFirst)}</td>
    <td class="r muted">${few || low === null || high === null ? "" : `${points(mean)} ${pointsInterval({ low, high })}`}</td>
    <td class="r muted">${few ? "" : pValue(p)}</td>
  </tr>`;
}
