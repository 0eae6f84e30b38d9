import { html, nothing, type TemplateResult } from "lit";
import { percents } from "../../src/experiments/reasoning/words";
import { costWords, percentCell } from "../runs/words";
import { type LineChart, lineChart } from "../ui/charts/lineChart";
import { plotWithNumbers } from "../ui/charts/plotView";
import { count, plural } from "../ui/format";
import type { Figures } from "./figures";
import { lower } from "./finding";
import type { RunView } from "./protocol";
import type { Reasoning } from "./reasoning";
import { toneOf } from "./sides";
import { plotted, severalModels } from "./stepsPlot";

/** So many more answers make a vote worth looking at. */
const moreSamples = 9;

/** With one answer each there is nothing to vote on: what it would take. */
export function votesWords(panel: Reasoning, run: RunView, figures: Figures): TemplateResult | typeof nothing {
  const measured = figures.arms.some(({ votes }) => votes.length > 1);
  if (measured || run.samples > 1 || panel.state.running || panel.interrupted) return nothing;
  if (run.greedy) {
    return html`<p class="small muted">
      Majority vote: not measured, 1 sample a question leaves nothing to vote on. Greedy samples would all be the same; set a
      temperature above 0 under “More settings” and run again.
    </p>`;
  }
  const cost = panel.costOfMore(moreSamples);
  return html`<p class="small muted">
    Majority vote: not measured, 1 sample a question leaves nothing to vote on.
    <button class="link" id="draw-more" title=${cost?.basis ?? nothing} @click=${() => panel.do("drawMore", moreSamples)}>
      Draw ${moreSamples} more each${cost ? ` (${costWords(cost)})` : ""}
    </button>
  </p>`;
}

/** Accuracy of the majority of 1 to n answers [Wang 2022, arXiv 2203.11171], with the interval as a band. */
export function votesPlot(panel: Reasoning, run: RunView, figures: Figures): TemplateResult | undefined {
  const arms = plotted(figures).filter(({ votes }) => votes.length > 1);
  const most = Math.max(0, ...arms.map(({ votes }) => votes.length));
  if (arms.length === 0) return undefined;
  const values = (arm: (typeof arms)[number]) =>
    arm.votes.flatMap(({ answers, accuracy }) =>
      accuracy.rate === null ? [] : [{ answers, ...accuracy, rate: accuracy.rate }],
    );
  const step = Math.max(1, Math.ceil(most / 8));
  const chart: LineChart = {
    name: `Majority vote by number of answers: ${arms.map((arm) => `${panel.armName(arm.arm)} from ${percentCell(values(arm)[0]?.rate ?? 0)} % with one answer to ${percentCell(values(arm).at(-1)?.rate ?? 0)} % with ${count(most)}`).join("; ")}`,
    height: 200,
    x: {
      from: 1,
      to: most,
      label: "answers that vote",
      ticks: Array.from({ length: most }, (_, at) => at + 1).filter(
        (at) => at === 1 || at === most || (at % step === 0 && most - at >= step),
      ),
      format: count,
    },
    y: { from: 0, to: 100, label: "%", format: String },
    bands: arms.map((arm) => ({
      tone: toneOf(panel.arms, arm.arm),
      points: values(arm).map(({ answers, low, high }) => [answers, low * 100, high * 100] as const),
    })),
    lines: arms.map((arm) => ({
      tone: toneOf(panel.arms, arm.arm),
      points: values(arm).map(({ answers, rate }) => [answers, rate * 100] as const),
      label: lower(panel.armName(arm.arm)),
    })),
    labelRoom: 108,
  };
  return html`<section class="votes-plot" aria-label="Majority vote">
    <h2>Majority vote <span class="muted">% right, of up to ${plural(most, "answer")} each</span></h2>
    ${plotWithNumbers(
      (width) => lineChart(chart, width),
      "Numbers, all arms",
      html`<table>
        <thead>
          <tr>
            <th>Arm</th>
            <th>1 answer, %</th>
            <th>vote of all, %</th>
          </tr>
        </thead>
        <tbody>
          ${figures.arms.map(({ model, arm, votes }) => {
            const [first, last] = [votes[0]?.accuracy, votes.at(-1)?.accuracy];
            const shown = (rate: typeof first) =>
              !rate || rate.rate === null ? "–" : `${percentCell(rate.rate)} ${percents(rate)}`;
            return html`<tr>
              <td>${panel.armName(arm)}${severalModels(figures) ? `, ${panel.modelName(model)}` : ""}</td>
              <td>${shown(first)}</td>
              <td>${shown(last)}</td>
            </tr>`;
          })}
        </tbody>
      </table>`,
    )}
    ${
      run.judge === null
        ? nothing
        : html`<p class="small muted">
            Answers that do not mean the reference vote together against it: at least so many votes are right.
          </p>`
    }
  </section>`;
}
