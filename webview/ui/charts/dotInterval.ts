import { html, svg, type TemplateResult } from "lit";
import type { Tone } from "./lineChart";

/** A share with its interval, all 0 to 1. */
export interface Interval {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** What the cells of a column are drawn on. */
export interface DotAxis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

const percents: DotAxis = {
  from: 0,
  to: 1,
  ticks: [0, 25, 50, 75, 100].map((tick) => ({ at: tick / 100, label: String(tick) })),
};

/** Of areas under a ROC curve: a coin has 0.5, and below 0.7 a score hardly tells two kinds apart. */
export const areaAxis: DotAxis = {
  from: 0.3,
  to: 1,
  ticks: [
    { at: 0.3, label: "0.3" },
    { at: 0.5, label: "0.5" },
    { at: 0.7, label: "0.7" },
    { at: 1, label: "1" },
  ],
};

/** The axis above `dotInterval`s, in percent where no other is given; each stands in a cell as wide as this one's. */
export function percentAxis(axis: DotAxis = percents): TemplateResult {
  return html`<svg class="dots axis" aria-hidden="true">
    ${axis.ticks.map(({ at, label }) => svg`<text class="middle" x=${place(at, axis)} y="11">${label}</text>`)}
  </svg>`;
}

/** A dot with its interval in a table's row. The numbers stand beside it, so it has no name of its own. */
export function dotInterval({ rate, low, high }: Interval, tone: Tone, axis: DotAxis = percents): TemplateResult {
  return html`<svg class="dots" aria-hidden="true">
    ${axis.ticks.map(
      ({ at }) => svg`<line class="grid" x1=${place(at, axis)} x2=${place(at, axis)} y1="0" y2="100%"></line>`,
    )}
    ${
      Number.isNaN(rate)
        ? ""
        : svg`<line class="whisker tone-${tone}" x1=${place(low, axis)} x2=${place(high, axis)} y1="50%" y2="50%"></line>
          <circle class="dot tone-${tone}" cx=${place(rate, axis)} cy="50%" r="4"></circle>`
    }
  </svg>`;
}

function place(value: number, { from, to }: DotAxis): string {
  return `${(Math.min(1, Math.max(0, (value - from) / (to - from))) * 100).toFixed(2)}%`;
}
