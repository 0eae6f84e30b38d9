import { html, nothing, type TemplateResult } from "lit";
import { textOf } from "../ui/controls";
import { pills } from "../ui/fields";
import { plural } from "../ui/format";
import { icon } from "../ui/icons";
import type { Arena } from "./arena";
import type { Prompts } from "./setup";

/** Where the prompts come from. */
export function promptsDrawer(panel: Arena): TemplateResult {
  const { prompts } = panel.state.setup;
  const kinds: readonly { readonly value: Prompts["kind"]; readonly label: string; readonly hint?: string }[] = [
    { value: "typed", label: "Written here" },
    {
      value: "file",
      label: "A file…",
      hint: "One a line, JSON Lines with “prompt”, or Markdown with a section for each",
    },
    ...(panel.state.run ? [{ value: "run" as const, label: "Those of the run below" }] : []),
  ];
  return html`<div class="row wrap">
      ${pills("Prompts", kinds, prompts.kind, (kind) => choose(panel, kind))}
      <span class="sp"></span>
      <button class="link" id="use-editor" title="The selection, or the section around the cursor" @click=${() => panel.do("useEditor")}>
        Use the editor’s text
      </button>
    </div>
    ${body(panel, prompts)}`;
}

function choose(panel: Arena, kind: Prompts["kind"]): void {
  if (kind === "typed") panel.set({ prompts: { kind: "typed", texts: [""], from: null } });
  else if (kind === "run") panel.set({ prompts: { kind: "run" } });
  else panel.do("openPrompts");
}

function body(panel: Arena, prompts: Prompts): TemplateResult {
  switch (prompts.kind) {
    case "typed":
      return typed(panel, prompts);
    case "file": {
      const { count, problem } = panel.state.prompts;
      return html`<div class="row wrap">
          <p><b>${prompts.name}</b> <span class="muted">${plural(count, "prompt")}</span></p>
          <button class="link" id="other-file" @click=${() => panel.do("openPrompts")}>Another file…</button>
        </div>
        ${count === 0 && problem ? html`<p class="caution-mark" role="note">${problem}</p>` : nothing}`;
    }
    case "run":
      return html`<p class="muted">The same prompts as in the run below.</p>`;
  }
}

function typed(panel: Arena, { texts, from }: Extract<Prompts, { kind: "typed" }>): TemplateResult {
  // What holds when something is changed, not when this was drawn.
  const now = (): readonly string[] => {
    const { prompts } = panel.state.setup;
    return prompts.kind === "typed" ? prompts.texts : texts;
  };
  const set = (next: string[], place: string | null) =>
    panel.set({ prompts: { kind: "typed", texts: next, from: place } });
  return html`${texts.map(
    (text, place) => html`<div class="row prompt-row">
        <div class="fld wide sp">
          <label for="prompt-${place}">Prompt${texts.length > 1 ? ` ${place + 1}` : ""}${place === 0 && from !== null ? `, from ${from}` : ""}</label>
          <vscode-text-area
            id="prompt-${place}"
            aria-label="Prompt ${place + 1}"
            rows="2"
            resize="vertical"
            .value=${text}
            @change=${(event: Event) => {
              const typedText = textOf(event);
              if (typedText !== now()[place]) set(now().with(place, typedText), place === 0 ? null : from);
            }}
          ></vscode-text-area>
        </div>
        ${
          texts.length > 1
            ? html`<button
                class="mini"
                aria-label="Remove prompt ${place + 1}"
                title="Remove prompt ${place + 1}"
                @click=${() => set(now().toSpliced(place, 1), place === 0 ? null : from)}
              >
                ${icon("remove")}
              </button>`
            : nothing
        }
      </div>`,
  )}
    <p><button class="link" id="add-prompt" @click=${() => set([...now(), ""], from)}>One more prompt</button></p>`;
}
