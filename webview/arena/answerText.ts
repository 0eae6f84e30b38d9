import { html, type TemplateResult } from "lit";
import { percent } from "../../src/experiments/reasoning/words";
import { bitsOf, stepOf } from "../../src/inference/surprisal";
import { nameOf, tokenView } from "../ui/tokenView";
import type { Arena, Tokens } from "./arena";
import type { CellView } from "./protocol";
import { ownTokens } from "./tokens";

/** An answer as plain text; `tokens` are drawn in its place, tinted by how rare each was. */
export function answerText(text: string, tokens?: Tokens): TemplateResult {
  if (text === "") return html`<p class="said muted">(nothing was written)</p>`;
  if (!tokens) return html`<p class="said">${text}</p>`;
  return html`<p class="said">${ownTokens(text, tokens).map(tokenSpan)}</p>`;
}

/** The tokens of an answer where they are wanted and have come. */
export function wantedTokens(panel: Arena, answer: CellView["answer"]): Tokens | undefined {
  return panel.view.tinted ? panel.tokensOf(answer) : undefined;
}

function tokenSpan({ text, logProb }: { text: string; logProb: number | null }): TemplateResult {
  const look = logProb === null ? "t0" : `t${stepOf(bitsOf(logProb))}`;
  const words =
    logProb === null ? "no probability given" : `${percent(Math.exp(logProb))}, ${bitsOf(logProb).toFixed(1)} bits`;
  return html`<span class="tk ${look}" title="${nameOf({ text })}: ${words}">${tokenView({ text })}</span>${text.includes("\n") ? html`<br />` : html`<wbr />`}`;
}

const cutWords: Readonly<Partial<Record<NonNullable<CellView["reason"]>, string>>> = {
  maxTokens: "cut off by its limit of tokens",
  contextFull: "cut off: the model’s context was full",
};

/** Why an answer ended, where it was cut off. */
export function cutNote(reason: CellView["reason"]): string {
  const words = reason && cutWords[reason];
  return words ? ` · ${words}` : "";
}

/** The switch of the tint, with what it means. */
export function tintSwitch(panel: Arena): TemplateResult {
  return html`<button
    class="pill"
    id="tint"
    aria-pressed=${panel.view.tinted ? "true" : "false"}
    title="P: tokens, tinted by how much each surprised the model that wrote it; from 1 bit on"
    @click=${() => panel.setView({ tinted: !panel.view.tinted })}
  >
    Tint by surprisal
  </button>`;
}
