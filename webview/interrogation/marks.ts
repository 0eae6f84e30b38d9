import { html, type TemplateResult } from "lit";
import type { Mark } from "../../src/experiments/interrogation/spec";
import type { DecisionKind } from "./review";

const paths: Readonly<Record<Mark, string>> = {
  right: "m3 8.5 3.5 3.5L13 4.5",
  wrong: "m4 4 8 8m0-8-8 8",
  uninformative: "M4 8h8",
};

export const markNames: Readonly<Record<Mark, string>> = {
  right: "right",
  wrong: "wrong, informative",
  uninformative: "not informative",
};

/** The mark that a key press changes a mark to: right, wrong, not informative, and round again. */
export function nextMark(mark: Mark | null): Mark {
  const order: readonly Mark[] = ["right", "wrong", "uninformative"];
  return order[mark === null ? 0 : (order.indexOf(mark) + 1) % order.length]!;
}

/** A tick, a cross or a dash, and a dot while it is not marked: colour is never alone. */
export function markSign(mark: Mark | null): TemplateResult {
  return html`<span class="mk ${mark ?? "unmarked"}" role="img" aria-label=${mark === null ? "not marked yet" : markNames[mark]}
    ><svg viewBox="0 0 16 16" aria-hidden="true"><path d=${mark === null ? "M8 8h.01" : paths[mark]}></path></svg
  ></span>`;
}

/** A disc for an answer that stays, a square for a refusal, a ring for what is left out; the words stand beside it. */
export function decisionSign(decision: DecisionKind): TemplateResult {
  return html`<span class="dd ${decision}" aria-hidden="true"></span>`;
}
