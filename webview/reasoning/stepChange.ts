import { html, type TemplateResult } from "lit";
import { textOf } from "../ui/controls";
import { count } from "../ui/format";
import { numberField } from "../ui/slider";
import type { AnswerView, QuestionPage } from "./questions";
import type { Reasoning } from "./reasoning";
import { answerOf, type Hand } from "./sides";
import type { StepChange } from "./view";

/** Begins to change a step. */
export function changeStep(panel: Reasoning, hand: Hand, answer: AnswerView, step: number): void {
  const { run, page } = panel.state;
  const place = answer.steps[step];
  if (!run || !page || !place) return;
  panel.hold(hand, step);
  const { start, end } = place;
  const text = answer.text.slice(start, end);
  const of = { run: run.created, question: page.id };
  panel.setView({ change: { ...of, hand, start, end, text, planted: false, before: "" } });
  requestAnimationFrame(() => panel.root.querySelector<HTMLElement>("#step-text")?.focus());
}

/** The step's text, ways to change it, and the button that runs on from there. */
export function stepChangeForm(panel: Reasoning, page: QuestionPage, change: StepChange): TemplateResult {
  const answer = answerOf(page, change.hand);
  const step = answer?.steps.findIndex(({ end }) => end === change.end) ?? -1;
  const set = (next: Partial<StepChange>) => panel.setView({ change: { ...change, ...next } });
  const close = () => panel.setView({ change: null });
  const { continuations } = panel.view;
  const inserted = change.start === change.end;
  return html`<section class="card step-change" aria-label="Change a step" data-region>
    <h3>${inserted ? `A new step after step ${step + 1}` : `Step ${step + 1}, changed`} <span class="muted">the model runs on from here, and once more without the change</span></h3>
    <vscode-text-area
      id="step-text"
      aria-label="Text of the step; empty takes it out"
      rows="2"
      resize="vertical"
      placeholder="(taken out)"
      .value=${change.text}
      @input=${(event: Event) => set({ text: textOf(event), planted: false })}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === "Escape") close();
        else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) runOn(panel, page, change);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    ></vscode-text-area>
    <div class="row wrap">
      <vscode-button id="run-on" ?disabled=${panel.state.busy !== null} title="Ctrl+Enter" @click=${() => runOn(panel, page, change)}
        >Run on</vscode-button
      >
      ${numberField({ id: "continuations", label: "Continuations of each", value: continuations, min: 1, max: 32, step: 1, change: (value) => panel.setView({ continuations: Math.round(value) }) })}
      <span class="muted small">times each, ≈ ${count(costOf(answer, change, continuations))} tokens</span>
      <span class="sp"></span>
      ${
        inserted
          ? ""
          : html`<button class="link" id="plant" title="Puts a wrong result in place of the step’s last number" @click=${() => plant(panel, page, change)}>
                Plant a mistake
              </button>
              <button class="link" id="take-out" @click=${() => set({ text: "", planted: false })}>Take it out</button>
              <button class="link" id="insert-step" @click=${() => answer && set(insertedAfter(answer, change))}>Put a step in after it</button>`
      }
      <button class="link" @click=${close}>Close</button>
    </div>
  </section>`;
}

/** What parts this step from the next parts the new one from it as well. */
function insertedAfter({ text, steps }: AnswerView, { end }: StepChange): Partial<StepChange> {
  const next = steps.find(({ start }) => start >= end);
  const between = next ? text.slice(end, next.start) : "\n";
  return { start: end, end, text: "", planted: false, before: between === "" ? " " : between };
}

function plant(panel: Reasoning, page: QuestionPage, change: StepChange): void {
  const { hand, start, end } = change;
  const asked = panel.host.call("plantedMistake", { ...hand.side, question: page.id, sample: hand.sample, start, end });
  panel.watch(
    asked.then((text) => {
      if (text === null)
        throw new Error("This step has no number, so no mistake can be planted in it by itself. Change its text.");
      panel.setView({ change: { ...change, text, planted: true } });
    }),
  );
}

function runOn(panel: Reasoning, page: QuestionPage, { hand, start, end, text, planted, before }: StepChange): void {
  if (start === end && text.trim() === "") return;
  panel.do("editStep", {
    ...hand.side,
    question: page.id,
    sample: hand.sample,
    start,
    end,
    replacement: text === "" ? "" : before + text,
    planted,
    continuations: panel.view.continuations,
  });
}

/** Both branches are written out from the step's end, as long as the answer was from there on. */
function costOf(answer: AnswerView | undefined, { end }: StepChange, continuations: number): number {
  if (!answer) return 0;
  const before = answer.steps.reduce((sum, step) => (step.end <= end ? sum + step.tokens : sum), 0);
  return 2 * continuations * Math.max(1, answer.tokens - before);
}
