import { html, nothing, type TemplateResult } from "lit";
import { lostWords } from "../../src/experiments/reasoning/lostWords";
import { count } from "../ui/format";
import type { Figures } from "./figures";
import { comparedArms, sameQuestions, sentenceOf } from "./finding";
import type { RunView } from "./protocol";
import type { Reasoning } from "./reasoning";

/** The finding comes first: a sentence for each model. While answers come the progress says what is known so far. */
export function findings(panel: Reasoning, run: RunView, figures: Figures): TemplateResult | typeof nothing {
  if (panel.state.running) return nothing;
  return html`<section class="findings" aria-label="Finding" data-region tabindex="0">
    ${figures.findings.map((finding) => {
      const { key, rest } = sentenceOf(finding, figures, run);
      const same = finding.comparison && finding.kind !== "example" && finding.kind !== "tooFew";
      const lost = lostWords(comparedArms(finding, figures), panel.armName);
      return html`<div>
        <p class="find">
          ${run.models.length > 1 ? html`<span class="muted model-of">${panel.modelName(finding.model)}</span>` : nothing}
          <b>${key}</b> ${rest}
        </p>
        ${same ? html`<p class="muted same">${sameQuestions(finding.comparison!, panel.armName)}</p>` : nothing}
        ${same && lost !== undefined ? html`<p class="small caution-mark">${lost}</p>` : nothing}
      </div>`;
    })}
    ${run.judge ? html`<p class="muted small judge ${run.judge.usable ? "" : "caution-mark"}">${judgeWords(run.judge)}</p>` : nothing}
    ${
      figures.provisional
        ? html`<p class="muted small">Not all was answered: these are the figures of ${count(run.done)} of ${count(run.total)} answers.</p>`
        : nothing
    }
  </section>`;
}

/** How far the judge of meaning can be trusted. */
function judgeWords({ name, right, pairs, usable }: NonNullable<RunView["judge"]>): string {
  const tried = `${name} told ${count(right)} of ${count(pairs)} pairs of known meaning apart`;
  return usable
    ? `Graded by meaning: where words differ ${name} judged; tried before, ${tried}.`
    : `Graded by words alone: ${tried}, which is too few for its word on others to be taken. Choose another judge.`;
}
