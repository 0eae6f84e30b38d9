import { html, nothing, type TemplateResult } from "lit";
import { percent } from "../../src/experiments/reasoning/words";
import { nameOf } from "../ui/tokenView";
import type { CellView, MarkView } from "./items";
import type { Probe } from "./probe";

/** Alternatives written in a row. */
const mostInstead = 3;

/** The names, dates and numbers of the greedy answer with their probabilities: where invention would show. */
export function riskTable(panel: Probe, { greedy }: CellView): TemplateResult | typeof nothing {
  if (!greedy) return nothing;
  const { marks } = greedy;
  return html`<section class="risks" aria-label="Claims at risk" data-region>
    <h2>Claims at risk <span class="muted">where invention would show</span></h2>
    ${
      marks.length === 0
        ? html`<p class="muted">The answer names nothing: no name, date or number that the question does not have.</p>`
        : html`<table class="rk">
            <thead>
              <tr>
                <th>Claim</th>
                <th>kind</th>
                <th class="r">p(whole)</th>
                <th>weakest token</th>
                <th>instead</th>
              </tr>
            </thead>
            <tbody>
              ${marks.map((mark) => riskRow(panel, mark, greedy.pieces))}
            </tbody>
          </table>`
    }
  </section>`;
}

function riskRow(panel: Probe, mark: MarkView, pieces: NonNullable<CellView["greedy"]>["pieces"]): TemplateResult {
  const { text, kind, probability, weakest } = mark;
  const weak = weakest && pieces[weakest.token];
  return html`<tr>
    <td>
      <button
        class="claim"
        title="Shows its weakest token in the answer"
        @click=${() => {
          panel.token = weakest?.token ?? mark.from;
          panel.draw();
        }}
      >
        <u class="risk">${text}</u>
      </button>
    </td>
    <td class="muted">${kind}</td>
    <td class="r num">${probability === null ? "–" : percent(probability)}</td>
    <td class="nw">
      ${weakest && weak ? html`<span class="mono">${nameOf({ text: weak.text })}</span> <span class="muted num">${percent(weakest.probability)}</span>` : "–"}
    </td>
    <td class="instead">
      ${(weakest?.instead ?? [])
        .slice(0, mostInstead)
        .map(
          ({ text: other, probability: share }) =>
            html`<span class="nw"><span class="mono">${nameOf({ text: other })}</span> <span class="muted num">${percent(share)}</span></span>`,
        )}
    </td>
  </tr>`;
}
