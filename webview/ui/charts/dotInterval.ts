import { html, svg, type TemplateResult } from "lit";
import type { Tone } from "./lineChart";

/** A share with its interval, all 0 to 1. */
export interface Interval {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

const ticks = [0, 25, 50, 75, 100];

/** The axis above `dotInterval`s, in percent; each stands in a cell as wide as this one's. */
export function percentAxis(): TemplateResult {
  return html`<svg class="dots axis" aria-hidden="true">
    ${ticks.map((tick) => svg`<text class="middle" x="${tick}%" y="11">${tick}</text>`)}
  </svg>`;
}

/** A dot with its interval in a table's row. The numbers stand beside it, so it has no name of its own. */
export function dotInterval({ rate, low, high }: Interval, tone: Tone): TemplateResult {
  return html`<svg class="dots" aria-hidden="true">
    ${ticks.map((tick) => svg`<line class="grid" x1="${tick}%" x2="${tick}%" y1="0" y2="100%"></line>`)}
    ${
      Number.isNaN(rate)
        ? ""
        : svg`<line class="whisker tone-${tone}" x1=${place(low)} x2=${place(high)} y1="50%" y2="50%"></line>
          <circle class="dot tone-${tone}" cx=${place(rate)} cy="50%" r="4"></circle>`
    }
  </svg>`;
}

function place(share: number): string {
  return `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`;
}
