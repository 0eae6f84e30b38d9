import { html, nothing, type TemplateResult } from "lit";
import { runningTexts } from "../runs/runningText";
import { verdictMark } from "../runs/verdictMark";
import { shortened } from "../runs/words";
import { count, plural } from "../ui/format";
import { transcript } from "./answerText";
import { corrections } from "./corrections";
import type { RunView } from "./protocol";
import type { AnswerView, QuestionPage, RunningAnswer } from "./questions";
import type { Reasoning } from "./reasoning";
import { type Hand, sameSide, sideKey, toneOf } from "./sides";

/** Characters of what an answer says that fit beside its arm's name. */
const mostSaid = 32;

type PageCell = QuestionPage["cells"][number];

/** An arm's answer to the open question: as it is written, and then with its steps, verdict and what it rests on. */
export function answerCard(panel: Reasoning, run: RunView, page: QuestionPage, cell: PageCell): TemplateResult {
  const running = page.running.filter((each) => sameSide(each, cell));
  const sample = Math.min(panel.sampleOf(cell), Math.max(0, cell.samples.length - 1));
  const hand: Hand = { side: { model: cell.model, arm: cell.arm }, sample };
  const answer = cell.samples.find((each) => each.sample === sample);
  const name = panel.armName(cell.arm);
  return html`<section class="arm" aria-label=${run.models.length > 1 ? `${name}, ${panel.modelName(cell.model)}` : name}>
    <header>
      <h3>
        <i class="sw tone-${toneOf(run.arms, cell.arm)}"></i>${name}
        ${run.models.length > 1 ? html`<span class="muted small model-name">${panel.modelName(cell.model)}</span>` : nothing}
      </h3>
      ${answer ? verdict(answer) : nothing}
      <span class="muted small num length">${answer ? plural(answer.tokens, "token") : running.length > 0 ? plural(lengthOf(running), "token") : ""}</span>
    </header>
    ${cell.samples.length > 1 ? samples(panel, cell, sample) : nothing}
    ${body(panel, page, cell, hand, answer, running)}
  </section>`;
}

function verdict({ verdict: found, extracted }: AnswerView): TemplateResult {
  return html`<span class="verdict ${found ?? ""}">${found ? verdictMark(found) : nothing}<span title=${extracted ?? nothing}>${shortened(extracted ?? "–", mostSaid)}</span></span
  >`;
}

/** All samples of the arm by their verdicts: pressing one shows it. */
function samples(panel: Reasoning, cell: PageCell, shown: number): TemplateResult {
  return html`<div class="row wrap samples-row" role="group" aria-label="Samples, ${cell.right} of ${cell.answers} right">
    ${cell.samples.map(
      (each) => html`<button
        class="sample"
        aria-pressed=${each.sample === shown ? "true" : "false"}
        aria-label="Sample ${each.sample + 1}, ${each.verdict ?? "not graded"}${each.extracted === null ? "" : `, ${each.extracted}`}"
        title="Sample ${each.sample + 1}: ${each.extracted ?? "no answer found"}; seed ${each.seed}"
        @click=${() => {
          panel.samples.set(sideKey(cell), each.sample);
          panel.hold({ side: { model: cell.model, arm: cell.arm }, sample: each.sample });
        }}
      >
        ${each.verdict ? verdictMark(each.verdict) : "·"}
      </button>`,
    )}
    <span class="muted small num">${cell.right} of ${cell.answers} right${cell.said === null ? "" : `, most say ${shortened(cell.said, mostSaid)}`}</span>
  </div>`;
}

function body(
  panel: Reasoning,
  page: QuestionPage,
  cell: PageCell,
  hand: Hand,
  answer: AnswerView | undefined,
  running: readonly RunningAnswer[],
): TemplateResult {
  if (answer)
    return html`${transcript(panel, page, hand, answer)} ${notes(panel, cell, answer)} ${corrections(panel, page, hand, answer)}`;
  if (running.length > 0) return runningTexts(running, panel.view.paint === "none" ? "none" : "tokens");
  if (cell.failure !== null) return html`<p class="arm-note wrong">${cell.failure}</p>`;
  return html`<p class="arm-note muted">${panel.state.running ? "Not asked yet." : "Was not asked."}</p>`;
}

function kindOf({ arms }: Reasoning, id: string): string | undefined {
  return arms.find((arm) => arm.id === id)?.kind;
}

function lengthOf(running: readonly RunningAnswer[]): number {
  return running.reduce((sum, { tokens }) => sum + tokens.length, 0);
}

const endings: Readonly<Partial<Record<AnswerView["reason"], string>>> = {
  maxTokens: "Cut off by its limit of tokens; counts as it stands.",
  contextFull: "Cut off: the model’s context was full.",
};

function notes(
  panel: Reasoning,
  cell: PageCell,
  { reason, calculated, thoughtTokens, how, extracted, corrected, graded }: AnswerView,
): TemplateResult {
  const lines = [
    endings[reason],
    kindOf(panel, cell.arm) === "answerFirst" && extracted !== null
      ? "What follows the answer was written after it."
      : undefined,
    calculated === null ? undefined : `Calculated: ${calculated}`,
    thoughtTokens > 0 ? `${count(thoughtTokens)} tokens of thoughts` : undefined,
    cell.failure ?? undefined,
    corrected ? `Read by hand; the grader said ${graded ?? "nothing"}.` : undefined,
    extracted === null && how !== "" ? `No answer: ${how}.` : undefined,
  ].filter((line) => line !== undefined);
  return html`${lines.map((line) => html`<p class="arm-note small muted">${line}</p>`)}`;
}
