import { html, type TemplateResult } from "lit";
import { percent } from "../../src/experiments/reasoning/words";
import { bitsOf, stepOf } from "../../src/inference/surprisal";
import { nameOf, tokenView } from "../ui/tokenView";
import { ownTokens } from "./ownTokens";

/** An answer's own text, token by token, tinted by how rare each was: what only ended it is not drawn. */
export function tintedText(text: string, tokens: Parameters<typeof ownTokens>[1]): TemplateResult[] {
  return ownTokens(text, tokens).map(tokenSpan);
}

function tokenSpan({ text, logProb }: { text: string; logProb: number | null }): TemplateResult {
  const look = logProb === null ? "t0" : `t${stepOf(bitsOf(logProb))}`;
  const words =
    logProb === null ? "no probability given" : `${percent(Math.exp(logProb))}, ${bitsOf(logProb).toFixed(1)} bits`;
  return html`<span class="tk ${look}" title="${nameOf({ text })}: ${words}">${tokenView({ text })}</span>${text.includes("\n") ? html`<br />` : html`<wbr />`}`;
}
