import { html, nothing, type TemplateResult } from "lit";
import { enoughQuestions } from "../../src/experiments/reasoning/finding";
import { percents, points, pointsInterval, pValue } from "../../src/experiments/reasoning/words";
import { percentCell } from "../runs/words";
import { dotInterval, percentAxis } from "../ui/charts/dotInterval";
import { count, decimal, plural } from "../ui/format";
import type { ArmFigures, ComparisonView, Figures } from "./figures";
import { lower, ofWords } from "./finding";
import type { RunView } from "./protocol";
import type { Reasoning } from "./reasoning";
import { sameSide, toneOf } from "./sides";

/** One row an arm, its dot and interval on one axis with the others. Rows become two lines where it is narrow. */
export function armsTable(panel: Reasoning, run: RunView, figures: Figures): TemplateResult {
  const baseline = run.arms[0];
  const questions = Math.max(0, ...figures.arms.map((arm) => arm.questions));
  const few = questions < enoughQuestions;
  return html`<h2>
      Right answers
      <span class="muted"
        >${few ? `counts: ${plural(questions, "question")} ${questions === 1 ? "is" : "are"} too few for percentages` : `dot: share of ${count(questions)}; line: Wilson 95 % interval`}</span
      >
    </h2>
    <table class="acc ${few ? "few" : ""}" role="table" aria-label="Right answers by arm">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader">Arm</th>
          <th role="columnheader" class="plot-cell">${few ? "" : percentAxis()}<span class="sr">Plot</span></th>
          <th role="columnheader" class="r">${few ? "right" : "right, %"}</th>
          <th role="columnheader" class="ci">95 %</th>
          <th role="columnheader" class="r against">against<br />${lower(baseline?.name ?? "")}</th>
          <th role="columnheader" class="against">95 %</th>
          <th role="columnheader" class="r against">p (Holm)</th>
          <th role="columnheader" class="r">tokens<br />each</th>
          <th role="columnheader" class="r per">right per<br />1,000 tokens</th>
          <th role="columnheader" class="r lost">cut off,<br />unparsed</th>
        </tr>
      </thead>
      ${run.models.map(
        (model) => html`<tbody role="rowgroup">
          ${
            run.models.length > 1
              ? html`<tr role="row" class="model-row"><th role="rowheader" scope="rowgroup" colspan="10">${model.name}</th></tr>`
              : nothing
          }
          ${ordered(figures, model.id, baseline?.id).map((arm) => row(panel, run, figures, arm, few))}
        </tbody>`,
      )}
    </table>`;
}

/** The best first and the baseline last, once the figures stand still. */
function ordered({ arms, provisional }: Figures, model: string, baseline: string | undefined): ArmFigures[] {
  const own = arms.filter((arm) => arm.model === model);
  const others = own.filter(({ arm }) => arm !== baseline);
  if (!provisional) others.sort((a, b) => (b.accuracy.rate ?? -1) - (a.accuracy.rate ?? -1));
  return [...others, ...own.filter(({ arm }) => arm === baseline)];
}

function row(panel: Reasoning, run: RunView, figures: Figures, arm: ArmFigures, few: boolean): TemplateResult {
  const tone = toneOf(run.arms, arm.arm);
  const { rate, low, high } = arm.accuracy;
  const against = figures.comparisons.find(
    ({ first, second }) => sameSide(second, arm) && first.model === arm.model && first.arm === run.arms[0]?.id,
  );
  const each = arm.answers > 0 ? decimal(arm.tokens / arm.answers) : "–";
  const right = rate === null ? "–" : few ? ofWords(arm.accuracy) : percentCell(rate);
  const rows = html`<td role="cell" class="arm-name">
      <i class="sw tone-${tone}"></i>${panel.armName(arm.arm)}
    </td>
    <td role="cell" class="plot-cell">${few ? nothing : dotInterval({ rate: rate ?? Number.NaN, low, high }, tone)}</td>
    <td role="cell" class="r right-cell">${right}</td>
    <td role="cell" class="muted ci">${few || rate === null ? "" : percents({ low, high })}</td>
    ${differenceCells(against, few)}
    <td role="cell" class="r each">${each}<span class="unit"> tok</span></td>
    <td role="cell" class="r per">${arm.rightPerThousandTokens === null ? "–" : decimal(arm.rightPerThousandTokens)}</td>
    <td role="cell" class="r muted lost" title=${lostWords(arm)}>${lost(arm)}</td>`;
  const { findings } = figures;
  const strong = findings.some(
    ({ comparison }) => comparison && (sameSide(comparison.first, arm) || sameSide(comparison.second, arm)),
  );
  return html`<tr role="row" class=${strong ? "strong" : ""}>${rows}</tr>`;
}

function differenceCells(against: ComparisonView | undefined, few: boolean): TemplateResult {
  if (!against || few)
    return html`<td role="cell" class="against"></td><td role="cell" class="against"></td><td role="cell" class="against"></td>`;
  const { mean, low, high } = against.difference;
  return html`<td role="cell" class="r against">${points(mean)}</td>
    <td role="cell" class="muted against">${low === null || high === null ? "" : pointsInterval({ low, high })}</td>
    <td role="cell" class="r muted against">${pValue(against.p)}</td>`;
}

function lost({ truncated, unparsed, refused, failed }: ArmFigures): string {
  const further = refused + failed > 0 ? ` +${count(refused + failed)}` : "";
  return `${count(truncated)}, ${count(unparsed)}${further}`;
}

function lostWords({ truncated, unparsed, refused, failed }: ArmFigures): string {
  const wrong = [`${count(unparsed)} without an answer that could be read`];
  if (refused > 0) wrong.push(`${count(refused)} refused`);
  const parts = [
    `${count(truncated)} cut off, which count by what they hold`,
    `${wrong.join(", ")}, which count as wrong`,
  ];
  if (failed > 0) parts.push(`${count(failed)} could not be asked, which are left out`);
  return parts.join("; ");
}
