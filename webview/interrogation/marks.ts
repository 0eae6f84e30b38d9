import { html, type TemplateResult } from "lit";
import type { Decision } from "../../src/experiments/interrogation/report";
import type { Mark } from "../../src/experiments/interrogation/spec";

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

/** A tick, a cross or a dash, and a dot while it is not marked: colour is never alone. */
export function markSign(mark: Mark | null, name = mark === null ? "not marked yet" : markNames[mark]): TemplateResult {
  return html`<span class="mk ${mark ?? "unmarked"}" role="img" aria-label=${name}
    ><svg viewBox="0 0 16 16" aria-hidden="true"><path d=${mark === null ? "M8 8h.01" : paths[mark]}></path></svg
  ></span>`;
}

export const decisionNames: Readonly<Record<Decision["decision"], string>> = {
  keep: "keep the answer",
  refuse: "teach “I don’t know”",
  leaveOut: "leave out",
};

/** A disc for an answer that stays, a square for a refusal, a ring for what is left out; the words stand beside it. */
export function decisionSign(decision: Decision["decision"]): TemplateResult {
  return html`<span class="dd ${decision}" aria-hidden="true"></span>`;
}
