import { html, type TemplateResult } from "lit";

/** Draws a plot for a width in CSS pixels. */
type DrawPlot = (width: number) => TemplateResult | undefined;

/** A plot, drawn anew for the width it gets. */
export function plotView(draw: DrawPlot): TemplateResult {
  return html`<ps-plot .draw=${draw}></ps-plot>`;
}

/** A plot with its numbers under it, which unfold under `summary`. */
export function plotWithNumbers(draw: DrawPlot, summary: string, numbers: unknown): TemplateResult {
  return html`${plotView(draw)}
    <details class="numbers small">
      <summary>${summary}</summary>
      ${numbers}
    </details>`;
}
