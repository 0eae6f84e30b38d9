import { html, type TemplateResult } from "lit";
import type { VerdictClass } from "./items";
import { verdictNames } from "./verdictWords";

const paths: Readonly<Record<VerdictClass, string>> = {
  knows: "m3 8.5 3.5 3.5L13 4.5",
  consistentlyWrong: "m4 4 8 8m0-8-8 8",
  guesses: "M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.8-1.1 1.8M8 12.4v.1",
  saysItDoesNotKnow: "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3zM4.5 11.5l7-7",
  cannotTell: "M4 8h8",
};

/** A tick, a cross, a question mark, a barred ring, a dash: colour is never alone. */
export function knowingMark(verdict: VerdictClass): TemplateResult {
  return html`<span class="mk ${verdict}" role="img" aria-label=${verdictNames[verdict]}
    ><svg viewBox="0 0 16 16" aria-hidden="true"><path d=${paths[verdict]}></path></svg
  ></span>`;
}
