import { html, nothing, type TemplateResult } from "lit";
import { count } from "../ui/format";
import type { Figures } from "./figures";
import type { Probe } from "./probe";
import type { RunView } from "./protocol";
import { valueWords } from "./scoreWords";

/** How far to trust the scores: where the controls are from, what the threshold is, and how the judge did. */
export function trustView(panel: Probe, run: RunView, figures: Figures): TemplateResult {
  const controls = run.known + run.invented;
  const oneSided = controls > 0 && (run.known === 0 || run.invented === 0);
  const deciding = figures.fits.find(({ usable }) => usable);
  const { calibrated, listed } = panel.view;
  return html`<section class="trust" aria-label="How far to trust this" data-region>
    <h2>How far to trust this</h2>
    ${
      controls === 0
        ? html`<p>Nothing was asked beside this question, and a score by itself means nothing. With controls the panel says where it falls.</p>`
        : oneSided
          ? html`<p>
              There are ${run.known === 0 ? "no known" : "no invented"} controls to hold the others against, so no score can
              be placed. Ask fewer questions, or choose what the controls are under “More settings”.
            </p>`
          : html`<p>
            The controls were asked the same question with the name changed. An AUROC of 0.50 is a coin toss, 1.00 tells
            every known name from every invented one. Below 0.70 a score decides nothing here.
          </p>`
    }
    <p class="muted">
      ${
        controls > 0 && run.controlSeed !== null
          ? html`Invented names come from a seeded generator (seed ${run.controlSeed}) and are checked against the question,
            the page and real names. `
          : nothing
      }
      ${
        deciding
          ? html`The threshold, ${valueWords(deciding.name, deciding.threshold)}${deciding.name === "semanticEntropy" ? " bits" : ""},
            lies midway between the controls’ medians and is no constant.`
          : nothing
      }
    </p>
    ${judgeWords(figures)}
    <p class="row wrap">
      ${
        controls > 0 && run.questions === 1
          ? html`<button class="link" id="see-controls" aria-expanded=${listed ? "true" : "false"} @click=${() => panel.reveal({ listed: !listed }, "#questions")}>
              ${listed ? "Hide" : "See"} the ${count(controls)} controls
            </button>`
          : nothing
      }
      <button class="link" id="see-calibration" aria-expanded=${calibrated ? "true" : "false"} @click=${() => panel.reveal({ calibrated: !calibrated }, "#calibration")}>
        ${calibrated ? "Hide the calibration" : "Calibration of this model"}
      </button>
    </p>
  </section>`;
}

function judgeWords({ judge }: Figures): TemplateResult | typeof nothing {
  if (!judge) return nothing;
  return html`<p class="muted" id="judge-words">
    The judge was tried on ${count(judge.pairs)} pairs whose relation nobody doubts and told ${count(judge.right)} right:
    ${judge.usable ? "it is believed." : "answers are grouped by their words alone."}
  </p>`;
}
