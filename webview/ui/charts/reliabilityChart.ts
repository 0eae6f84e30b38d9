import { scaleLinear } from "d3-scale";
import { html, svg, type TemplateResult } from "lit";
import type { Interval } from "./dotInterval";
import type { Tone } from "./lineChart";

/** Forecasts of about the same probability, and how many came true; shares 0 to 1. */
export interface ReliabilityPoint extends Interval {
  /** Mean probability that was claimed. */
  readonly claimed: number;
  readonly forecasts: number;
}

export interface ReliabilityChart {
  /** Says the plot's main numbers: what a screen reader reads in its place. */
  readonly name: string;
  readonly tone: Tone;
  readonly points: readonly ReliabilityPoint[];
  readonly across: string;
  readonly up: string;
}

const margin = { top: 20, right: 12, bottom: 34, left: 34 };
const ticks = [0, 0.25, 0.5, 0.75, 1];

/** Claimed against seen: on the diagonal a probability means what it says. A square of any width; dots by how many they stand for. */
export function reliabilityChart({ name, tone, points, across, up }: ReliabilityChart, width: number): TemplateResult {
  const edge = Math.max(120, Math.min(280, width - margin.left - margin.right));
  const x = scaleLinear()
    .domain([0, 1])
    .range([margin.left, margin.left + edge]);
  const y = scaleLinear()
    .domain([0, 1])
    .range([margin.top + edge, margin.top]);
  const most = Math.max(1, ...points.map(({ forecasts }) => forecasts));
  const height = margin.top + edge + margin.bottom;
  return html`<svg class="plot" width=${margin.left + edge + margin.right} height=${height} role="img" aria-label=${name}>
    ${ticks.map(
      (tick) => svg`<line class="grid" x1=${x(0)} x2=${x(1)} y1=${y(tick)} y2=${y(tick)}></line>
        <line class="grid" x1=${x(tick)} x2=${x(tick)} y1=${y(0)} y2=${y(1)}></line>
        <text class="end" x=${x(0) - 6} y=${y(tick) + 4}>${tick * 100}</text>
        <text class="middle" x=${x(tick)} y=${y(0) + 15}>${tick * 100}</text>`,
    )}
    <text x="0" y="10">${up}</text>
    <text class="middle" x=${x(0.5)} y=${height - 4}>${across}</text>
    <line class="even" x1=${x(0)} x2=${x(1)} y1=${y(0)} y2=${y(1)}></line>
    ${points.map(
      ({
        claimed,
        rate,
        low,
        high,
        forecasts,
      }) => svg`<line class="whisker tone-${tone}" x1=${x(claimed)} x2=${x(claimed)} y1=${y(low)} y2=${y(high)}></line>
        <circle class="dot tone-${tone}" cx=${x(claimed)} cy=${y(rate)} r=${dotRadius(forecasts, most)}><title>claimed ${Math.round(claimed * 100)} %, right ${Math.round(rate * 100)} % of ${forecasts}</title></circle>`,
    )}
  </svg>`;
}

/** A dot's area goes by how many forecasts it stands for; the smallest can still be seen. CSS pixels. */
export function dotRadius(forecasts: number, most: number): number {
  return Math.max(2.5, 6 * Math.sqrt(forecasts / most));
}
