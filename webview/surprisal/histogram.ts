import { html, svg, type TemplateResult } from "lit";
import { rarerThan, stepBounds } from "../../src/inference/surprisal";

const plotHeight = 64;
/** Of a column, so that neighbours do not touch. */
const gap = 0.06;

/** How many tokens fell into each step: the legend of the tints. Widths are shares, so that it fills the side bar. */
export function histogram(counts: readonly number[]): TemplateResult {
  const bounds = [0, ...stepBounds];
  const most = Math.max(1, ...counts);
  const column = 100 / bounds.length;
  const steps = bounds.map((from, step) => {
    const count = counts[step] ?? 0;
    const height = Math.max(count > 0 ? 1 : 0, (count / most) * (plotHeight - 18));
    const left = step * column;
    return svg`<g>
      <title>${stepText(step, count)}</title>
      <rect class="column" x="${left}%" width="${column}%" y="0" height=${plotHeight}></rect>
      <rect class="bar s${step}" x="${left + (column * gap) / 2}%" width="${column * (1 - gap)}%"
        y=${plotHeight - height} height=${height}></rect>
      <text class="count" x="${left + column / 2}%" y=${plotHeight - height - 4}>${count.toLocaleString("en")}</text>
      <text class="bound ${step === 0 ? "first" : ""}" x="${left}%" y=${plotHeight + 14}>${from}</text>
    </g>`;
  });
  const name = `Tokens by surprisal. ${bounds.map((_, step) => stepText(step, counts[step] ?? 0)).join(". ")}.`;
  return html`<svg class="histogram" width="100%" height=${plotHeight + 34} role="img" aria-label=${name}>
    ${steps}
    <line class="axis" x1="0" x2="100%" y1=${plotHeight + 0.5} y2=${plotHeight + 0.5}></line>
    <text class="last" x="100%" y=${plotHeight + 14}>bits</text>
    <text class="first" x="0" y=${plotHeight + 30}>expected</text>
    <text class="last" x="100%" y=${plotHeight + 30}>1 in ${rarerThan.at(-1)?.toLocaleString("en")} or rarer</text>
  </svg>`;
}

/** "2–4 bits: 12 tokens, rarer than 1 in 4" */
export function stepText(step: number, count: number): string {
  const from = step === 0 ? 0 : stepBounds[step - 1];
  const to = stepBounds[step];
  const range = to === undefined ? `${from} bits and over` : `${from}–${to} bits`;
  const tokens = count === 1 ? "1 token" : `${count.toLocaleString("en")} tokens`;
  return `${range}: ${tokens}, ${step === 0 ? "expected" : `rarer than 1 in ${rarerThan[step - 1]?.toLocaleString("en")}`}`;
}
