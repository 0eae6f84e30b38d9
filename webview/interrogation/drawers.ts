import { html, nothing, type TemplateResult } from "lit";
import { samplerFields } from "../runs/samplerFields";
import { chatField, undoSetupButton } from "../runs/setupFields";
import { count, plural } from "../ui/format";
import { labelledNumber, type NumberSetting } from "../ui/slider";
import type { Interrogation } from "./interrogation";

/** The part of the settings that is unfolded. */
export function drawer(panel: Interrogation): TemplateResult | typeof nothing {
  const { drawer: part } = panel.view;
  if (part === "none" || (panel.state.run !== null && !panel.unfolded)) return nothing;
  return html`<section class="card drawer" id="drawer" aria-label=${part === "texts" ? "Texts" : "More settings"} data-region>
    ${part === "texts" ? texts(panel) : more(panel)}
  </section>`;
}

/** At most so many file names are listed. */
const mostNames = 12;

function texts(panel: Interrogation): TemplateResult {
  const { source, run } = panel.state;
  const choose = (kind: "editor" | "files" | "folder" | "facts", text: string, hint: string) =>
    html`<vscode-button appearance="secondary" id="choose-${kind}" title=${hint} @click=${() => panel.do("chooseSource", kind)}
      >${text}</vscode-button
    >`;
  return html`<div class="row wrap">
      ${choose("files", "Files…", "Texts to ask about")} ${choose("folder", "A folder…", "The texts in it and below it")}
      ${choose("facts", "Facts…", "JSON Lines or CSV with “question” and “answer”: nothing is written then")}
      ${choose("editor", "The editor’s text", "What the last text editor shows")}
      ${
        run && panel.state.setup.source.kind !== "run"
          ? html`<button class="link" id="runs-texts" title="Takes the texts and settings of the run below" @click=${() => panel.do("useRunsSetup")}>
              Those of the run below
            </button>`
          : nothing
      }
    </div>
    ${
      source.files.length > 0
        ? html`<ul class="file-list small">
            ${source.files
              .slice(0, mostNames)
              .map(
                ({ name, snippets, characters }) =>
                  html`<li>${name} <span class="muted num">${plural(snippets, "snippet")}, ${plural(characters, "character")}</span></li>`,
              )}
            ${source.files.length > mostNames ? html`<li class="muted">and ${plural(source.files.length - mostNames, "more file")}</li>` : nothing}
          </ul>`
        : nothing
    }
    ${
      source.refused.length > 0
        ? html`<details class="small">
            <summary class="muted">${plural(source.refused.length, "file")} left out</summary>
            <ul class="file-list">
              ${source.refused.slice(0, 200).map(({ name, why }) => html`<li>${name} <span class="muted">${why}</span></li>`)}
              ${source.refused.length > 200 ? html`<li class="muted">and ${count(source.refused.length - 200)} more</li>` : nothing}
            </ul>
          </details>`
        : nothing
    }`;
}

function more(panel: Interrogation): TemplateResult {
  const { setup, canUndo } = panel.state;
  const rows: readonly NumberSetting[] = [
    {
      id: "snippet-tokens",
      label: "Tokens a snippet",
      value: setup.snippetTokens,
      min: 16,
      max: 8192,
      step: 10,
      hint: "Most tokens of a snippet; headings begin a new one",
      change: (value) => panel.set({ snippetTokens: Math.round(value) }),
    },
    {
      id: "questions-each",
      label: "Questions a snippet",
      value: setup.questionsEach,
      min: 1,
      max: 50,
      step: 1,
      hint: "Most questions about a snippet",
      change: (value) => panel.set({ questionsEach: Math.round(value) }),
    },
    {
      id: "consistent",
      label: "Consistent from, %",
      value: Math.round(setup.consistent * 100),
      min: 51,
      max: 100,
      step: 1,
      hint: "Share of right answers from which the answer is kept, and of wrong ones from which “I don’t know” is taught",
      change: (value) => panel.set({ consistent: value / 100 }),
    },
    {
      id: "max-tokens",
      label: "Tokens an answer",
      value: setup.maxTokens,
      min: 1,
      max: 4096,
      step: 8,
      hint: "An answer ends there",
      change: (value) => panel.set({ maxTokens: Math.round(value) }),
    },
  ];
  return html`<div class="row wrap fields">
      ${rows.map(labelledNumber)}
      ${samplerFields(
        () => panel.state.setup,
        (change) => panel.set(change),
      )}
      ${chatField(
        () => panel.state.setup.chat,
        (chat) => panel.set({ chat }),
      )}
    </div>
    ${undoSetupButton(panel, canUndo)}`;
}
