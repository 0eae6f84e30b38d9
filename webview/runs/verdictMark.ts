import { html, type TemplateResult } from "lit";
import type { Verdict } from "../../src/experiments/graders/grade";

const paths: Readonly<Record<Verdict, string>> = {
  right: "m3 8.5 3.5 3.5L13 4.5",
  wrong: "m4 4 8 8m0-8-8 8",
  unparsed: "M4 8h8",
  refused: "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3zM4.5 11.5l7-7",
};

/** A tick, a cross, a dash or a barred ring: colour is never alone. */
export function verdictMark(verdict: Verdict): TemplateResult {
  return html`<span class="mk ${verdict}" role="img" aria-label=${verdict}
    ><svg viewBox="0 0 16 16" aria-hidden="true"><path d=${paths[verdict]}></path></svg
  ></span>`;
}
