import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import type { Tone } from "./lineChart";
import { spread } from "./spread";

export interface ProfileLine {
  readonly tone: Tone;
  /** Probability at each row, 0 to 1; NaN where it is not known. */
  readonly values: readonly number[];
  /** What stands beside each point: "71", or nothing. */
  readonly labels: readonly string[];
  readonly strong?: boolean;
}

export interface ProfileChart {
  /** Says the plot's main numbers: what a screen reader reads in its place. */
  readonly name: string;
  /** Of each row of the text beside it, CSS pixels. */
  readonly rowHeight: number;
  readonly rows: number;
  readonly lines: readonly ProfileLine[];
  /** A mean with its band behind the lines: `row` may lie between two rows. */
  readonly mean?: readonly {
    readonly row: number;
    readonly mean: number;
    readonly low: number;
    readonly high: number;
  }[];
}

/** Room at the sides: half a tick's label at the left, a point's at the right; CSS pixels. */
const margin = { left: 12, right: 36, top: 18 };

/** Probabilities that go down a text row by row: the axis above, one point beside each row. */
export function profileChart({ name, rowHeight, rows, lines, mean }: ProfileChart, width: number): TemplateResult {
  const x = scaleLinear()
    .domain([0, 1])
    .range([margin.left, Math.max(margin.left + 60, width - margin.right)]);
  const y = (row: number): number => margin.top + (row + 0.5) * rowHeight;
  const bottom = margin.top + rows * rowHeight;
  const ticks = width < 220 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
  const points = (values: readonly number[]) =>
    line<number>(
      (value) => x(value),
      (_, row) => y(row),
    ).defined((value) => !Number.isNaN(value))([...values]) ?? "";
  return html`<svg class="plot profile" width=${width} height=${bottom} role="img" aria-label=${name}>
    ${ticks.map(
      (tick) => svg`<line class="grid" x1=${x(tick)} x2=${x(tick)} y1=${margin.top} y2=${bottom}></line>
        <text class="middle" x=${x(tick)} y="11">${tick * 100}${tick === 1 ? " %" : ""}</text>`,
    )}
    ${mean && mean.length > 0 ? meanBand(mean, x, y) : nothing}
    ${lines.map(
      ({ tone, values, strong }) =>
        svg`<path class="line tone-${tone} ${strong ? "strong" : ""}" d=${points(values)}></path>
          ${values.map((value, row) => (Number.isNaN(value) ? nothing : svg`<circle class="dot tone-${tone}" cx=${x(value)} cy=${y(row)} r=${strong ? 3.5 : 2.5}></circle>`))}`,
    )}
    ${Array.from({ length: rows }, (_, row) => rowLabels(lines, row, x, y(row)))}
  </svg>`;
}

type Scale = (value: number) => number;

function meanBand(mean: NonNullable<ProfileChart["mean"]>, x: Scale, y: Scale): SVGTemplateResult {
  const band = area<(typeof mean)[number]>()
    .y(({ row }) => y(row))
    .x0(({ low }) => x(low))
    .x1(({ high }) => x(high));
  const middle = line<(typeof mean)[number]>(
    ({ mean: value }) => x(value),
    ({ row }) => y(row),
  );
  return svg`<path class="area tone-e" d=${band([...mean]) ?? ""}></path>
    <path class="line tone-e" stroke-dasharray="3 3" d=${middle([...mean]) ?? ""}></path>`;
}

/**
 * Where a number stands, above or below its point's middle, CSS pixels: out of the way of lines that go off to the right.
 */
function asideOf(values: readonly number[], row: number, x: Scale): number {
  const goesRight = (at: number): boolean => x(values[at] ?? Number.NaN) > x(values[row]!) + 8;
  if (goesRight(row + 1)) return -8;
  return goesRight(row - 1) ? 8 : 0;
}

/** The numbers of a row, right of their points and off each other where two points lie close. */
function rowLabels(lines: readonly ProfileLine[], row: number, x: Scale, y: number): SVGTemplateResult[] {
  const shown = lines.filter(({ labels, values }) => labels[row] && !Number.isNaN(values[row] ?? Number.NaN));
  const close = shown.length > 1 && Math.abs(x(shown[0]!.values[row]!) - x(shown[1]!.values[row]!)) < 34;
  const heights = close
    ? spread(
        shown.map(() => y),
        13,
        y - 7,
        y + 7,
      )
    : shown.map(({ values }) => y + asideOf(values, row, x));
  return shown.map(
    ({ tone, values, labels, strong }, index) =>
      svg`<text class="tone-${tone} ${strong ? "strong" : ""}" x=${x(values[row]!) + 8} y=${heights[index]! + 4}>${labels[row]}</text>`,
  );
}
