import { html, nothing, svg, type TemplateResult } from "lit";

/** A part of a whole: orange, blue, teal, blue and teal hatched together, or grey. */
export interface BarPart {
  readonly count: number;
  readonly look: "a" | "b" | "d" | "both" | "rest";
}

/** A number stands in its part where it has this share of the bar at least. */
const roomForNumber = 0.1;

/** Counts that make up a whole, side by side with their numbers. Needs `partsPattern` once in the page. */
export function partsBar(name: string, parts: readonly BarPart[]): TemplateResult {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  let from = 0;
  return html`<svg class="parts" role="img" aria-label=${name}>
    ${parts.map(({ count, look }) => {
      if (count === 0) return nothing;
      const [start, share] = [from, count / total];
      from += share;
      return svg`<svg x=${percent(start)} width=${percent(share)}>
        <rect class="part ${look}" x="0" y="1" width="100%" height="14"></rect>
        ${start > 0 ? svg`<line class="gap" x1="0" x2="0" y1="0" y2="16"></line>` : nothing}
        ${share >= roomForNumber ? svg`<text class=${look} x="5" y="12">${count}</text>` : nothing}
      </svg>`;
    })}
  </svg>`;
}

/** The hatching of what is both; once in a page, before any bar. */
export function partsPattern(): TemplateResult {
  return html`<svg class="sr" width="0" height="0" aria-hidden="true">
    <defs>
      <pattern id="both-parts" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="part d" width="8" height="8"></rect>
        <rect class="part b" width="4" height="8"></rect>
      </pattern>
    </defs>
  </svg>`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}
