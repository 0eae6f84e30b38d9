import { html, type TemplateResult } from "lit";
import { isBoxed } from "../ui/textMeasure";
import type { Run } from "../ui/tokenText";

/** Runs of a token outside the strip. */
export function runsTemplate(runs: readonly Run[]): TemplateResult {
  return html`${runs.map((run) =>
    run.kind === "text" ? run.text : html`<span class=${isBoxed(run) ? "box" : "mark"}>${run.text}</span>`,
  )}`;
}
