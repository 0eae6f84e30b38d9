import { scaleLinear, scaleLog } from "d3-scale";
import { area, curveStepAfter, line } from "d3-shape";
import { html, nothing, svg, type TemplateResult } from "lit";
import { spread } from "./spread";

/** Chart colours by their place in the palette: blue, orange, violet, teal, grey. */
export type Tone = "b" | "a" | "c" | "d" | "e";
export type Point = readonly [x: number, y: number];

export interface ChartLine {
  readonly tone: Tone;
  readonly points: readonly Point[];
  /** Stands at the line's end. */
  readonly label: string;
  readonly dashed?: boolean;
}

export interface ChartBand {
  readonly tone: Tone;
  /** x, low, high. */
  readonly points: readonly (readonly [x: number, low: number, high: number])[];
}

export interface LineChart {
  /** Says the plot's main numbers: what a screen reader reads in its place. */
  readonly name: string;
  readonly height: number;
  readonly x: {
    readonly from: number;
    readonly to: number;
    readonly label: string;
    readonly ticks: readonly number[];
    readonly logarithmic?: boolean;
    readonly format: (value: number) => string;
  };
  readonly y: {
    readonly from: number;
    readonly to: number;
    readonly label: string;
    readonly format: (value: number) => string;
  };
  readonly lines: readonly ChartLine[];
  readonly bands?: readonly ChartBand[];
  /** A vertical line at the value in hand. */
  readonly mark?: { readonly x: number; readonly label: string };
  /** Values hold from one x to the next. */
  readonly steps?: boolean;
  /** Room for the labels at the right, CSS pixels. */
  readonly labelRoom: number;
}

const margin = { top: 18, bottom: 34, left: 38 };

/** Lines over one axis, labelled at their ends. No legend box; the numbers stand in a table beside it. */
export function lineChart(chart: LineChart, width: number): TemplateResult {
  const { height } = chart;
  const right = Math.max(margin.left + 80, width - chart.labelRoom);
  const bottom = height - margin.bottom;
  const x = (chart.x.logarithmic ? scaleLog() : scaleLinear())
    .domain([chart.x.from, chart.x.to])
    .range([margin.left, right]);
  const y = scaleLinear().domain([chart.y.from, chart.y.to]).range([bottom, margin.top]);
  const path = line<Point>(
    ([at]) => x(at),
    ([, value]) => y(value),
  );
  if (chart.steps) path.curve(curveStepAfter);
  const ends = spread(
    chart.lines.map(({ points }) => y(points.at(-1)?.[1] ?? chart.y.from)),
    14,
    margin.top,
    bottom + 4,
  );
  const marked = chart.mark && x(chart.mark.x);
  return html`<svg class="plot" width=${width} height=${height} role="img" aria-label=${chart.name}>
    ${y.ticks(Math.max(2, Math.floor((bottom - margin.top) / 44))).map(
      (tick) => svg`<line class="grid" x1=${margin.left} x2=${right} y1=${y(tick)} y2=${y(tick)}></line>
        <text class="end" x=${margin.left - 6} y=${y(tick) + 4}>${chart.y.format(tick)}</text>`,
    )}
    <text class="end" x=${margin.left - 6} y="8">${chart.y.label}</text>
    ${chart.x.ticks
      .filter((tick) => marked === undefined || Math.abs(x(tick) - marked) > 22)
      .map((tick) => svg`<text class="middle" x=${x(tick)} y=${bottom + 15}>${chart.x.format(tick)}</text>`)}
    <text class="middle" x=${(margin.left + right) / 2} y=${height - 4}>${chart.x.label}</text>
    ${(chart.bands ?? []).map(({ tone, points }) => {
      const shape = area<(typeof points)[number]>()
        .x(([at]) => x(at))
        .y0(([, low]) => y(low))
        .y1(([, , high]) => y(high));
      return svg`<path class="area tone-${tone}" d=${shape([...points]) ?? ""}></path>`;
    })}
    ${chart.lines.map(
      ({ tone, points, dashed }) =>
        svg`<path class="line tone-${tone}" stroke-dasharray=${dashed ? "4 3" : nothing} d=${path([...points]) ?? ""}></path>`,
    )}
    ${
      chart.mark && marked !== undefined
        ? svg`<line class="mark" x1=${marked} x2=${marked} y1=${margin.top - 4} y2=${bottom + 4}></line>
          <text class="middle mark-label" x=${marked} y=${bottom + 15}>${chart.mark.label}</text>`
        : nothing
    }
    ${chart.lines.map(
      ({ tone, label }, index) => svg`<text class="tone-${tone}" x=${right + 6} y=${ends[index]! + 4}>${label}</text>`,
    )}
  </svg>`;
}
