import { html, nothing, type TemplateResult } from "lit";
import { enoughQuestions } from "../../src/experiments/reasoning/finding";
import { inSentence, points, pointsInterval, pValue } from "../../src/experiments/reasoning/words";
import { percentCell } from "../runs/words";
import type { Figures } from "./figures";
import { ofWords } from "./finding";
import type { RunView } from "./protocol";
import type { Reasoning } from "./reasoning";
import { sameSide, toneOf } from "./sides";

/** The two models on the same questions, arm by arm. */
export function betweenModels(panel: Reasoning, run: RunView, figures: Figures): TemplateResult | typeof nothing {
  const between = figures.comparisons.filter(({ first, second }) => first.model !== second.model);
  if (between.length === 0) return nothing;
  const [one, two] = run.models;
  // Counts, no percentages, as everywhere else.
  const few = Math.max(0, ...figures.arms.map(({ questions }) => questions)) < enoughQuestions;
  const unit = few ? "" : ", %";
  const right = (side: { readonly model: string; readonly arm: string }) => {
    const found = figures.arms.find((arm) => sameSide(arm, side))?.accuracy;
    if (!found || found.rate === null) return "–";
    return few ? ofWords(found) : percentCell(found.rate);
  };
  return html`<h2 class="sub">The two models <span class="muted">the same questions in the same arm</span></h2>
    <table class="between">
      <thead>
        <tr>
          <th>Arm</th>
          <th class="r">${one?.name}${unit}</th>
          <th class="r">${two?.name}${unit}</th>
          ${few ? nothing : html`<th class="r">points</th><th>95 %</th><th class="r">p (Holm)</th>`}
        </tr>
      </thead>
      <tbody>
        ${between.map(({ first, second, difference: { mean, low, high }, p, counts }) => {
          const name = panel.armName(first.arm);
          return html`<tr
            title="${counts.onlySecond} only ${two?.name ?? ""} got right with ${inSentence(name)}, ${counts.onlyFirst} only ${one?.name ?? ""}"
          >
            <td><i class="sw tone-${toneOf(run.arms, first.arm)}"></i>${name}</td>
            <td class="r">${right(first)}</td>
            <td class="r">${right(second)}</td>
            ${
              few
                ? nothing
                : html`<td class="r">${points(mean)}</td>
                    <td class="muted">${low === null || high === null ? "" : pointsInterval({ low, high })}</td>
                    <td class="r muted">${pValue(p)}</td>`
            }
          </tr>`;
        })}
      </tbody>
    </table>`;
}
