/** Fields of the settings that several panels have. */
import { html, nothing, type TemplateResult } from "lit";
import { checkbox } from "../ui/checkbox";
import { textOf } from "../ui/controls";

/** Takes the last change of the setup back. */
export function undoSetupButton(
  panel: { do(method: "undoSetup"): void },
  canUndo: boolean,
): TemplateResult | typeof nothing {
  if (!canUndo) return nothing;
  return html`<button class="link" id="undo-setup" @click=${() => panel.do("undoSetup")}>Undo the last change</button>`;
}

/** `read`: how it stands now, also when a change comes later. */
export function chatField(read: () => boolean, set: (chat: boolean) => void): TemplateResult {
  return checkbox({
    label: "Ask in the chat template, where there is one",
    id: "chat",
    hint: "Off: the question is put into a plain document, as for a base model",
    read,
    change: set,
  });
}

export function systemField(system: string, set: (system: string) => void): TemplateResult {
  return html`<div class="fld wide">
    <label for="system">System message, for chat models</label>
    <vscode-text-area
      id="system"
      aria-label="System message, for chat models"
      rows="2"
      resize="vertical"
      placeholder="none"
      .value=${system}
      @change=${(event: Event) => set(textOf(event))}
    ></vscode-text-area>
  </div>`;
}

interface LimitField {
  readonly id: string;
  /** Width in characters. */
  readonly size: number;
  /** Null for all. */
  readonly limit: number | null;
  set(limit: number | null): void;
  fail(error: Error): void;
}

/** How many questions of a file or set are asked. */
export function limitField({ id, size, limit, set, fail }: LimitField): TemplateResult {
  return html`<div class="fld">
    <label for=${id}>Only the first</label>
    <vscode-text-field
      id=${id}
      size=${size}
      aria-label="Only the first questions; empty for all"
      placeholder="all"
      .value=${limit === null ? "" : String(limit)}
      @change=${(event: Event) => {
        const typed = textOf(event).trim();
        const wanted = Number(typed);
        if (typed === "") set(null);
        else if (Number.isInteger(wanted) && wanted > 0) set(wanted);
        else fail(new Error("“Only the first” takes a whole number above 0, or nothing for all."));
      }}
    ></vscode-text-field>
  </div>`;
}
