import { html, type TemplateResult } from "lit";
import { icon } from "../ui/icons";

export interface ModelChip {
  /** Of the button; its label and name are "ID-label" and "ID-name". */
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly hint: string;
  pick(): void;
}

/** A model under its label, as a button that asks for another one. */
export function modelChip({ id, label, name, hint, pick }: ModelChip): TemplateResult {
  return html`<div class="fld">
    <span class="lab" id="${id}-label">${label}</span>
    <button class="chip picker" id=${id} aria-labelledby="${id}-label ${id}-name" title=${hint} @click=${() => pick()}>
      <span id="${id}-name">${name}</span>${icon("expand")}
    </button>
  </div>`;
}
