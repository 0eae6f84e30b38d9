import { html, nothing, type TemplateResult } from "lit";
import { verdictMark } from "../runs/verdictMark";
import { shortened } from "../runs/words";
import { checkbox } from "../ui/checkbox";
import { count } from "../ui/format";
import { answerCard } from "./answerCard";
import { editsView } from "./editsView";
import { knownView } from "./knownView";
import type { RunView } from "./protocol";
import type { QuestionPage } from "./questions";
import type { Reasoning } from "./reasoning";
import { sameSide, sideKey, toneOf } from "./sides";

type PageCell = QuestionPage["cells"][number];

/** One question: its answers side by side, when the model knew, and what a changed step does. */
export function questionView(panel: Reasoning, run: RunView, page: QuestionPage): TemplateResult {
  const shown = page.cells.filter(({ arm }) => panel.shows(arm));
  const cells = shown.length > 0 ? shown : page.cells.slice(0, 1);
  return html`<section class="question" id="question" tabindex="-1" aria-label="Question ${count(page.index + 1)}" data-region>
    <p class="q">
      ${run.questions > 1 ? html`<span class="muted num q-number">${count(page.index + 1)}</span>` : nothing}<span class="q-text">${page.text}</span>
      ${page.choices.map((choice, index) => html`<span class="choice"><b>${String.fromCharCode(65 + index)}</b> ${choice}</span>`)}
      ${page.answer === null ? html`<span class="muted">no reference answer</span>` : html`<span class="muted">Answer:</span> <b>${page.answer}</b>`}
    </p>
    ${toolbar(panel, run, page, cells.length)}
    ${panel.narrow && cells.length > 1 ? tabbed(panel, run, page, cells) : sideBySide(panel, run, page, cells)}
    ${knownView(panel, page)} ${editsView(panel, page)}
  </section>`;
}

function toolbar(panel: Reasoning, run: RunView, page: QuestionPage, shown: number): TemplateResult {
  const { paint } = panel.view;
  const toggle = (wanted: "tokens" | "probability") => panel.setView({ paint: paint === wanted ? "none" : wanted });
  const noLogProbs = run.models.find(({ missing }) => missing.logProbs !== null)?.missing.logProbs ?? null;
  return html`<div class="row wrap small muted question-tools">
      <span>Showing ${shown} of ${page.cells.length} ${run.models.length > 1 ? "arms of models" : "arms"}</span>
      <button
        class="link"
        id="choose-arms"
        aria-expanded=${panel.choosing ? "true" : "false"}
        @click=${() => {
          panel.choosing = !panel.choosing;
          panel.draw();
        }}
      >
        Choose…
      </button>
      <span class="sp"></span>
      <button
        class="link"
        id="tint"
        aria-pressed=${paint === "probability" ? "true" : "false"}
        ?disabled=${noLogProbs !== null}
        title=${noLogProbs ?? "P: the rarer a token was, the stronger its colour"}
        @click=${() => toggle("probability")}
      >
        ${paint === "probability" ? "No tint" : "Tint by probability"}
      </button>
      <button class="link" id="show-tokens" aria-pressed=${paint === "tokens" ? "true" : "false"} @click=${() => toggle("tokens")}>
        ${paint === "tokens" ? "Hide tokens" : "Show tokens"}
      </button>
    </div>
    ${
      panel.choosing
        ? html`<div class="row wrap chooser" role="group" aria-label="Arms shown">
            ${run.arms.map(({ id, name }) =>
              checkbox({
                label: name,
                read: () => panel.shows(id),
                change: (on) => {
                  const all = run.arms.map((arm) => arm.id);
                  panel.setView({ arms: all.filter((each) => (each === id ? on : panel.shows(each))) });
                },
              }),
            )}
          </div>`
        : nothing
    }`;
}

function sideBySide(panel: Reasoning, run: RunView, page: QuestionPage, cells: readonly PageCell[]): TemplateResult {
  return html`<div class="arms" data-arms=${cells.length === 4 ? 2 : Math.min(3, cells.length)}>${cells.map((cell) => answerCard(panel, run, page, cell))}</div>`;
}

/** Narrow: one arm at a time, with the marks of all on their tabs. */
function tabbed(panel: Reasoning, run: RunView, page: QuestionPage, cells: readonly PageCell[]): TemplateResult {
  const hand = cells.find((cell) => sameSide(cell, (panel.hand ?? panel.examined?.hand)?.side)) ?? cells[0]!;
  const move = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = cells[(cells.indexOf(hand) + by + cells.length) % cells.length]!;
    panel.hold({ side: next, sample: 0 });
    requestAnimationFrame(() => panel.root.querySelector<HTMLElement>(`#arm-tab-${cells.indexOf(next)}`)?.focus());
  };
  return html`<div class="tabs arm-tabs" role="tablist" aria-label="Arms" @keydown=${move}>
      ${cells.map(
        (cell, index) => html`<button
          role="tab"
          id="arm-tab-${index}"
          aria-selected=${cell === hand ? "true" : "false"}
          aria-controls="arm-panel"
          tabindex=${cell === hand ? 0 : -1}
          @click=${() => panel.hold({ side: cell, sample: 0 })}
        >
          <i class="sw tone-${toneOf(run.arms, cell.arm)}"></i>${panel.armName(cell.arm)}
          ${run.models.length > 1 ? html`<span class="muted small">${panel.modelName(cell.model)}</span>` : nothing}
          ${cell.verdict ? verdictMark(cell.verdict) : nothing}${shortened(cell.said ?? "", 24)}
        </button>`,
      )}
    </div>
    <div id="arm-panel" role="tabpanel" aria-label=${panel.armName(hand.arm)} data-side=${sideKey(hand)}>
      ${answerCard(panel, run, page, hand)}
    </div>`;
}
