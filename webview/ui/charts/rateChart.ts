import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { html, svg, type TemplateResult } from "lit";
import type { Interval } from "./dotInterval";
import type { Tone } from "./lineChart";
import { spread } from "./spread";

export interface RatePoint extends Interval {
  /** Index into `columns`. */
  readonly column: number;
}

export interface RateSeries {
  readonly tone: Tone;
  /** Stands at the line's end. */
  readonly label: string;
  readonly points: readonly RatePoint[];
}

export interface RateChart {
  /** Says the plot's main numbers: what a screen reader reads in its place. */
  readonly name: string;
  readonly height: number;
  /** Places on the axis from left to right, each with a note below ("n 34"). */
  readonly columns: readonly { readonly label: string; readonly note: string }[];
  readonly series: readonly RateSeries[];
  /** Room for the labels at the right, CSS pixels. */
  readonly labelRoom: number;
}

const margin = { top: 12, bottom: 34, left: 32 };
/** Series stand this far apart at a place, so that their intervals can be told from each other; CSS pixels. */
const dodge = 6;

/** Shares in percent by category: a dot with its interval for each, joined by lines that are labelled at their ends. */
export function rateChart({ name, height, columns, series, labelRoom }: RateChart, width: number): TemplateResult {
  const right = Math.max(margin.left + 80, width - labelRoom);
  const bottom = height - margin.bottom;
  const y = scaleLinear().domain([0, 1]).range([bottom, margin.top]);
  const x = scaleLinear()
    .domain([0, Math.max(1, columns.length - 1)])
    .range([margin.left + 12, right - 16]);
  const shifted = (index: number) => (index - (series.length - 1) / 2) * dodge;
  const ends = spread(
    series.map(({ points }) => y(points.at(-1)?.rate ?? 0)),
    14,
    margin.top,
    bottom,
  );
  return html`<svg class="plot" width=${width} height=${height} role="img" aria-label=${name}>
    ${[0, 0.5, 1].map(
      (tick) => svg`<line class="grid" x1=${margin.left} x2=${right} y1=${y(tick)} y2=${y(tick)}></line>
        <text class="end" x=${margin.left - 6} y=${y(tick) + 4}>${tick * 100}</text>`,
    )}
    ${columns.map(
      ({ label, note }, index) => svg`<text class="middle" x=${x(index)} y=${bottom + 15}>${label}</text>
        <text class="middle note" x=${x(index)} y=${bottom + 28}>${note}</text>`,
    )}
    ${series.map(({ tone, points, label }, index) => {
      const at = ({ column }: RatePoint) => x(column) + shifted(index);
      const path = line<RatePoint>(at, ({ rate }) => y(rate));
      return svg`<path class="line tone-${tone}" opacity="0.7" d=${path([...points]) ?? ""}></path>
        ${points.map(
          (
            point,
          ) => svg`<line class="whisker tone-${tone}" x1=${at(point)} x2=${at(point)} y1=${y(point.low)} y2=${y(point.high)}></line>
            <circle class="dot tone-${tone}" cx=${at(point)} cy=${y(point.rate)} r="3"></circle>`,
        )}
        <text class="tone-${tone}" x=${right + 2} y=${ends[index]! + 4}>${label}</text>`;
    })}
  </svg>`;
}
