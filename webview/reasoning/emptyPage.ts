import { html, nothing, type TemplateResult } from "lit";
import { recentRuns } from "../runs/recentRuns";
import { costWords, stayingWords } from "../runs/words";
import { count } from "../ui/format";
import type { Reasoning } from "./reasoning";

/** What the panel is for and three ways in, each with what it costs. */
export function emptyPage(panel: Reasoning): TemplateResult {
  const { questions, forecast, recent, models, judge, setup } = panel.state;
  const ready = panel.canRun;
  const cost = forecast ? `${costWords(forecast)}${stayingWords([...models, judge])}` : "";
  const one = setup.source.kind === "one" && questions.count === 1;
  const what = one
    ? "Run on this question"
    : `Run on ${count(questions.count)} ${setup.source.kind === "generated" ? "generated problems" : "questions"}`;
  return html`<section class="empty-page card" aria-label="Start" data-region>
    <h2 class="empty-title">Does thinking step by step help here?</h2>
    <p class="muted">
      Asks the same questions with and without written steps, and says what the difference is, how sure it is, and what it
      costs.
    </p>
    ${one ? html`<blockquote class="question-preview">${questions.first?.text ?? ""}</blockquote>` : nothing}
    <div class="ways">
      ${
        questions.count > 0
          ? html`<vscode-button id="empty-run" ?disabled=${!ready} @click=${() => panel.run()}>${what}</vscode-button>
              <span class="muted">${models[0]?.name ?? ""}${cost === "" ? "" : `, ${cost}`}</span>`
          : nothing
      }
      <vscode-button
        appearance="secondary"
        id="empty-one"
        @click=${() => {
          panel.set({ source: { kind: "one", text: "", answer: "", from: null } });
          panel.setView({ drawer: "questions" });
        }}
        >Ask one question</vscode-button
      >
      <span class="muted">or select one in a file and choose “Compare step by step with answer first” from its menu</span>
      <vscode-button
        appearance="secondary"
        id="empty-generated"
        @click=${() => panel.setView({ drawer: "questions" })}
        >Choose problems…</vscode-button
      >
      <span class="muted">generated word problems of known difficulty, with checked answers</span>
      <vscode-button appearance="secondary" id="empty-file" @click=${() => panel.do("openQuestions")}>Open questions…</vscode-button>
      <span class="muted">JSONL or CSV with “question” and “answer”</span>
    </div>
    ${recentRuns(panel, recent.slice(0, 5))}
  </section>`;
}
