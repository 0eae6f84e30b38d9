import { html, nothing, type TemplateResult } from "lit";
import { decisionNames } from "../../src/experiments/interrogation/findingWords";
import { runningTexts } from "../runs/runningText";
import { tintedText } from "../runs/tintedText";
import { count, plural } from "../ui/format";
import { draftForm } from "./draftForm";
import type { Interrogation } from "./interrogation";
import { markNames, markSign } from "./marks";
import type { RunView } from "./protocol";
import type { AnswerView, QuestionPage } from "./review";

/** So many answers have a key. */
const mostKeys = 9;

const askedBy: Readonly<Record<QuestionPage["by"], string>> = {
  writer: "asked by the writer",
  rule: "asked by rule",
  file: "from the file of facts",
  person: "your own",
};

/** One question: what the file says, each answer with its mark, what it becomes, and what can be done. */
export function questionView(panel: Interrogation, run: RunView, page: QuestionPage): TemplateResult {
  const { draft } = panel;
  const fixing = draft?.question === page.id ? draft : undefined;
  return html`<section class="question" id="question" tabindex="-1" aria-label="Question ${count(page.number)}" data-region>
    <div class="question-main">
      <h3>
        Question ${count(page.number)}, line ${count(page.line)}
        <span class="muted">${askedBy[page.by]}${page.fixed ? ", fixed by hand" : ""}${page.reviewed ? `, ${page.reviewed}` : ""}</span>
        <button
          class="link small"
          id="show-line"
          title="Opens the text at this line"
          @click=${() => panel.do("showInEditor", { file: page.file, line: page.line })}
          >Open in the editor</button
        >
      </h3>
      ${fixing ? draftForm(panel, fixing) : wording(page)} ${page.failure ? html`<p class="wrong">Could not be asked: ${page.failure}</p>` : nothing}
      ${answers(panel, run, page)}
      <p class="small muted becomes">${becomes(page)}</p>
    </div>
    ${keysHelp(panel, page)}
  </section>`;
}

function wording({ text, answer, snippet, start, end, before }: QuestionPage): TemplateResult {
  const [from, to] = [start - snippet.start, end - snippet.start];
  return html`<p class="q"><span class="q-text">${text}</span> <span class="muted">In the file:</span> <b>${answer}</b></p>
    <details class="small snippet">
      <summary class="muted">The snippet it is about${before.length > 0 ? ", and its earlier wording" : ""}</summary>
      <blockquote>${snippet.text.slice(0, from)}<mark>${snippet.text.slice(from, to)}</mark>${snippet.text.slice(to)}</blockquote>
      ${before.map((each) => html`<p class="muted">Before: ${each.text} ${each.answer}</p>`)}
    </details>`;
}

function answers(panel: Interrogation, run: RunView, page: QuestionPage): TemplateResult {
  if (page.running.length > 0) return html`${answerList(panel, run, page)} ${runningTexts(page.running, "none")}`;
  if (page.answers.length === 0) {
    return html`<p class="muted none-yet">${panel.state.running ? "Not answered yet." : "Not answered yet; “Go on” asks it."}</p>`;
  }
  const missing = page.samples - page.answers.length;
  return html`${answerList(panel, run, page)} ${missing > 0 ? html`<p class="small muted">${count(missing)} still to come</p>` : nothing}`;
}

function answerList(panel: Interrogation, run: RunView, page: QuestionPage): TemplateResult | typeof nothing {
  if (page.answers.length === 0) return nothing;
  return html`<ol class="answers" aria-label="Answers without the text">
      ${page.answers.map((each, index) => answer(panel, run, page, each, index))}
    </ol>
    ${page.answers.some(({ surprisal }) => surprisal !== null) ? tintSwitch(panel) : nothing}`;
}

/** The switch of the tint, with what it means. */
function tintSwitch(panel: Interrogation): TemplateResult {
  const { tinted } = panel.view;
  return html`<p class="small">
    <button
      class="link"
      id="tint"
      aria-pressed=${tinted ? "true" : "false"}
      title="P: tokens, tinted by how rare each was; from 1 bit on"
      @click=${() => panel.setView({ tinted: !tinted })}
    >
      ${tinted ? "No tint" : "Tint by probability"}
    </button>
  </p>`;
}

/** An answer's text, its tokens tinted where that is wanted and they have come. */
function said(panel: Interrogation, page: QuestionPage, { sample, text, cut }: AnswerView): unknown {
  if (text === "") return html`<span class="muted">nothing</span>`;
  const tokens = panel.view.tinted ? panel.tokensOf({ question: page.id, sample }) : undefined;
  const end = cut ? html`<span class="muted" title="Cut off by the limit of tokens">…</span>` : nothing;
  return tokens?.logProbs.some((each) => each !== null) ? html`${tintedText(text, tokens)}${end}` : html`${text}${end}`;
}

function answer(
  panel: Interrogation,
  run: RunView,
  page: QuestionPage,
  each: AnswerView,
  index: number,
): TemplateResult {
  const { sample, mark, surprisal } = each;
  const words = mark === null ? "not marked yet" : markNames[mark];
  return html`<li>
    <button
      class="key"
      data-sample=${sample}
      title=${index < mostKeys ? `${index + 1}: changes the mark` : "Changes the mark"}
      aria-label="Answer ${index + 1} is ${words}: change its mark"
      @click=${() => panel.changeMark(sample)}
    >
      ${index + 1}</button
    >${markSign(mark)}<span class="said">${said(panel, page, each)}</span
    >${
      surprisal === null
        ? nothing
        : html`<span class="small muted num" title="Mean surprisal of its ${plural(each.tokens, "token")}, nats a token: the lower, the surer the model was">${surprisal.toFixed(2)} nats</span>`
    }<span class="small muted how ${each.byHand ? "" : "plain"}" title=${howWords(run, each)}
      >${words}${
        each.byHand
          ? html`, by hand <button class="link" @click=${() => panel.mark(sample, null)}>as marked</button>`
          : nothing
      }</span
    >
  </li>`;
}

/** Why it has its mark. */
function howWords(run: RunView, { marked, seed, byHand }: AnswerView): string {
  if (!marked) return `Seed ${seed}`;
  const judge = run.models.judge?.name ?? "the judge";
  const hows = {
    words: marked.mark === "right" ? "it has the words of the file" : "it has not the words of the file",
    refusal: "it reads as a refusal, or is empty",
    judge: `${judge} said “${marked.reply ?? ""}”`,
    unclearJudge: `${judge} said neither yes nor no: “${marked.reply ?? ""}”`,
  } as const;
  return `${byHand ? `The machine had said: ${markNames[marked.mark]}; ` : ""}${hows[marked.how]}. Seed ${seed}`;
}

const leftOut: Readonly<Record<QuestionPage["reason"], string>> = {
  right: "",
  wrong: "",
  mixed: "now right, now wrong",
  alreadySilent: "it already says that it does not know",
  notAnswered: "not all answers are there",
};

function becomes({ becomes: example, reason, reviewed }: QuestionPage): TemplateResult | string {
  if (reviewed === "dropped") return "Dropped: it is in no figure and in no export.";
  if (!example)
    return `Becomes: nothing, ${decisionNames.leaveOut}${leftOut[reason] === "" ? "" : ` (${leftOut[reason]})`}.`;
  return html`Becomes: user “${example.user}”, assistant “${example.assistant}”`;
}

function keysHelp(panel: Interrogation, page: QuestionPage): TemplateResult {
  const key = (name: string) => html`<span class="key">${name}</span>`;
  const most = Math.min(mostKeys, Math.max(1, page.answers.length));
  const toReview = (panel.state.list?.counts.toReview ?? 0) > 0;
  return html`<div class="question-keys">
    <div class="row decide">
      <vscode-button id="accept" appearance=${toReview ? "primary" : "secondary"} title="A" @click=${() => panel.review("accepted")}
        >${page.reviewed === "accepted" ? "Accepted" : "Accept"}</vscode-button
      >
      <vscode-button id="fix" appearance="secondary" title="F" @click=${() => panel.fix()}>Fix…</vscode-button>
      <vscode-button id="drop" appearance="secondary" title="D" @click=${() => panel.review("dropped")}
        >${page.reviewed === "dropped" ? "Dropped" : "Drop"}</vscode-button
      >
    </div>
    <h3 class="keys-head">Keys</h3>
    <div class="keys" aria-hidden="true">
      ${key("A")}<span>accept, next</span>${key("F")}<span>fix question or answer</span>
      ${key("D")}<span>drop</span>${key("1")}<span>${most > 1 ? html`to ${key(String(most))} ` : nothing}change a mark</span>
      ${key("J")}<span>next</span>${key("K")}<span>previous</span>
      ${key("U")}<span>undo</span>${key("/")}<span>filter</span>
      ${key("P")}<span>tint</span>
    </div>
  </div>`;
}
