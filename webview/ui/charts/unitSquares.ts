import { html, svg, type TemplateResult } from "lit";

/** So many squares can be counted at a glance; more are a bar. */
const mostSquares = 20;
const size = 10;

/**
 * A count of a few as squares, one for each, filled up to `count`: "3 of 10" that can be seen. More than twenty become a bar
 * of the same width. The number stands beside it, so it has no name of its own.
 */
export function unitSquares(count: number, total: number, look: "plain" | "muted" = "plain"): TemplateResult {
  const shown = Math.min(total, mostSquares);
  const width = Math.max(1, shown * (size + 1));
  if (total > mostSquares) {
    return html`<svg class="squares" width=${width} height="12" aria-hidden="true">
      <rect class="empty" x="0.5" y="1.5" width=${width - 1} height="9"></rect>
      <rect class="full ${look}" y="1" width=${(width * count) / total} height="10"></rect>
    </svg>`;
  }
  return html`<svg class="squares" width=${width} height="12" aria-hidden="true">
    ${Array.from({ length: shown }, (_, at) =>
      at < count
        ? svg`<rect class="full ${look}" x=${at * (size + 1)} y="1" width=${size} height="10"></rect>`
        : svg`<rect class="empty" x=${at * (size + 1) + 0.5} y="1.5" width=${size - 1} height="9"></rect>`,
    )}
  </svg>`;
}
