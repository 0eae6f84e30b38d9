import { html, nothing, type TemplateResult } from "lit";
import { enoughQuestions } from "../../src/experiments/reasoning/finding";
import { armsTable } from "./armsTable";
import type { Figures } from "./figures";
import { betweenModels } from "./modelsTable";
import type { RunView } from "./protocol";
import type { Reasoning } from "./reasoning";
import { stepsPlot } from "./stepsPlot";
import { votesPlot, votesWords } from "./votes";

/** What the finding rests on: the table of arms with the plot in it, by steps, by votes, and between two models. */
export function figuresView(panel: Reasoning, run: RunView, figures: Figures): TemplateResult | typeof nothing {
  const graded = figures.arms.some(({ accuracy }) => accuracy.trials > 0);
  if (!graded || (run.questions === 1 && run.samples === 1)) return nothing;
  // Counts, no percentages: what these plots draw are percentages.
  const few = Math.max(...figures.arms.map(({ questions }) => questions)) < enoughQuestions;
  const steps = few ? undefined : stepsPlot(panel, figures);
  const votes = few ? undefined : votesPlot(panel, run, figures);
  const later = few && run.questions > 1 ? laterWords(run, figures) : undefined;
  return html`<section class="evidence ${steps ? "" : "alone"}" aria-label="Right answers" data-region>
    <div>
      ${armsTable(panel, run, figures)} ${votesWords(panel, run, figures)}
      ${later === undefined ? nothing : html`<p class="small muted">${later}</p>`}
      ${run.models.length > 1 ? betweenModels(panel, run, figures) : nothing} ${votes ?? nothing}
    </div>
    ${steps ?? nothing}
  </section>`;
}

/** What is not drawn of a few questions, and what it would take; undefined where there is nothing to draw. */
function laterWords({ questions, samples }: RunView, { arms }: Figures): string | undefined {
  const plots = [
    ...(arms.some(({ bySteps }) => bySteps.length > 1) ? ["By number of steps"] : []),
    ...(samples > 1 ? ["Majority vote"] : []),
  ];
  if (plots.length === 0) return undefined;
  const come = questions >= enoughQuestions ? "once so many are answered" : "in a run of so many";
  return `${plots.join(", ")}: drawn from ${enoughQuestions} questions on, ${come}.`;
}
