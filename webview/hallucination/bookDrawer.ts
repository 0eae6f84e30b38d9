import { html, nothing, type TemplateResult } from "lit";
import { checkbox } from "../ui/checkbox";
import { textOf } from "../ui/controls";
import { count, plural } from "../ui/format";
import type { Probe } from "./probe";
import type { Setup } from "./setup";

type Books = NonNullable<Setup["books"]>;

/** The page that is put before the question, and what is changed on it for the misleading one. */
export function bookDrawer(panel: Probe): TemplateResult {
  const { books } = panel.state.setup;
  return html`<p class="muted">
      Asked from memory, then again with a page before the question, and with a fact of the page changed: memory against the
      page, and which wins.
    </p>
    <div class="row wrap fields">
      <vscode-button appearance="secondary" id="page-editor" title="The selection, or the file where nothing is selected" @click=${() => panel.do("pickPage", "editor")}>
        Take the editor’s text
      </vscode-button>
      <vscode-button appearance="secondary" id="page-file" @click=${() => panel.do("pickPage", "file")}>A file…</vscode-button>
      ${
        books
          ? html`<span class="of-source">${shown(panel, books)}</span>
              <button class="link" id="no-book" @click=${() => panel.set({ books: null })}>Closed book only</button>`
          : nothing
      }
    </div>
    <div class="fld wide">
      <label for="page-text">or type it</label>
      <vscode-text-area
        id="page-text"
        aria-label="Text of the page"
        rows="3"
        resize="vertical"
        placeholder="Orson Kovacs is the keeper of the Sandrey light."
        .value=${books?.page.kind === "text" ? books.page.text : ""}
        @change=${(event: Event) => setText(panel, textOf(event))}
      ></vscode-text-area>
    </div>
    ${books ? misleading(panel, books) : nothing}`;
}

function setText(panel: Probe, text: string): void {
  const { books } = panel.state.setup;
  if (text.trim() === "") {
    if (books?.page.kind === "text") panel.set({ books: null });
    return;
  }
  const page = { kind: "text", text, name: "typed page" } as const;
  panel.set({ books: books ? { ...books, page } : { page, misleading: true, change: null } });
}

function shown(panel: Probe, { page }: Books): TemplateResult {
  const { book } = panel.state.asked;
  return html`<b>${page.name}</b>
    ${book ? html`<span class="muted">${plural(book.characters, "character")}; the answer to ${count(book.holds)} of ${plural(panel.state.asked.questions, "question")} stands there</span>` : nothing}
    ${book?.problem ? html`<span class="caution-mark">${book.problem}</span>` : nothing}`;
}

function misleading(panel: Probe, books: Books): TemplateResult {
  const now = () => panel.state.setup.books ?? books;
  const change = books.change ?? { from: "", to: "" };
  const found = panel.state.asked.book?.change;
  const set = (part: Partial<typeof change>) => {
    const next = { ...(now().change ?? { from: "", to: "" }), ...part };
    panel.set({ books: { ...now(), change: next.from.trim() === "" && next.to.trim() === "" ? null : next } });
  };
  return html`<div class="row wrap fields">
    ${checkbox({
      label: "Ask with a fact of the page changed, too",
      id: "misleading",
      read: () => now().misleading,
      change: (on) => panel.set({ books: { ...now(), misleading: on } }),
    })}
    ${
      books.misleading
        ? html`<div class="fld">
              <label for="change-from">Change</label>
              <vscode-text-field
                id="change-from"
                aria-label="What is changed on the page"
                placeholder=${found?.from ?? "the answer’s words"}
                .value=${change.from}
                @change=${(event: Event) => set({ from: textOf(event) })}
              ></vscode-text-field>
            </div>
            <div class="fld">
              <label for="change-to">into</label>
              <vscode-text-field
                id="change-to"
                aria-label="What it is changed into"
                placeholder=${found?.to ?? "another name or number"}
                .value=${change.to}
                @change=${(event: Event) => set({ to: textOf(event) })}
              ></vscode-text-field>
            </div>`
        : nothing
    }
  </div>`;
}
