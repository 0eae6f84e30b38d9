import { html, nothing, type TemplateResult } from "lit";
import { percent } from "../../src/experiments/reasoning/words";
import { bitsOf, stepOf } from "../../src/inference/surprisal";
import { cellBar } from "../ui/charts/cellBars";
import { nameOf, tokenView } from "../ui/tokenView";
import type { CellView, GreedyView } from "./items";
import type { Probe } from "./probe";
import { type DrawnToken, drawnTokens, stretches } from "./tokens";

/** The greedy answer's tokens, tinted by how rare each was, with its names, dates and numbers underlined. */
export function greedyView(panel: Probe, cell: CellView): TemplateResult | typeof nothing {
  const { greedy } = cell;
  if (!greedy) return nothing;
  const tokens = drawnTokens(greedy);
  const known = tokens.some(({ logProb }) => logProb !== null);
  const { tinted } = panel.view;
  return html`<section class="greedy" aria-label="The greedy answer" data-region>
    <h2>
      The greedy answer
      <span class="muted">${known && tinted ? "tinted by surprisal; " : ""}names, dates, numbers underlined</span>
      ${
        known
          ? html`<button class="link small" id="tint" aria-pressed=${tinted ? "true" : "false"} title="P: the rarer a token was, the stronger its colour" @click=${() => panel.setView({ tinted: !tinted })}>
              ${tinted ? "No tint" : "Tint"}
            </button>`
          : nothing
      }
    </h2>
    <p class="greedy-text" role="group" aria-label="Tokens; left and right move" @keydown=${(event: KeyboardEvent) => move(event, panel, tokens)}>
      ${
        tokens.length === 0
          ? html`<span class="muted">(nothing was said)</span>`
          : stretches(tokens).map(({ mark, tokens: own }) =>
              mark
                ? html`<u class="risk" data-kind=${mark.kind}>${own.map((token) => tokenButton(panel, tokens, token))}</u>`
                : own.map((token) => tokenButton(panel, tokens, token)),
            )
      }
    </p>
    ${known && tinted ? tints() : nothing} ${known ? detail(panel, tokens) : html`<p class="small muted">This model gives no log-probabilities: nothing can be tinted, and no claim weighed.</p>`}
    ${greedy.truncated ? html`<p class="small muted">Cut off by the limit of tokens.</p>` : nothing} ${agreement(greedy)}
  </section>`;
}

/** Inline text, so that lines break between words as in any text; a button would not let them. */
function tokenButton(panel: Probe, tokens: readonly DrawnToken[], token: DrawnToken): TemplateResult {
  const { index, text, logProb } = token;
  const tint = logProb !== null && panel.view.tinted ? `t${stepOf(bitsOf(logProb))}` : "";
  const held = panel.token === index;
  const first = panel.token === undefined && index === tokens[0]?.index;
  const name = `${nameOf({ text })}: ${logProb === null ? "no probability given" : percent(Math.exp(logProb))}`;
  const press = () => {
    panel.token = held ? undefined : index;
    panel.draw();
  };
  return html`<span
    class="tk ${tint}"
    role="button"
    data-token=${index}
    tabindex=${held || first ? 0 : -1}
    aria-pressed=${held ? "true" : "false"}
    aria-label=${name}
    title=${name}
    @click=${press}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      press();
    }}
    >${text}</span
  >`;
}

/** What else the model thought of at the token in hand. */
function detail(panel: Probe, tokens: readonly DrawnToken[]): TemplateResult {
  const token = tokens.find(({ index }) => index === panel.token);
  if (!token) return html`<p class="small muted">Choose a token to see what else the model thought of there.</p>`;
  const shown =
    token.top.some(({ text }) => text === token.text) || token.logProb === null
      ? token.top
      : [{ text: token.text, probability: Math.exp(token.logProb) }, ...token.top];
  return html`<table class="alternatives" aria-label="What the model thought of in place of ${nameOf(token)}">
    <tbody>
      ${shown.map(
        ({ text, probability }) => html`<tr class=${text === token.text ? "taken" : ""}>
          <td class="mono">${tokenView({ text })}</td>
          <td class="r num">${percent(probability)}</td>
          <td class="bar-cell">${cellBar({ fill: probability, look: text === token.text ? "final" : "plain" })}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

const steps = ["50 %", "25 %", "6 %", "1.6 %", "0.2 %", "0.02 %"];

/** What each tint means, drawn in it. */
function tints(): TemplateResult {
  return html`<p class="tints small">
    <span class="muted">Less likely than</span>
    ${steps.map((label, step) => html`<span class="tk t${step + 1}">${label}</span>`)}
  </p>`;
}

function agreement({ right, refused }: GreedyView): TemplateResult | typeof nothing {
  if (refused) return html`<p class="small muted">It says that it does not know.</p>`;
  if (right === null) return nothing;
  return html`<p class="small muted">It ${right ? "agrees" : "disagrees"} with the reference.</p>`;
}

function move(event: KeyboardEvent, panel: Probe, tokens: readonly DrawnToken[]): void {
  const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (by === 0 || tokens.length === 0) return;
  event.preventDefault();
  event.stopPropagation();
  const at = tokens.findIndex(({ index }) => index === panel.token);
  const next = tokens[Math.min(tokens.length - 1, Math.max(0, at + by))]!;
  panel.token = next.index;
  panel.draw();
  panel.root.querySelector<HTMLElement>(`[data-token="${next.index}"]`)?.focus();
}
