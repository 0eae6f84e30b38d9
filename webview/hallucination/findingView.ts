import { html, nothing, type TemplateResult } from "lit";
import type { ItemPage } from "./items";
import type { Probe } from "./probe";
import { confidenceNames, summaryOf } from "./verdictWords";

/** What a run of many questions came to, as a sentence with its uncertainty. */
export function summaryView(panel: Probe): TemplateResult | typeof nothing {
  const { figures, running } = panel.state;
  const summary = figures && summaryOf(figures);
  if (!figures || !summary || running) return nothing;
  return html`<section class="finding" aria-label="Finding" data-region>
    <p class="find" id="finding"><b>${summary.key}</b> ${summary.rest}</p>
    ${figures.why && figures.canTell ? html`<p class="muted">${figures.why}</p>` : nothing}
  </section>`;
}

/** The verdict on a question: the word, what was seen, and what that rests on. */
export function verdictView(page: ItemPage, look: "find" | "find-small"): TemplateResult | typeof nothing {
  const { verdict } = page;
  if (!verdict) return nothing;
  return html`<div class="verdict-words" data-verdict=${verdict.verdict}>
    <p class=${look}><b>${verdict.title}${/[.!?…]$/.test(verdict.title) ? "" : "."}</b> ${verdict.seen}</p>
    ${verdict.support === "" ? nothing : html`<p class="muted support">${supportWords(verdict.support, verdict.confidence)}</p>`}
  </div>`;
}

/** The support with its key words set off. */
function supportWords(support: string, confidence: keyof typeof confidenceNames | null): TemplateResult | string {
  const key = confidence && confidenceNames[confidence];
  const at = key ? support.indexOf(key) : -1;
  if (!key || at < 0) return support;
  return html`${support.slice(0, at)}<b class="fg">${key}</b>${support.slice(at + key.length)}`;
}
