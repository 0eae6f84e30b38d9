import { scaleLinear } from "d3-scale";
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import { dotStacks } from "./dotStacks";
import type { Tone } from "./lineChart";

/** A control on the axis; its name is told when it is pointed at. */
export interface NamedValue {
  readonly name: string;
  readonly value: number;
}

export interface BetweenChart {
  /** Says the plot's main numbers: what a screen reader reads in its place. */
  readonly name: string;
  /** Ends of the axis, left and right; the left one may be the larger. */
  readonly from: number;
  readonly to: number;
  readonly format: (value: number) => string;
  /** Those above the line and those below it: told apart by place, not by colour alone. */
  readonly above: { readonly tone: Tone; readonly values: readonly NamedValue[] };
  readonly below: { readonly tone: Tone; readonly values: readonly NamedValue[] };
  /** The value in hand, its interval, and what stands at it. */
  readonly mark?: {
    readonly value: number;
    readonly label: string;
    readonly low?: number;
    readonly high?: number;
  };
  /** Where one side ends and the other begins. */
  readonly threshold?: number;
}

const side = 16;
const top = 16;
/** Of the two halves, CSS pixels. */
const half = 40;
const axis = top + half + 4;
/** With the axis' numbers. */
export const betweenHeight = axis + 4 + half + 14;

/** A value between two distributions: one above the line, one below, each control a dot. */
export function betweenChart(chart: BetweenChart, width: number): TemplateResult {
  const x = scaleLinear()
    .domain([chart.from, chart.to])
    .range([side, Math.max(side + 80, width - side)])
    .clamp(true);
  const many = Math.max(chart.above.values.length, chart.below.values.length);
  const radius = many > 120 ? 1.6 : 2.4;
  const dots = (
    { tone, values }: BetweenChart["above"],
    room: { readonly start: number; readonly way: 1 | -1 },
  ): SVGTemplateResult[] =>
    dotStacks(
      values.map(({ value }) => value),
      x,
      { ...room, height: half, radius },
    ).map(
      (place, index) =>
        svg`<circle class="dot tone-${tone}" cx=${place.x} cy=${place.y} r=${radius}><title>${values[index]!.name}, ${chart.format(values[index]!.value)}</title></circle>`,
    );
  const { mark, threshold } = chart;
  const bottom = axis + 4 + half;
  return html`<svg class="plot between" width=${width} height=${betweenHeight} role="img" aria-label=${chart.name}>
    <line class="axis" x1=${x(chart.from)} x2=${x(chart.to)} y1=${axis} y2=${axis}></line>
    ${x.ticks(Math.max(2, Math.min(5, Math.floor(width / 90)))).map(
      (tick) => svg`<line class="axis" x1=${x(tick)} x2=${x(tick)} y1=${axis - 2} y2=${axis + 2}></line>
        <text class="middle" x=${x(tick)} y=${betweenHeight - 2}>${chart.format(tick)}</text>`,
    )}
    ${
      threshold === undefined
        ? nothing
        : svg`<line class="threshold" x1=${x(threshold)} x2=${x(threshold)} y1=${axis - half} y2=${bottom - 4}></line>`
    }
    ${mark ? markOf(mark, x, bottom) : nothing}
    ${dots(chart.above, { start: axis - 6, way: -1 })} ${dots(chart.below, { start: axis + 6, way: 1 })}
  </svg>`;
}

function markOf(
  { value, label, low, high }: NonNullable<BetweenChart["mark"]>,
  x: (value: number) => number,
  bottom: number,
): SVGTemplateResult {
  const [left, right] = [x(low ?? value), x(high ?? value)].toSorted((a, b) => a - b) as [number, number];
  return svg`${
    right > left ? svg`<rect class="range" x=${left} width=${right - left} y=${axis - 5} height="10"></rect>` : nothing
  }<line class="value" x1=${x(value)} x2=${x(value)} y1=${top - 2} y2=${bottom}></line>
    <text class="middle strong value-label" x=${x(value)} y=${top - 5}>${label}</text>`;
}
