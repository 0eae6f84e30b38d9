import { html, nothing, type TemplateResult } from "lit";
import { percent } from "../../src/experiments/reasoning/words";
import { unitSquares } from "../ui/charts/unitSquares";
import { count, plural } from "../ui/format";
import { icon } from "../ui/icons";
import { answersOf } from "./answersView";
import type { CellView, ItemPage, MeaningView } from "./items";
import { judgementsView } from "./judgementsView";
import type { Probe } from "./probe";

/** What the samples say, grouped by meaning; a meaning unfolds into its answers, which can be marked and moved. */
export function meaningsView(panel: Probe, page: ItemPage, cell: CellView): TemplateResult {
  const total = cell.answers.length;
  return html`<section class="meanings" aria-label="What it says" data-region>
    <h2>
      What it says
      <span class="muted">${plural(total, "answer")}, grouped by meaning${total <= 20 ? "; one square is one answer" : ""}</span>
    </h2>
    ${
      total === 0
        ? html`<p class="muted">${cell.failure ?? "No answers yet."}</p>`
        : html`<table class="cl">
            <thead>
              <tr>
                <th>Meaning</th>
                <th>Answers</th>
                <th class="r">share</th>
                <th class="ex">For example</th>
              </tr>
            </thead>
            <tbody>
              ${cell.meanings.map((meaning, index) => meaningRow(panel, page, cell, meaning, index))}
            </tbody>
          </table>`
    }
    ${total > 0 && cell.failure !== null ? html`<p class="wrong small">${cell.failure}</p>` : nothing}
    ${total > 1 ? pairsLine(panel, cell) : nothing}
    ${panel.judging && total > 1 ? judgementsView(panel, page, cell) : nothing}
  </section>`;
}

function meaningRow(panel: Probe, page: ItemPage, cell: CellView, meaning: MeaningView, index: number): TemplateResult {
  const id = meaning.answers[0] ?? 0;
  const open = panel.meaning === id;
  const share = meaning.answers.length / cell.answers.length;
  const more = meaning.answers.length - 1;
  return html`<tr class=${meaning.answers.length > 1 ? "several" : ""}>
      <td class="meaning-cell">
        <button
          class="meaning"
          data-meaning=${index + 1}
          aria-expanded=${open ? "true" : "false"}
          aria-controls="answers-${id}"
          title="Meaning ${index + 1}: Enter shows its answers, arrows move"
          @click=${() => {
            panel.meaning = open ? undefined : id;
            panel.draw();
          }}
          @keydown=${(event: KeyboardEvent) => move(event, panel)}
        >
          ${icon("expand")}<span class=${meaning.refused ? "muted" : ""}>${meaning.refused ? "says it does not know" : meaning.label}</span>
        </button>
      </td>
      <td>${unitSquares(meaning.answers.length, cell.answers.length, meaning.refused ? "muted" : "plain")}<span class="sr">${plural(meaning.answers.length, "answer")}</span></td>
      <td class="r num">${percent(share)}</td>
      <td class="ex">
        <span class="example" title=${meaning.example}>“${meaning.example}”${more > 0 ? html` <span class="num">+${count(more)}</span>` : nothing}</span>
      </td>
    </tr>
    ${
      open
        ? html`<tr class="unfolded">
            <td colspan="4" class="unfolded-cell" id="answers-${id}">${answersOf(panel, page, cell, meaning)}</td>
          </tr>`
        : nothing
    }`;
}

/** Up and down go from meaning to meaning. */
function move(event: KeyboardEvent, { root }: Probe): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by === 0) return;
  event.preventDefault();
  event.stopPropagation();
  const all = [...root.querySelectorAll<HTMLElement>("button.meaning")];
  all[all.indexOf(event.currentTarget as HTMLElement) + by]?.focus();
}

/** How the pairs came to be judged, and the way to check them. */
function pairsLine(panel: Probe, { pairs, meanings }: CellView): TemplateResult {
  const { run, figures } = panel.state;
  const byWordsAlone = run?.judge === null || figures?.judge?.usable === false;
  const rest =
    meanings.length < 2
      ? ""
      : byWordsAlone
        ? "; the others differ in their words, and nobody was asked"
        : pairs.open
          ? "; some are still to be judged and count as different"
          : "";
  const parts = [
    `${count(pairs.byWords)} by the same words`,
    ...(pairs.byJudge > 0 ? [`${count(pairs.byJudge)} by the judge, both ways`] : []),
    ...(pairs.byHand > 0 ? [`${count(pairs.byHand)} by hand`] : []),
  ];
  return html`<p class="small muted pairs-line">
    ${plural(pairs.all, "pair")} of answers: ${parts.join(", ")}${rest}.
    <button
      class="link"
      id="judgements"
      aria-expanded=${panel.judging ? "true" : "false"}
      @click=${() => {
        panel.judging = !panel.judging;
        panel.pair = 0;
        panel.draw();
      }}
    >
      ${panel.judging ? "Hide the judgements" : "Check or correct the judgements"}
    </button>
    ${panel.state.canUndoCorrection ? html`<button class="link" id="undo-correction" title="U" @click=${() => panel.do("undoCorrection")}>Undo the last correction</button>` : nothing}
  </p>`;
}
