import { html, nothing, type TemplateResult } from "lit";
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
  const steps = stepsPlot(panel, figures);
  const votes = votesPlot(panel, figures);
  return html`<section class="evidence ${steps ? "" : "alone"}" aria-label="Right answers" data-region>
    <div>
      ${armsTable(panel, run, figures)} ${votesWords(panel, run, figures)}
      ${run.models.length > 1 ? betweenModels(panel, run, figures) : nothing} ${votes ?? nothing}
    </div>
    ${steps ?? nothing}
  </section>`;
}
