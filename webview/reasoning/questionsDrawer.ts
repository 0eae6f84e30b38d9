import { html, type nothing, type TemplateResult } from "lit";
import { families } from "../../src/experiments/problems/problem";
import { limitField } from "../runs/setupFields";
import { checkbox } from "../ui/checkbox";
import { textOf } from "../ui/controls";
import { pills } from "../ui/fields";
import { count } from "../ui/format";
import { labelledWhole } from "../ui/slider";
import type { Reasoning } from "./reasoning";
import type { GeneratedSource, Source } from "./setup";

const firstGenerated: GeneratedSource = {
  kind: "generated",
  families: ["fruit prices", "bags and gifts", "chains of comparison", "running calculation"],
  count: 50,
  steps: { from: 1, to: 6 },
  seed: 1,
};

/** Where the questions come from. */
export function questionsDrawer(panel: Reasoning): TemplateResult {
  const { source } = panel.state.setup;
  const kinds: readonly { readonly value: Source["kind"]; readonly label: string; readonly hint?: string }[] = [
    { value: "generated", label: "Generated problems", hint: "Of known difficulty, with checked answers" },
    { value: "one", label: "One question" },
    { value: "file", label: "A file…", hint: "JSON Lines or CSV with “question” and “answer”" },
    ...(panel.state.run ? [{ value: "run" as const, label: "Those of the run below" }] : []),
  ];
  return html`<div class="row wrap">
      ${pills("Questions", kinds, source.kind, (kind) => choose(panel, kind))}
      <span class="sp"></span>
      <button class="link" id="use-editor" title="The selection, or the section around the cursor" @click=${() => panel.do("useEditor")}>
        Use the editor’s text
      </button>
    </div>
    ${body(panel, source)}`;
}

function choose(panel: Reasoning, kind: Source["kind"]): void {
  if (kind === "generated") panel.set({ source: firstGenerated });
  else if (kind === "one") panel.set({ source: { kind: "one", text: "", answer: "", from: null } });
  else if (kind === "run") panel.set({ source: { kind: "run" } });
  else panel.do("openQuestions");
}

function body(panel: Reasoning, source: Source): TemplateResult | typeof nothing {
  switch (source.kind) {
    case "generated":
      return generatedFields(panel, source);
    case "one":
      return oneFields(panel, source);
    case "file":
      return fileFields(panel, source);
    case "run":
      return html`<p class="muted">The same questions as in the run below, so that the two can be compared one by one.</p>`;
  }
}

function generatedFields(panel: Reasoning, source: GeneratedSource): TemplateResult {
  // What holds when something is changed, not when this was drawn: two changes may come within a frame.
  const now = () => (panel.state.setup.source.kind === "generated" ? panel.state.setup.source : source);
  const chosen = () => now().families;
  const set = (change: Partial<GeneratedSource>) => panel.set({ source: { ...now(), ...change } });
  const number = (id: string, label: string, value: number, max: number, change: (value: number) => void, min = 1) =>
    labelledWhole({ id, label, value, min, max, change });
  const { from, to } = source.steps;
  return html`<fieldset class="row wrap checks">
      <legend class="small muted">Kinds of problems</legend>
      ${families.map((family) =>
        checkbox({
          label: family,
          read: () => chosen().includes(family),
          change: (on) => {
            const wanted = families.filter((each) => (each === family ? on : chosen().includes(each)));
            // At least one kind stays: without any there is nothing to generate.
            if (wanted.length > 0) set({ families: wanted });
            else panel.draw();
          },
        }),
      )}
    </fieldset>
    <div class="row wrap fields">
      ${number("problem-count", "Questions", source.count, 10_000, (value) => set({ count: value }))}
      ${number("steps-from", "Steps from", from, 12, (value) => set({ steps: { from: value, to: Math.max(value, to) } }))}
      ${number("steps-to", "to", to, 12, (value) => set({ steps: { from: Math.min(from, value), to: value } }))}
      ${number("problem-seed", "Seed", source.seed, 2 ** 32 - 1, (value) => set({ seed: value }), 0)}
      <p class="small muted hint">The same seed makes the same problems. None of them was in the specimen’s training.</p>
    </div>`;
}

function oneFields(panel: Reasoning, source: Extract<Source, { kind: "one" }>): TemplateResult {
  const set = (change: Partial<typeof source>) => panel.set({ source: { ...source, ...change } });
  return html`<div class="one">
    <div class="fld wide">
      <label for="question-text">Question${source.from === null ? "" : `, from ${source.from}`}</label>
      <vscode-text-area
        id="question-text"
        aria-label="Question"
        rows="3"
        resize="vertical"
        .value=${source.text}
        @change=${(event: Event) => set({ text: textOf(event), from: null })}
      ></vscode-text-area>
    </div>
    <div class="fld">
      <label for="question-answer">Right answer, if known</label>
      <vscode-text-field
        id="question-answer"
        aria-label="Right answer, if known"
        .value=${source.answer}
        @change=${(event: Event) => set({ answer: textOf(event) })}
      ></vscode-text-field>
    </div>
  </div>`;
}

function fileFields(panel: Reasoning, source: Extract<Source, { kind: "file" }>): TemplateResult {
  const { count: all, graded } = panel.state.questions;
  return html`<div class="row wrap fields">
    <p>
      <b>${source.name}</b>
      <span class="muted">${count(all)} ${all === 1 ? "question" : "questions"}, ${count(graded)} with an answer</span>
    </p>
    <button class="link" id="other-file" @click=${() => panel.do("openQuestions")}>Another file…</button>
    ${limitField({
      id: "file-limit",
      size: 8,
      limit: source.limit,
      set: (limit) => panel.set({ source: { ...source, limit } }),
      fail: (error) => panel.fail(error),
    })}
  </div>`;
}
