import { html, nothing, type TemplateResult } from "lit";
import { decisionNames } from "../../src/experiments/interrogation/findingWords";
import { filterPills, findField } from "../runs/listHead";
import { count, plural } from "../ui/format";
import { setBox } from "../ui/setBox";
import type { Interrogation } from "./interrogation";
import { decisionSign, markSign } from "./marks";
import type { RunView } from "./protocol";
import type { FilterKind, ListView, ReviewRow } from "./review";
import { rowHeight } from "./rowPlaces";

const filters: readonly (readonly [FilterKind, string])[] = [
  ["all", "All"],
  ["toReview", "To review"],
  ["refuse", "Teach “I don’t know”"],
  ["keep", "Keep"],
  ["leaveOut", "Left out"],
  ["fixed", "Fixed by hand"],
  ["dropped", "Dropped"],
];

/** So many marks stand side by side; of more there are counts. */
const mostMarks = 8;

/** The questions: filters, a field to find in them, and a list of any length of which the rows in view are drawn. */
export function listView(panel: Interrogation, run: RunView, list: ListView): TemplateResult {
  return html`<section class="questions" aria-label="Questions">
    ${chips(panel, list)} ${panel.narrow ? picker(panel, list) : grid(panel, run, list)}
  </section>`;
}

function chips(panel: Interrogation, list: ListView): TemplateResult {
  return html`<div class="row list-head-row">
    ${filterPills({ names: filters, chosen: list.filter, counts: list.counts, choose: (filter) => panel.filter(filter) })}
    ${findField(panel.query, (query) => panel.find(query))}
  </div>`;
}

function grid(panel: Interrogation, run: RunView, list: ListView): TemplateResult {
  const { places } = panel;
  const { first, end } = places.window(panel.scrolled, panel.listHeight);
  panel.rows.want(first, end, list.total, list.version);
  const indexes = Array.from({ length: end - first }, (_, at) => first + at);
  const inView = panel.row !== undefined && panel.row >= first && panel.row < end;
  return html`<div
      class="ql rv ${run.samples > mostMarks ? "counted" : run.samples > 5 ? "many" : ""}"
      id="questions"
      role="grid"
      tabindex="0"
      aria-label="Questions, ${count(list.total)} of them; J and K move, A accepts, F fixes, D drops"
      aria-rowcount=${list.total + 1}
      aria-activedescendant=${inView ? `question-${panel.row}` : nothing}
      data-region
      @scroll=${(event: Event) => {
        panel.scrolled = (event.currentTarget as HTMLElement).scrollTop;
        panel.drawList();
      }}
    >
      <div class="ql-row ql-head" role="row" aria-rowindex="1">
        <span role="columnheader" class="r">#</span><span role="columnheader" class="r">line</span
        ><span role="columnheader">Question</span><span role="columnheader" class="ref">Answer in the file</span
        ><span role="columnheader" class="marks">${plural(run.samples, "answer")}</span><span role="columnheader">Decision</span
        ><span role="columnheader" class="you">You</span>
      </div>
      <div class="spacer" role="presentation" ${setBox({ height: places.top(first) })}></div>
      ${indexes.map((index) => row(panel, list, index))}
      <div
        class="spacer"
        role="presentation"
        ${setBox({ height: Math.max(0, places.height - (end > 0 ? places.top(end - 1) + places.heightOf(end - 1) : 0)) })}
      ></div>
    </div>
    <div class="row small muted under-list">
      <span>${shownWords(panel, list)}</span>
      <span class="sp"></span>
      ${undoLink(panel)}
    </div>`;
}

function shownWords(panel: Interrogation, { total, counts }: ListView): string {
  if ((counts.all ?? 0) === 0) {
    return panel.state.running
      ? "No question is written yet."
      : "No question yet. “Add a question…” asks one about a line of the text.";
  }
  return total === 0 ? "No question is left by this filter." : `${count(total)} of ${count(counts.all ?? 0)} shown`;
}

function undoLink(panel: Interrogation): TemplateResult | typeof nothing {
  const { undo } = panel.state;
  if (undo === null) return nothing;
  return html`<span class="undo-words">${undo}</span> <button class="link" id="undo" title="U" @click=${() => panel.do("undo")}>Undo</button>`;
}

function row(panel: Interrogation, list: ListView, index: number): TemplateResult {
  const question = panel.rows.at(index);
  if (!question) {
    return html`<div class="ql-row" role="row" aria-rowindex=${index + 2} ${setBox({ height: rowHeight })}><span role="gridcell"></span></div>`;
  }
  const open = question.id === panel.state.page?.id;
  return html`${question.first ? heading(question, list) : nothing}
    <div
      class="ql-row ${question.reviewed === "dropped" ? "dropped" : ""}"
      role="row"
      id="question-${index}"
      data-question=${question.id}
      aria-rowindex=${index + 2}
      aria-selected=${open ? "true" : "false"}
      @click=${() => {
        panel.do("openQuestion", question.id);
      }}
    >
      <span role="gridcell" class="r muted">${count(question.number)}</span
      ><span role="gridcell" class="r muted">${count(question.line)}</span
      ><span role="gridcell" class="qt" title=${question.text}>${question.text}</span
      ><span role="gridcell" class="ref" title=${question.answer}>${question.answer}</span
      ><span role="gridcell" class="marks">${marks(question)}</span
      ><span role="gridcell" class="decision">${decision(question)}</span
      ><span role="gridcell" class="you muted">${youWords(question)}</span>
    </div>`;
}

function heading({ file, section }: ReviewRow, { manyFiles }: ListView): TemplateResult {
  const name = section === "" ? "Before the first heading" : section;
  return html`<div class="rv-heading" role="row">
    <span role="rowheader">${manyFiles ? html`<span class="muted">${file}</span> ` : nothing}<b class="heading-name">${name}</b></span>
  </div>`;
}

function marks({ marks: all, failed }: ReviewRow): unknown {
  if (failed) return html`<span class="muted" title="could not be asked">not asked</span>`;
  if (all.length <= mostMarks) return all.map(({ mark }) => markSign(mark));
  const counts = (["right", "wrong", "uninformative", null] as const).map((wanted) => ({
    mark: wanted,
    value: all.filter(({ mark }) => mark === wanted).length,
  }));
  return counts.map(({ mark, value }) =>
    value === 0 ? nothing : html`<span class="mark-count">${markSign(mark)}${count(value)}</span>`,
  );
}

function decision({ decision: kind, reason, reviewed }: ReviewRow): unknown {
  if (reviewed === "dropped") return nothing;
  if (reason === "notAnswered") return html`<span class="muted">…</span>`;
  return html`${decisionSign(kind)}${decisionNames[kind]}`;
}

function youWords({ reviewed, fixed, marks: all, by }: ReviewRow): string {
  if (reviewed) return reviewed;
  if (fixed || all.some(({ byHand }) => byHand)) return "fixed";
  return by === "person" ? "added" : "";
}

/** Narrow: one question at a time, with the one before and the next. */
function picker(panel: Interrogation, list: ListView): TemplateResult {
  const text = panel.state.page?.text ?? "";
  const { row: at } = panel;
  return html`<div class="row picker-row" id="questions" data-region>
    <button class="mini" aria-label="Previous question" title="K" ?disabled=${at === 0} @click=${() => panel.do("step", -1)}>‹</button>
    <p class="sp picked">
      <span class="muted num">${at === undefined ? "none" : count(at + 1)} of ${count(list.total)}</span> ${text}
    </p>
    <button class="mini" aria-label="Next question" title="J" ?disabled=${at === list.total - 1} @click=${() => panel.do("step", 1)}>›</button>
    ${undoLink(panel)}
  </div>`;
}
