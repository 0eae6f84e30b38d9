import { html, type TemplateResult } from "lit";

/** Paths in a 16-unit box; always beside a word or on a named button. */
const paths = {
  link: "M9 2.5h4.5V7M13.5 2.5 7 9M11 9.5v4H2.5V5H6.5",
  up: "M8 13V3m-4 4 4-4 4 4",
  down: "M8 3v10m-4-4 4 4 4-4",
  add: "M8 3v10M3 8h10",
  remove: "m4 4 8 8m0-8-8 8",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
} as const;

export function icon(name: keyof typeof paths): TemplateResult {
  return html`<svg class="i" viewBox="0 0 16 16" aria-hidden="true"><path d=${paths[name]}></path></svg>`;
}
