import { html, nothing, type TemplateResult } from "lit";
import { sameTask } from "../../src/experiments/suites/spec";
import { runningTexts } from "../runs/runningText";
import type { Verdict } from "../runs/state";
import { verdictMark } from "../runs/verdictMark";
import { shortened } from "../runs/words";
import { pills } from "../ui/fields";
import { plural } from "../ui/format";
import type { CaseView, CellPage, NowView, SuiteAnswerView } from "./cases";
import type { RunView } from "./protocol";
import type { Suites } from "./suites";
import { promptTokens, subjectRow, writtenTokens } from "./tokenSpans";

const verdictNames: Readonly<Record<Verdict, string>> = {
  right: "Right",
  wrong: "Wrong",
  unparsed: "No answer",
  refused: "Refused",
};

/** A case whole: what the model saw, what it wrote, token by token, and what was wanted. */
export function caseView(panel: Suites, run: RunView, page: CellPage, open: CaseView): TemplateResult {
  const { text, system, kind, reference, check, prompt, subjects, failure, answers } = open;
  const running = writtenOf(panel, page, open).filter(({ sample }) => !answers.some((each) => each.sample === sample));
  const answer = answers.find(({ sample }) => sample === panel.sample) ?? answers[0];
  return html`<article class="case" aria-label="Case ${open.id}">
    ${system === null ? nothing : html`<p class="muted small">System message: ${system}</p>`}
    <p class="q q-text">${text}</p>
    ${subjects.map(subjectRow)}
    ${
      prompt === null
        ? nothing
        : html`<details class="numbers prompt" ?open=${subjects.length === 0}>
            <summary>What the model saw: ${plural(prompt.length, "token")}${kind === "document" ? ", as a document" : ""}</summary>
            <p class="mono tokens">${promptTokens(prompt)}</p>
          </details>`
    }
    ${failure === null ? nothing : html`<p class="note caution" role="note">Could not be asked: ${failure}</p>`}
    ${answers.length > 1 ? sampleButtons(panel, answers) : nothing}
    ${answer ? answerCard(panel, open, answer) : failure === null && running.length === 0 ? html`<p class="muted">Not answered yet.</p>` : nothing}
    ${running.length > 0 ? runningTexts(running, "tokens") : nothing}
    ${reference === null ? nothing : html`<p class="wanted">Wanted: <b class="mono">${reference}</b> <span class="muted small">${check}</span></p>`}
    ${others(panel, run, page, open)}
  </article>`;
}

/** Answers to the case as far as they are. */
function writtenOf(panel: Suites, { model, suite }: CellPage, { id: item }: CaseView): NowView["running"] {
  const { now } = panel.state;
  return now && sameTask(now, { model, suite, item }) ? now.running : [];
}

/** While no cell is open: the case that is being answered, and what is said to it. */
export function nowView(
  panel: Suites,
  run: RunView,
  { suite, variant, model, text, running }: NowView,
): TemplateResult {
  const name = run.suites.find(({ id }) => id === suite)?.name ?? suite;
  return html`<section class="now" aria-label="Being answered" data-region>
    <h2>
      Being answered
      <span class="muted">${name}${variant === "" ? "" : `, ${variant}`}${run.models.length > 1 ? `, ${panel.modelName(model)}` : ""}</span>
    </h2>
    <p class="q q-text">${shortened(text, 600)}</p>
    ${runningTexts(running, "tokens")}
  </section>`;
}

function sampleButtons(panel: Suites, answers: readonly SuiteAnswerView[]): TemplateResult {
  return html`<div class="row wrap samples-row" role="group" aria-label="Samples">
    ${answers.map(
      ({ sample, verdict }) => html`<button
        class="pill"
        aria-pressed=${sample === panel.sample ? "true" : "false"}
        aria-label="Sample ${sample + 1}, ${verdict ?? "not graded"}"
        @click=${() => {
          panel.sample = sample;
          panel.draw();
        }}
      >
        ${sample + 1} ${verdict ? verdictMark(verdict) : nothing}
      </button>`,
    )}
  </div>`;
}

function answerCard(panel: Suites, open: CaseView, answer: SuiteAnswerView): TemplateResult {
  const { tokens, logProbs, reason, verdict, extracted } = answer;
  const tinted = panel.view.paint === "probability";
  const known = logProbs.some((each) => each !== null);
  return html`<section class="answer-card" aria-label="Answer">
    <header class="row wrap">
      ${verdict ? html`<span class="verdict ${verdict}">${verdictMark(verdict)}${verdictNames[verdict]}</span>` : html`<span class="muted">To be read</span>`}
      <span class="muted small">
        ${plural(tokens.length, "token")}${reason === "maxTokens" ? ", cut off at its limit" : ""}${extracted === null ? "" : html`, read as <span class="mono">${extracted}</span>`}
      </span>
      <span class="sp"></span>
      ${
        known
          ? html`<button
              class="link small"
              id="paint"
              title="P"
              aria-pressed=${tinted ? "true" : "false"}
              @click=${() => panel.setView({ paint: tinted ? "tokens" : "probability" })}
            >
              ${tinted ? "Show tokens" : "Tint by probability"}
            </button>`
          : nothing
      }
    </header>
    <p class="mono tokens answer-tokens">${tokens.length === 0 ? html`<span class="muted">(nothing was written)</span>` : writtenTokens(tokens, logProbs, tinted)}</p>
    ${corrections(panel, open, answer)}
  </section>`;
}

/** A person's own verdict, which stands before the check's. */
function corrections(panel: Suites, open: CaseView, answer: SuiteAnswerView): TemplateResult {
  const correct = (right: boolean | null) => panel.do("correct", { item: open.id, sample: answer.sample, right });
  const own = [
    { value: "right", label: "Right" },
    { value: "wrong", label: "Wrong" },
  ] as const;
  const now = own.find(({ value }) => value === answer.verdict)?.value;
  return html`<div class="row wrap small corrections">
    <button
      class="link"
      id="correct"
      aria-expanded=${panel.correcting ? "true" : "false"}
      @click=${() => {
        panel.correcting = !panel.correcting;
        panel.draw();
      }}
    >
      ${answer.corrected ? "By hand…" : "Correct…"}
    </button>
    ${
      panel.correcting
        ? html`${pills("Your verdict on this answer", own, now, (value) => correct(value === "right"))}
          ${answer.corrected ? html`<button class="link" @click=${() => correct(null)}>${answer.checked === null ? "Not graded" : "As checked"}</button>` : nothing}`
        : nothing
    }
  </div>`;
}

/** The same case of the other models; a name opens its cell. */
function others(panel: Suites, run: RunView, page: CellPage, open: CaseView): TemplateResult | typeof nothing {
  if (run.models.length < 2) return nothing;
  return html`<h3 class="small muted">The same case</h3>
    <ul class="others">
      ${open.others.map(
        ({ model, said, verdict }) => html`<li class="row">
          ${verdict ? verdictMark(verdict) : html`<span class="mk"></span>`}
          <button class="link" @click=${() => panel.openCell({ suite: page.suite, variant: page.variant, model })}>${panel.modelName(model)}</button>
          <span class="picked">${said ?? (panel.state.running ? "not yet" : "not asked")}</span>
        </li>`,
      )}
    </ul>`;
}
