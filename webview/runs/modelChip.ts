import { html, type TemplateResult } from "lit";
import { icon } from "../ui/icons";
import type { ModelView } from "./state";

export interface ModelChip {
  /** Of the button; its label and name are "ID-label" and "ID-name". */
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly hint: string;
  pick(): void;
}

/** The model that is chosen, or that one is to be chosen. */
export function chosenModelChip(
  model: ModelView | null | undefined,
  { id, label, pick }: Pick<ModelChip, "id" | "label" | "pick">,
): TemplateResult {
  const name = model?.name || "Choose a model…";
  const build = model?.build ? `, ${model.build}` : "";
  return modelChip({
    id,
    label: `${label}${model && !model.present ? " · not here" : ""}`,
    name,
    hint: model ? `${name}${build}. Choose another one` : "Choose a model",
    pick,
  });
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
