import { html, nothing, type TemplateResult } from "lit";
import { enoughQuestions, isShown } from "../../src/experiments/reasoning/finding";
import { listed, percents, points, pointsInterval, pValue } from "../../src/experiments/reasoning/words";
import { percentCell } from "../runs/words";
import { dotInterval, percentAxis } from "../ui/charts/dotInterval";
import { count, dayAndTime, plural } from "../ui/format";
import { ofWords } from "./finding";
import type { BesideView } from "./protocol";
import type { Reasoning } from "./reasoning";
import { toneOf } from "./sides";

/** This run beside another one, on the questions that both have. */
export function besideView(panel: Reasoning, beside: BesideView): TemplateResult {
  const { name, created, shared, onlyHere, onlyThere, changes, rows } = beside;
  const few = shared < enoughQuestions;
  const when = dayAndTime(created);
  const left = [
    ...(onlyHere > 0 ? [`${plural(onlyHere, "question")} only here`] : []),
    ...(onlyThere > 0 ? [`${plural(onlyThere, "question")} only there`] : []),
  ];
  return html`<section class="card beside" aria-label="Compared with another run" data-region>
    <div class="row wrap section-head">
      <h2>Compared with ${name} <span class="muted">${when}</span></h2>
      <span class="sp"></span>
      <button class="link" id="compare-other" @click=${() => panel.do("compareWith", "pick")}>Another run…</button>
      <button class="link" id="compare-end" @click=${() => panel.do("compareWith", "none")}>End</button>
    </div>
    <p class="find"><b>${besideFinding(beside, few)}</b> ${besideRest(beside, few)}</p>
    <p class="muted">
      ${plural(shared, "question")} in both${left.length > 0 ? `; ${left.join(", ")}, left out` : ""}.
      ${changes.length > 0 ? `Not the same: ${listed(changes)}.` : "Nothing else differs."}
    </p>
    <table class="acc">
      <thead>
        <tr>
          <th>Arm</th>
          <th class="plot-cell">${few ? "" : percentAxis()}<span class="sr">Plot: this run above, the other below</span></th>
          <th class="r">here${few ? "" : ", %"}</th>
          <th class="r">there${few ? "" : ", %"}</th>
          <th class="r">points</th>
          <th>95 %</th>
          <th class="r">p (Holm)</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => besideRow(panel, row, few))}
      </tbody>
    </table>
  </section>`;
}

type Row = BesideView["rows"][number];

function besideRow(panel: Reasoning, row: Row, few: boolean): TemplateResult {
  const tone = toneOf(panel.arms, row.here.arm);
  const { mean, low, high } = row.difference;
  const value = (rate: Row["hereRate"]) => (few ? ofWords(rate) : rate.rate === null ? "–" : percentCell(rate.rate));
  const title = (rate: Row["hereRate"]) => (rate.rate === null ? "" : percents(rate));
  return html`<tr
    title="${count(row.counts.onlyFirst)} only here right, ${count(row.counts.onlySecond)} only there, ${count(row.counts.both)} both, ${count(row.counts.neither)} neither"
  >
    <td class="arm-name">
      <i class="sw tone-${tone}"></i>${row.hereName}${row.thereName === row.hereName ? nothing : html` <span class="muted">and ${row.thereName}</span>`}
    </td>
    <td class="plot-cell">
      ${
        few
          ? nothing
          : html`<div class="two-dots">
              ${dotInterval({ ...row.hereRate, rate: row.hereRate.rate ?? Number.NaN }, tone)}
              ${dotInterval({ ...row.thereRate, rate: row.thereRate.rate ?? Number.NaN }, "e")}
            </div>`
      }
    </td>
    <td class="r" title=${title(row.hereRate)}>${value(row.hereRate)}</td>
    <td class="r" title=${title(row.thereRate)}>${value(row.thereRate)}</td>
    <td class="r">${few ? "" : points(mean)}</td>
    <td class="muted">${few || low === null || high === null ? "" : pointsInterval({ low, high })}</td>
    <td class="r muted">${few ? "" : pValue(row.p)}</td>
  </tr>`;
}

function besideFinding({ rows }: BesideView, few: boolean): string {
  if (few) return "Too few to tell:";
  const shown = rows.filter((row) => differs(row));
  if (shown.length === 0) return "No difference shown";
  return `${shown.length === rows.length ? "Every arm differs" : `${count(shown.length)} of ${plural(rows.length, "arm")} ${shown.length === 1 ? "differs" : "differ"}`}:`;
}

function besideRest({ rows, shared }: BesideView, few: boolean): string {
  if (few) return `${plural(shared, "question")} in both runs. Run at least ${enoughQuestions} for a first look.`;
  const shown = rows.filter((row) => differs(row));
  if (shown.length === 0) return "in any arm on the questions that both runs have.";
  return `${listed(shown.map((row) => `${row.hereName} ${points(row.difference.mean)} points in the other run`))}.`;
}

function differs({ difference: { mean, low, high, pairs }, p }: Row): boolean {
  const bounds = { low: low ?? Number.NEGATIVE_INFINITY, high: high ?? Number.POSITIVE_INFINITY };
  return isShown({ difference: { mean, pairs, ...bounds }, p });
}
