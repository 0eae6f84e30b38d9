import { html, nothing, type TemplateResult } from "lit";
import { percent } from "../../src/experiments/reasoning/words";
import { bitsOf, stepOf } from "../../src/inference/surprisal";
import { dropdown } from "../ui/fields";
import { count, plural } from "../ui/format";
import { nameOf } from "../ui/tokenView";
import type { AnswerId, AnswerView, CellView, ItemPage, MeaningView } from "./items";
import type { Probe } from "./probe";
import { drawnTokens } from "./tokens";

/** The answers of a meaning: each can be marked as right, wrong or a refusal, and put to another meaning. */
export function answersOf(panel: Probe, page: ItemPage, cell: CellView, meaning: MeaningView): TemplateResult {
  const answers = cell.answers.filter(({ sample }) => meaning.answers.includes(sample));
  return html`<ol class="answers" aria-label="Answers that mean the same">
      ${answers.map((answer) => answerRow(panel, page, cell, meaning, answer))}
    </ol>
    <p class="small muted">
      On an answer: <span class="key">1</span>–<span class="key">9</span> puts it to that meaning, <span class="key">N</span> to
      one of its own, <span class="key">R</span> right, <span class="key">W</span> wrong, <span class="key">D</span> it says it
      does not know, <span class="key">U</span> takes the last one back.
    </p>`;
}

function answerRow(
  panel: Probe,
  page: ItemPage,
  cell: CellView,
  meaning: MeaningView,
  answer: AnswerView,
): TemplateResult {
  const id = { item: page.id, book: cell.book, sample: answer.sample };
  const others = cell.meanings.flatMap((each, index) =>
    each === meaning || each.answers[0] === undefined
      ? []
      : [{ value: String(each.answers[0]), label: `${index + 1}: ${short(each)}` }],
  );
  const moves = [
    { value: "stay", label: "Means the same" },
    ...others,
    ...(meaning.answers.length > 1 ? [{ value: "own", label: "Something else" }] : []),
  ];
  return html`<li
    class="answer"
    tabindex="0"
    data-sample=${answer.sample}
    @keydown=${(event: KeyboardEvent) => keys(event, panel, page, cell, answer)}
  >
    <p class="answer-text">${answer.text === "" ? html`<span class="muted">(nothing was said)</span>` : tintedText(panel, id, answer.text)}</p>
    <div class="row wrap small">
      <span class="muted num" title="Seed ${answer.seed}">sample ${count(answer.sample + 1)}, ${plural(answer.tokens, "token")}${answer.truncated ? ", cut off" : ""}</span>
      ${reading(answer)}
      <span class="sp"></span>
      ${mark(panel, "Right", answer.right === true && answer.rightBy === "person", () =>
        panel.do("correct", {
          ...id,
          mark: "right",
          value: answer.right === true && answer.rightBy === "person" ? null : true,
        }),
      )}
      ${mark(panel, "Wrong", answer.right === false && answer.rightBy === "person", () =>
        panel.do("correct", {
          ...id,
          mark: "right",
          value: answer.right === false && answer.rightBy === "person" ? null : false,
        }),
      )}
      ${mark(panel, "Doesn’t know", answer.refused, () => panel.do("correct", { ...id, mark: "refusal", value: answer.refusedByHand ? null : !answer.refused }))}
      ${
        moves.length > 1
          ? dropdown(`move-${answer.sample}`, `Meaning of sample ${answer.sample + 1}`, moves, "stay", (value) => {
              if (value === "own") panel.do("moveAnswer", { ...id, to: null });
              else if (value !== "stay") panel.do("moveAnswer", { ...id, to: Number(value) });
            })
          : nothing
      }
    </div>
  </li>`;
}

/** The answer's tokens, tinted by how rare each was, once they have come; plain text before, and where it is not wanted. */
function tintedText(panel: Probe, id: AnswerId, text: string): unknown {
  const found = panel.view.tinted ? panel.tokensOf(id) : undefined;
  if (!found || found.logProbs.every((logProb) => logProb === null)) return text;
  const pieces = found.tokens.map((piece, index) => ({ text: piece, logProb: found.logProbs[index] ?? null, top: [] }));
  return drawnTokens({ text, pieces, marks: [] }).map(({ text: token, logProb }) =>
    logProb === null
      ? token
      : html`<span class="tk t${stepOf(bitsOf(logProb))}" title="${nameOf({ text: token })}: ${percent(Math.exp(logProb))}">${token}</span>`,
  );
}

function mark(panel: Probe, name: string, on: boolean, press: () => void): TemplateResult {
  return html`<button class="pill" aria-pressed=${on ? "true" : "false"} ?disabled=${panel.state.running !== null} @click=${press}>${name}</button>`;
}

const by = { words: "by its words", judge: "by the judge", person: "by hand" } as const;

function reading({ right, rightBy, refused, refusedByHand }: AnswerView): TemplateResult | typeof nothing {
  const parts = [
    ...(refused ? [`says it does not know${refusedByHand ? ", by hand" : ""}`] : []),
    ...(right === null || refused
      ? []
      : [`${right ? "agrees" : "disagrees"} with the reference${rightBy ? `, ${by[rightBy]}` : ""}`]),
  ];
  return parts.length > 0 ? html`<span class="muted">${parts.join("; ")}</span>` : nothing;
}

function short({ label, refused }: MeaningView): string {
  const words = refused ? "says it does not know" : label;
  return words.length > 40 ? `${words.slice(0, 39)}…` : words;
}

function keys(event: KeyboardEvent, panel: Probe, page: ItemPage, cell: CellView, answer: AnswerView): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
  const action = actionOf(event.key, panel, page, cell, answer);
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}

function actionOf(
  key: string,
  panel: Probe,
  page: ItemPage,
  cell: CellView,
  answer: AnswerView,
): (() => void) | undefined {
  const id = { item: page.id, book: cell.book, sample: answer.sample };
  const all = [...panel.root.querySelectorAll<HTMLElement>("li.answer")];
  const at = all.findIndex((each) => each.dataset.sample === String(answer.sample));
  const wanted = /^[1-9]$/.test(key) ? cell.meanings[Number(key) - 1]?.answers[0] : undefined;
  const correct = (work: () => void) => () => panel.correct(answer.sample, work);
  if (wanted !== undefined) return correct(() => panel.do("moveAnswer", { ...id, to: wanted }));
  switch (key.toLowerCase()) {
    case "n":
      return correct(() => panel.do("moveAnswer", { ...id, to: null }));
    case "r":
      return correct(() => panel.do("correct", { ...id, mark: "right", value: true }));
    case "w":
      return correct(() => panel.do("correct", { ...id, mark: "right", value: false }));
    case "d":
      return correct(() => panel.do("correct", { ...id, mark: "refusal", value: !answer.refused }));
    case "u":
      return panel.state.canUndoCorrection ? correct(() => panel.do("undoCorrection")) : undefined;
    case "arrowdown":
      return () => all[at + 1]?.focus();
    case "arrowup":
      return () => all[at - 1]?.focus();
    default:
      return undefined;
  }
}
