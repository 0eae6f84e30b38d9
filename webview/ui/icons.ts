import { html, type TemplateResult } from "lit";

/** Paths in a 16-unit box; always beside a word or on a named button. */
const paths = {
  link: "M9 2.5h4.5V7M13.5 2.5 7 9M11 9.5v4H2.5V5H6.5",
  up: "M8 13V3m-4 4 4-4 4 4",
  down: "M8 3v10m-4-4 4 4 4-4",
  add: "M8 3v10M3 8h10",
  remove: "m4 4 8 8m0-8-8 8",
  back: "M5.5 3 2.5 6l3 3M2.5 6h6.5a4 4 0 0 1 0 8H6",
  run: "M4.5 2.5v11l9-5.5z",
  expand: "m4 6 4 4 4-4",
  warning: "M8 2 14.5 13.5h-13zM8 6.5v3.5M8 11.8v.1",
  failed: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM5.8 5.8l4.4 4.4m0-4.4-4.4 4.4",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
} as const;

export function icon(name: keyof typeof paths): TemplateResult {
  return html`<svg class="i" viewBox="0 0 16 16" aria-hidden="true"><path d=${paths[name]}></path></svg>`;
}
