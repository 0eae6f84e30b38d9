import { html, type TemplateResult } from "lit";
import { tokenView } from "../ui/tokenView";
import type { RunningAnswer } from "./questions";

/** An answer while it is being written: plain text is one text node, however long, so that a frame stays short. */
export function runningText({ tokens }: RunningAnswer, paint: "none" | "tokens"): TemplateResult {
  return html`<p class="running-text" aria-live="off">${
    paint === "none"
      ? tokens.join("")
      : tokens.map((text, index) => html`<span class="tk b${index % 6}">${tokenView({ text })}</span>`)
  }<span class="caret" aria-hidden="true"></span></p>`;
}
