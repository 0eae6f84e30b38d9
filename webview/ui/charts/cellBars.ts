import { html, nothing, svg, type TemplateResult } from "lit";

/** The hatching of removed mass; once in a page, before any bar. */
export function hatchPattern(): TemplateResult {
  return html`<svg class="sr" width="0" height="0" aria-hidden="true">
    <defs>
      <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="hatch-lines" width="1.6" height="5"></rect>
      </pattern>
    </defs>
  </svg>`;
}

export interface BarParts {
  /** All in shares of the cell's width, 0 to 1. */
  readonly fill?: number;
  /** Removed mass, hatched, after the fill. */
  readonly removed?: number;
  /** Where the bar before it ended. */
  readonly tick?: number;
  readonly look?: "plain" | "final" | "soft";
  /** The bar is longer than the axis: drawn to its end, with a cut. */
  readonly cut?: boolean;
}

/** A bar in a table's row. The number stands beside it, so it has no name of its own. */
export function cellBar({ fill = 0, removed = 0, tick, look = "plain", cut = false }: BarParts): TemplateResult {
  return html`<svg class="cellbar" aria-hidden="true">
    ${fill > 0 ? svg`<rect class="fill ${look}" y="3" height="10" width=${share(Math.max(fill, 0.004))}></rect>` : nothing}
    ${
      removed > 0.002
        ? svg`<rect class="hatched" x=${share(fill)} y="3" height="10" width=${share(Math.max(removed, 0.006))}></rect>`
        : nothing
    }
    ${cut ? svg`<svg class="cut" x="88%" width="10" height="16"><path d="M0 16 5 0M4 16 9 0"></path></svg>` : nothing}
    ${tick === undefined || (tick < 0.006 && fill < 0.006) ? nothing : svg`<line class="tick" x1=${share(tick)} x2=${share(tick)} y1="1" y2="15"></line>`}
  </svg>`;
}

export interface CoinParts {
  /** The share seen, and its interval; shares of the cell's width. */
  readonly seen: number;
  readonly low: number;
  readonly high: number;
  /** Where 95 % of fair draws fall. */
  readonly fairLow: number;
  readonly fairHigh: number;
}

/** What was drawn (a dot with its interval) on where a fair coin's draws fall (a block). */
export function coinBar({ seen, low, high, fairLow, fairHigh }: CoinParts): TemplateResult {
  return html`<svg class="cellbar" aria-hidden="true">
    <rect class="fair" x=${share(fairLow)} y="3" height="10" width=${share(Math.max(0.006, fairHigh - fairLow))}></rect>
    <line class="whisker" x1=${share(low)} x2=${share(high)} y1="8" y2="8"></line>
    <circle class="dot" cx=${share(seen)} cy="8" r="3"></circle>
  </svg>`;
}

function share(value: number): string {
  return `${(Math.min(1, Math.max(0, value)) * 100).toFixed(2)}%`;
}
