import { html, type TemplateResult } from "lit";
import { percents } from "../../src/experiments/reasoning/words";
import { percentCell } from "../runs/words";
import { plotWithNumbers } from "../ui/charts/plotView";
import { type RateChart, rateChart } from "../ui/charts/rateChart";
import { count } from "../ui/format";
import type { ArmFigures, Figures } from "./figures";
import { lower } from "./finding";
import type { Reasoning } from "./reasoning";
import { sameSide, toneOf } from "./sides";

/** Right answers by the number of steps: the two arms of the first model's finding. Undefined with fewer than two. */
export function stepsPlot(panel: Reasoning, figures: Figures): TemplateResult | undefined {
  const arms = plotted(figures);
  const steps = [...new Set(arms.flatMap(({ bySteps }) => bySteps.map((each) => each.steps)))].sort((a, b) => a - b);
  if (steps.length < 2) return undefined;
  const samples = panel.state.run?.samples ?? 1;
  const chart: RateChart = {
    name: `Right answers by number of steps: ${arms.map((arm) => spoken(panel, arm)).join("; ")}`,
    height: 200,
    columns: steps.map((each) => ({ label: count(each), note: `n ${count(questionsOf(arms, each, samples))}` })),
    series: arms.map((arm) => ({
      tone: toneOf(panel.arms, arm.arm),
      label: lower(panel.armName(arm.arm)),
      points: arm.bySteps.flatMap(({ steps: each, accuracy }) =>
        accuracy.rate === null ? [] : [{ column: steps.indexOf(each), ...accuracy, rate: accuracy.rate }],
      ),
    })),
    labelRoom: 108,
  };
  return html`<section aria-label="By number of steps">
    <h2>By number of steps <span class="muted">% right</span></h2>
    ${plotWithNumbers(
      (width) => rateChart(chart, width),
      "Numbers, all arms",
      html`<table>
        <thead>
          <tr>
            <th class="r">Steps</th>
            ${figures.arms.map(({ model, arm }) => html`<th>${panel.armName(arm)}${severalModels(figures) ? `, ${panel.modelName(model)}` : ""}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${steps.map(
            (each) => html`<tr>
              <td class="r">${each}</td>
              ${figures.arms.map((arm) => html`<td>${cell(arm, each)}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table>`,
    )}
  </section>`;
}

/** The arms that the finding speaks of, answer first before the other; all of the first model where there is none. */
export function plotted({ arms, findings }: Figures): ArmFigures[] {
  const [finding] = findings;
  const { comparison } = finding ?? {};
  if (comparison) return arms.filter((arm) => sameSide(arm, comparison.first) || sameSide(arm, comparison.second));
  return arms.filter(({ model }) => model === finding?.model).slice(0, 2);
}

export function severalModels({ findings }: Figures): boolean {
  return findings.length > 1;
}

function questionsOf(arms: readonly ArmFigures[], steps: number, samples: number): number {
  const each = arms.map(({ bySteps }) => bySteps.find((one) => one.steps === steps)?.accuracy.trials ?? 0);
  return Math.round(Math.max(0, ...each) / samples);
}

function cell({ bySteps }: ArmFigures, steps: number): string {
  const accuracy = bySteps.find((each) => each.steps === steps)?.accuracy;
  return accuracy?.rate === null || accuracy === undefined
    ? "–"
    : `${percentCell(accuracy.rate)} ${percents(accuracy)}`;
}

function spoken(panel: Reasoning, { arm, bySteps }: ArmFigures): string {
  const parts = bySteps.map(
    ({ steps, accuracy }) => `${accuracy.rate === null ? "none" : percentCell(accuracy.rate)} % at ${steps}`,
  );
  return `${panel.armName(arm)} ${parts.join(", ")}`;
}
