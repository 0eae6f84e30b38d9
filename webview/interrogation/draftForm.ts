import { html, nothing, type TemplateResult } from "lit";
import { commitField } from "../ui/commitField";
import { labelledWhole } from "../ui/slider";
import type { Interrogation } from "./interrogation";
import type { Draft } from "./view";

/** The fields of a question that is being written or fixed. Enter keeps it, Escape leaves it as it was. */
export function draftForm(panel: Interrogation, draft: Draft): TemplateResult {
  const added = draft.question === null;
  const field = (id: string, label: string, value: string, edit: (value: string) => void) => html`<div class="fld wide">
    <label for=${id}>${label}</label>
    <input
      class="text-field"
      id=${id}
      type="text"
      maxlength="10000"
      .value=${value}
      aria-invalid=${draft.error === undefined ? nothing : "true"}
      aria-describedby=${draft.error === undefined ? nothing : "draft-error"}
      @input=${(event: Event) => edit((event.target as HTMLInputElement).value)}
    />
  </div>`;
  return html`<form
    class="draft"
    aria-label=${added ? "A question of your own" : "Fix the question"}
    @submit=${(event: Event) => event.preventDefault()}
    @keydown=${(event: KeyboardEvent) => keys(event, panel)}
  >
    ${
      added
        ? labelledWhole({
            ...{ id: "draft-line", label: "About line", value: draft.line, min: 1, max: 1_000_000 },
            change: (line) => panel.editDraft({ line }),
          })
        : nothing
    }
    ${field("draft-text", "Question", draft.text, (text) => panel.editDraft({ text }))}
    ${field("draft-answer", "Answer, in the file’s words", draft.answer, (answer) => panel.editDraft({ answer }))}
    ${draft.error === undefined ? nothing : html`<p class="small wrong" id="draft-error" role="alert">${draft.error}</p>`}
    <div class="row wrap">
      <vscode-button appearance="secondary" id="save-draft" title="Enter" @click=${() => panel.watch(panel.saveDraft())}
        >${added ? "Add" : "Save"}</vscode-button
      >
      <button type="button" class="link" id="cancel-draft" title="Esc" @click=${() => panel.cancelDraft()}>Cancel</button>
      <span class="small muted">${added ? "It is asked like the others." : "Another wording is asked anew; another answer is only marked anew."}</span>
    </div>
  </form>`;
}

function keys(event: KeyboardEvent, panel: Interrogation): void {
  if (event.key === "Escape") panel.cancelDraft();
  else if (event.key === "Enter" && (event.target as Element).matches("input")) {
    commitField();
    panel.watch(panel.saveDraft());
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
