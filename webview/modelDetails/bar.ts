import { svg, type TemplateResult } from "lit";

/** A bar for a share of one, as wide as its cell; the number stands beside it. */
export function bar(share: number): TemplateResult {
  const width = Math.max(0, Math.min(100, share * 100));
  return svg`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" x="0" y="9" width="100" height="1"></rect>
    <rect class="fill" x="0" y="0" width=${Math.max(width, share > 0 ? 0.5 : 0)} height="10"></rect>
  </svg>`;
}
