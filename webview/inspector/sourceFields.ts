import { html, nothing, type TemplateResult } from "lit";
import { textOf } from "../ui/controls";
import { dropdown, type Option } from "../ui/fields";
import { icon } from "../ui/icons";
import type { Inspector } from "./inspector";
import type { PanelState } from "./protocol";
import { keptUnits } from "./state";

const sources: readonly (Option & { readonly value: PanelState["source"] })[] = [
  { value: "file", label: "Whole file" },
  { value: "selection", label: "Selection" },
  { value: "typed", label: "Typed text" },
];

/** Where the text comes from, and which document it is linked to. */
export function sourceFields(inspector: Inspector): TemplateResult {
  const { source } = inspector.state;
  return html`${dropdown("source", "Text", sources, source, (value) => {
    const found = sources.find((option) => option.value === value);
    if (found) inspector.set({ source: found.value });
  })}${linked(inspector)}`;
}

/** Tokenizers first, then models; models that are estimated say so. */
export function tokenizerOptions({ choices }: Inspector): Option[] {
  return choices.map(({ name, label, estimate }) => ({ value: name, label: estimate ? `≈ ${label}` : label }));
}

export function linked({ summary }: Inspector): TemplateResult | typeof nothing {
  if (!summary?.document) return nothing;
  const { document } = summary;
  return html`<div class="fld">
    <span class="lab" id="linked-label">Linked to</span>
    <span class="linked" title=${document.uri}>${icon("link")}<span>${document.label}</span></span>
  </div>`;
}

/** Where text is typed. */
export function typedText(inspector: Inspector): TemplateResult | typeof nothing {
  const { source, typed } = inspector.state;
  if (source !== "typed") return nothing;
  const kept =
    typed.length > keptUnits
      ? html`<p class="small muted">More than ${keptUnits.toLocaleString("en-US")} characters: shown, but not kept over a reload.</p>`
      : nothing;
  return html`<div class="typed">
    <vscode-text-area
      id="typed"
      aria-label="Text to tokenize"
      placeholder="Type or paste a text"
      rows="4"
      resize="vertical"
      data-region
      .value=${typed}
      @input=${(event: Event) => inspector.setTyped(textOf(event))}
    ></vscode-text-area>
    ${kept}
  </div>`;
}
