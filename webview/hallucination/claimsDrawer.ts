import { html, nothing, type TemplateResult } from "lit";
import { checkbox } from "../ui/checkbox";
import { textOf } from "../ui/controls";
import { count } from "../ui/format";
import { helperField } from "./helperField";
import type { Probe } from "./probe";
import type { ClaimView, Source } from "./setup";

type Claims = Extract<Source, { kind: "claims" }>;

/** The sentences of a text with the question each answers: each can be changed, or left out. */
export function claimsDrawer(panel: Probe, source: Claims): TemplateResult {
  const { setup, models, busy } = panel.state;
  return html`<div class="row wrap fields">
      <vscode-button appearance="secondary" id="use-editor" title="The selection, or the whole file where nothing is selected" @click=${() => panel.do("useEditor")}>
        Take the editor’s text
      </vscode-button>
      <div class="fld line">
        <label for="pasted">or paste one</label>
        <vscode-text-field
          id="pasted"
          aria-label="A text whose claims are asked about"
          placeholder="Paste, then Enter"
          @keydown=${(event: KeyboardEvent) => {
            const text = textOf(event).trim();
            if (event.key !== "Enter" || text === "") return;
            event.preventDefault();
            event.stopPropagation();
            panel.do("useText", text);
          }}
        ></vscode-text-field>
      </div>
      <span class="sp"></span>
      ${helperField(panel, "writer", "Questions by", setup.writer, models.writer, { same: "Same model", none: "Rules" })}
      ${
        setup.writer.kind === "none"
          ? nothing
          : html`<vscode-button appearance="secondary" id="write-questions" ?disabled=${busy !== null || source.claims.length === 0} @click=${() => panel.do("writeQuestions")}>
              Write the questions
            </vscode-button>`
      }
    </div>
    ${
      source.claims.length === 0
        ? html`<p class="muted">Each sentence of a text becomes a question, and what the sentence says its answer.</p>`
        : html`<ol class="claims" aria-label="Claims">
            ${source.claims.map((claim, index) => claimRow(panel, source, claim, index))}
          </ol>`
    }`;
}

const writers = { rule: "by rule", writer: "by the writer", person: "by hand" } as const;

function claimRow(panel: Probe, source: Claims, claim: ClaimView, index: number): TemplateResult {
  // What holds when something is changed, not when this was drawn: two changes may come within a frame.
  const set = (change: Partial<ClaimView>) => {
    const now = panel.state.setup.source;
    const { claims } = now.kind === "claims" ? now : source;
    panel.set({
      source: { ...source, claims: claims.map((each, at) => (at === index ? { ...each, ...change } : each)) },
    });
  };
  return html`<li>
    ${checkbox({
      label: html`<span class="sr">Ask about claim ${count(index + 1)}</span>`,
      read: () => {
        const now = panel.state.setup.source;
        return now.kind === "claims" ? (now.claims[index]?.on ?? false) : claim.on;
      },
      change: (on) => set({ on }),
    })}
    <p class="claim-text">${claim.text}</p>
    <vscode-text-field
      aria-label="Question of claim ${count(index + 1)}"
      .value=${claim.question}
      @change=${(event: Event) => {
        const question = textOf(event);
        if (question !== claim.question) set({ question, by: "person" });
      }}
    ></vscode-text-field>
    <vscode-text-field
      aria-label="Answer of claim ${count(index + 1)}"
      title="The reference; empty for none"
      .value=${claim.answer}
      @change=${(event: Event) => {
        const answer = textOf(event);
        if (answer !== claim.answer) set({ answer });
      }}
    ></vscode-text-field>
    <span class="small muted">${writers[claim.by]}</span>
  </li>`;
}
