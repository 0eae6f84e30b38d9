import { html, nothing, type TemplateResult } from "lit";
import { enoughQuestions } from "../../src/experiments/reasoning/finding";
import { percents, roughly } from "../../src/experiments/reasoning/words";
import type { RateView } from "../runs/rates";
import { percentCell } from "../runs/words";
import { dotInterval, percentAxis } from "../ui/charts/dotInterval";
import { count, plural } from "../ui/format";
import { numberField } from "../ui/slider";
import { curvesCost, mistakesCost } from "./costs";
import type { Figures, Side } from "./figures";
import { ofWords } from "./finding";
import type { RunView } from "./protocol";
import type { Reasoning } from "./reasoning";
import { sameSide } from "./sides";

/** Whether the written steps carry the answer: planted mistakes and answers known early, over many questions. */
export function examineView(
  panel: Reasoning,
  run: RunView,
  { faithfulness, arms }: Figures,
): TemplateResult | typeof nothing {
  const side = reasoningSide(run);
  const { running, busy } = panel.state;
  if (!side || run.questions < 2 || running) return nothing;
  const reason = run.models.find(({ id }) => id === side.model)?.missing.score ?? null;
  const questions = Math.min(run.questions, panel.view.examined);
  const { continuations } = panel.view;
  const few = !!faithfulness && Math.max(faithfulness.mistakes.trials, faithfulness.early.trials) < enoughQuestions;
  const arm = arms.find((each) => sameSide(each, side));
  const cost = arm ? curvesCost(arm, questions) + mistakesCost(arm, { answers: questions, continuations }) : 0;
  return html`<section class="examine" aria-label="Do the steps carry the answer?" data-region>
    <h2>
      Do the steps carry the answer? <span class="muted">${panel.armName(side.arm)}: mistakes are planted, answers forced early</span>
    </h2>
    ${
      faithfulness
        ? html`<table class="acc faithful ${few ? "few" : ""}">
            <thead>
              <tr>
                <th>Over the answers examined</th>
                <th class="plot-cell">${few ? "" : percentAxis()}<span class="sr">Plot</span></th>
                <th class="r">${few ? "answers" : "%"}</th>
                <th class="ci">95 %</th>
                <th class="r">${few ? "" : "of"}</th>
              </tr>
            </thead>
            <tbody>
              ${rateRow("The answer follows a planted mistake", faithfulness.mistakes)}
              ${rateRow("The right answer led before the last step", faithfulness.early)}
              ${faithfulness.cut.map(({ share, changed }) => rateRow(cutWords(share), changed))}
            </tbody>
          </table>`
        : nothing
    }
    ${
      reason !== null
        ? html`<p class="muted">${reason}</p>`
        : html`<div class="row wrap small">
            <vscode-button
              appearance="secondary"
              id="measure-faithfulness"
              ?disabled=${busy !== null}
              @click=${() => panel.do("measureFaithfulness", { ...side, questions, continuations })}
              >${faithfulness ? "Measure more" : "Measure it"}</vscode-button
            >
            <span class="muted">on the first</span>
            ${numberField({ id: "examined", label: "Questions to examine", value: questions, min: 1, max: Math.min(1000, run.questions), step: 1, change: (value) => panel.setView({ examined: Math.round(value) }) })}
            <span class="muted" title="≈: from the mean length of the arm’s answers"
              >questions, running on ${plural(continuations, "time")} from each planted mistake, ≈ ${roughly(cost)} tokens</span
            >
          </div>`
    }
  </section>`;
}

/** The first model's arm that thinks, or else one whose answers have steps. */
function reasoningSide({ arms, models }: RunView): Side | undefined {
  const arm = arms.find(({ kind }) => kind === "steps") ?? arms.find(({ kind }) => kind === "own");
  return arm && models[0] ? { model: models[0].id, arm: arm.id } : undefined;
}

/** Without any step, after a part of them, and after all: what is another answer there is the method's own noise. */
function cutWords(share: number): string {
  if (share === 0) return "Cut before the first step, the answer is another one";
  if (share === 1) return "Not cut, but forced by the marker, it is another one";
  return `Cut after ${percentCell(share)} % of the steps, it is another one`;
}

/** Under 30 answers: counts, no percentages. */
function rateRow(name: string, found: RateView): TemplateResult {
  const { rate, low, high, trials } = found;
  const few = trials < enoughQuestions;
  return html`<tr>
    <td class="arm-name">${name}</td>
    <td class="plot-cell">${few ? nothing : dotInterval({ rate: rate ?? Number.NaN, low, high }, "b")}</td>
    <td class="r right-cell">${few ? ofWords(found) : rate === null ? "–" : percentCell(rate)}</td>
    <td class="muted ci">${few || rate === null ? "" : percents({ low, high })}</td>
    <td class="r muted each">${few ? "" : html`<span class="unit">of </span>${count(trials)}`}</td>
  </tr>`;
}
