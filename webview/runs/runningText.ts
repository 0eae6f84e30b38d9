import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { tokenView } from "../ui/tokenView";

/** An answer as far as it is. The sample of a greedy one is -1. */
interface RunningAnswer {
  readonly sample: number;
  readonly tokens: readonly string[];
}

/** Tokens that are drawn, and left alone, together: a multiple of the six bands. */
const block = 60;

/** Answers while they are being written, one below the other. */
export function runningTexts(running: readonly RunningAnswer[], paint: "none" | "tokens"): TemplateResult {
  return html`${running.map(
    (answer) => html`<div class="running" aria-live="off">
      ${running.length > 1 ? html`<span class="muted small num">${answer.sample < 0 ? "greedy answer" : `sample ${answer.sample + 1}`}, ${answer.tokens.length} tokens</span>` : nothing}
      <p class="running-text">${runningText(answer, paint)}<span class="caret" aria-hidden="true"></span></p>
    </div>`,
  )}`;
}

/** Plain text is one text node, and of tokens only the last block is drawn again, so that a frame stays short. */
function runningText({ tokens, sample }: RunningAnswer, paint: "none" | "tokens"): TemplateResult | string {
  if (paint === "none") return tokens.join("");
  const blocks = Array.from({ length: Math.ceil(tokens.length / block) }, (_, at) =>
    tokens.slice(at * block, (at + 1) * block),
  );
  return html`${blocks.map((part) => guard([sample, part.length, part[0]], () => part.map(band)))}`;
}

function band(text: string, index: number): TemplateResult {
  return html`<span class="tk b${index % 6}">${tokenView({ text })}</span><wbr />`;
}
