import { html, type TemplateResult } from "lit";
import { tintedText } from "../runs/tintedText";
import type { Arena, Tokens } from "./arena";
import type { CellView } from "./protocol";

/** An answer as plain text; `tokens` are drawn in its place, tinted by how rare each was. */
export function answerText(text: string, tokens?: Tokens): TemplateResult {
  if (text === "") return html`<p class="said muted">(nothing was written)</p>`;
  if (!tokens) return html`<p class="said">${text}</p>`;
  return html`<p class="said">${tintedText(text, tokens)}</p>`;
}

/** The tokens of an answer where they are wanted and have come. */
export function wantedTokens(panel: Arena, answer: CellView["answer"]): Tokens | undefined {
  return panel.view.tinted ? panel.tokensOf(answer) : undefined;
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
