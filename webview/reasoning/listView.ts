import { html, nothing, type TemplateResult } from "lit";
import { textOf } from "../ui/controls";
import { count } from "../ui/format";
import { rowWindow } from "../ui/rowWindow";
import { setBox } from "../ui/setBox";
import { lower } from "./finding";
import { verdictMark } from "./marks";
import type { FilterKind, ListView, QuestionRow } from "./questions";
import type { Reasoning } from "./reasoning";
import { sameSide } from "./sides";

const rowHeight = 24;
/** Rows that are seen at once. */
const viewRows = 12;
/** Before the browser says how high the list is. */
const viewHeight = viewRows * rowHeight;

/** The questions of the run: filters, a field to find in them, and a list of any length of which the rows in view are drawn. */
export function listView(panel: Reasoning, list: ListView): TemplateResult {
  return html`<div class="questions ${panel.narrow ? "narrow" : ""}">
    <h2>Questions</h2>
    ${chips(panel, list)} ${panel.narrow ? picker(panel, list) : grid(panel, list)}
  </div>`;
}

function chips(panel: Reasoning, list: ListView): TemplateResult {
  const [first, second] = [list.first, list.second].map((side) => (side ? lower(panel.armName(side.arm)) : ""));
  const names: readonly (readonly [FilterKind, string])[] = [
    ["all", "All"],
    ["differ", "Arms differ"],
    ["onlySecond", `Only ${second} right`],
    ["onlyFirst", `Only ${first} right`],
    ["bothWrong", "Both wrong"],
    ["wrong", "Any wrong"],
    ["unparsed", "Unparsed"],
    ["cutOff", "Cut off"],
  ];
  const compared = list.first !== null && list.second !== null;
  const shown = names.filter(
    ([kind]) =>
      kind === "all" ||
      kind === list.filter ||
      ((list.counts[kind] ?? 0) > 0 &&
        (compared || !["differ", "onlySecond", "onlyFirst", "bothWrong"].includes(kind))),
  );
  return html`<div class="row list-head-row">
    <div class="chips" role="group" aria-label="Filters" data-region>
      ${shown.map(
        ([kind, name]) => html`<button
          class="pill"
          data-filter=${kind}
          aria-pressed=${list.filter === kind ? "true" : "false"}
          @click=${() => panel.do("setList", { filter: kind, query: list.query })}
        >
          ${name} <span class="n">${count(list.counts[kind] ?? 0)}</span>
        </button>`,
      )}
    </div>
    <vscode-text-field
      id="find"
      class="find-field"
      placeholder="Find in questions"
      aria-label="Find in questions"
      title="/"
      .value=${panel.query}
      @input=${(event: Event) => panel.find(textOf(event))}
    ></vscode-text-field>
  </div>`;
}

function grid(panel: Reasoning, list: ListView): TemplateResult {
  const { first, end } = rowWindow(panel.scrolled, viewHeight, rowHeight, list.total);
  panel.rows.want(first, end, list.total, list.version);
  const indexes = Array.from({ length: end - first }, (_, at) => first + at);
  const open = panel.state.page?.id;
  const openRow = indexes.find((index) => panel.rows.at(index)?.id === open && open !== undefined);
  const seen = {
    from: Math.min(list.total, Math.floor(panel.scrolled / rowHeight) + 1),
    to: Math.min(list.total, Math.floor((panel.scrolled + viewHeight) / rowHeight)),
  };
  const [one, two] = [list.first, list.second].map((side) => (side ? shortName(panel, side.arm) : ""));
  return html`<div class="ql-box">
    <div
      class="ql ${(panel.state.run?.samples ?? 1) > 1 ? "several" : ""}"
      id="questions"
      role="grid"
      tabindex="0"
      aria-label="Questions, ${count(list.total)} of them; arrow keys move, Home and End go to the ends"
      aria-rowcount=${list.total + 1}
      aria-activedescendant=${openRow === undefined ? nothing : `question-${openRow}`}
      data-region
      @scroll=${(event: Event) => {
        panel.scrolled = (event.currentTarget as HTMLElement).scrollTop;
        panel.drawList();
      }}
      @keydown=${(event: KeyboardEvent) => listKeys(event, panel, list)}
    >
      <div class="ql-row ql-head" role="row" aria-rowindex="1">
        <span role="columnheader" class="r">#</span><span role="columnheader">Question</span
        ><span role="columnheader" class="r">steps</span><span role="columnheader" class="r">answer</span
        ><span role="columnheader" class="said" title=${one ?? ""}>${one}</span><span role="columnheader" class="said" title=${two ?? ""}>${two}</span
        ><span role="columnheader" class="r">tokens</span>
      </div>
      <div class="spacer" role="presentation" ${setBox({ height: first * rowHeight })}></div>
      ${indexes.map((index) => row(panel, list, index))}
      <div class="spacer" role="presentation" ${setBox({ height: Math.max(0, list.total - end) * rowHeight })}></div>
    </div>
    <p class="small muted under-list">
      ${list.total === 0 ? "No question is left by this filter." : `Rows ${count(seen.from)} to ${count(seen.to)} of ${count(list.total)}`}
    </p>
  </div>`;
}

/** Fits a narrow column; the whole name is on the filters above. */
function shortName(panel: Reasoning, id: string): string {
  const kind = panel.arms.find((arm) => arm.id === id)?.kind;
  if (kind === "direct") return "at once";
  return kind === "steps" ? "by step" : lower(panel.armName(id));
}

function row(panel: Reasoning, list: ListView, index: number): TemplateResult {
  const question = panel.rows.at(index);
  if (!question)
    return html`<div class="ql-row" role="row" aria-rowindex=${index + 2}><span role="gridcell"></span></div>`;
  const open = question.id === panel.state.page?.id;
  return html`<div
    class="ql-row"
    role="row"
    id="question-${index}"
    aria-rowindex=${index + 2}
    aria-selected=${open ? "true" : "false"}
    @click=${() => panel.open(question.id, index)}
  >
    <span role="gridcell" class="r muted">${count(question.index + 1)}</span
    ><span role="gridcell" class="qt" title=${question.text}>${question.text}</span
    ><span role="gridcell" class="r">${question.steps ?? ""}</span
    ><span role="gridcell" class="r answer">${question.answer ?? "–"}</span>${saidCell(question, list.first)}${saidCell(question, list.second)}<span
      role="gridcell"
      class="r muted"
      >${question.tokens > 0 ? count(question.tokens) : ""}</span
    >
  </div>`;
}

function saidCell(question: QuestionRow, side: ListView["first"]): TemplateResult {
  const cell = question.cells.find((each) => sameSide(each, side));
  if (!cell || (cell.answers === 0 && !cell.failed)) return html`<span role="gridcell" class="said"></span>`;
  if (cell.failed && cell.answers === 0)
    return html`<span role="gridcell" class="said muted" title="could not be asked">not asked</span>`;
  const votes = cell.answers > 1 ? html`<span class="muted votes">${cell.right}/${cell.answers}</span>` : nothing;
  return html`<span role="gridcell" class="said"
    >${cell.verdict ? verdictMark(cell.verdict) : nothing}<span class="said-text">${cell.said ?? "–"}</span>${votes}</span
  >`;
}

function listKeys(event: KeyboardEvent, panel: Reasoning, { total }: ListView): void {
  if (event.ctrlKey || event.altKey || event.metaKey || total === 0) return;
  const to: Readonly<Record<string, number>> = {
    ArrowDown: panel.row + 1,
    j: panel.row + 1,
    ArrowUp: panel.row - 1,
    k: panel.row - 1,
    PageDown: panel.row + viewRows - 1,
    PageUp: panel.row - viewRows + 1,
    Home: 0,
    End: total - 1,
    Enter: panel.row,
  };
  const wanted = to[event.key];
  if (wanted === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "Enter") panel.root.querySelector<HTMLElement>("#question")?.focus();
  else goToRow(panel, Math.min(total - 1, Math.max(0, wanted)));
}

/** Opens the question of a row and scrolls as little as needed to show it. */
function goToRow(panel: Reasoning, index: number): void {
  const list = panel.root.querySelector<HTMLElement>("#questions");
  if (list) {
    const top = index * rowHeight;
    const room = list.clientHeight - rowHeight;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (top + rowHeight > list.scrollTop + room) list.scrollTop = top + rowHeight - room;
  }
  panel.openRow(index);
}

/** Narrow: one question at a time, with the one before and the next. */
function picker(panel: Reasoning, list: ListView): TemplateResult {
  panel.rows.want(Math.max(0, panel.row - 1), Math.min(list.total, panel.row + 2), list.total, list.version);
  const text = panel.state.page?.text ?? "";
  const go = (by: 1 | -1) => panel.openRow(Math.min(list.total - 1, Math.max(0, panel.row + by)));
  return html`<div class="row picker-row" id="questions" data-region>
    <button class="mini" aria-label="Previous question" ?disabled=${panel.row === 0} @click=${() => go(-1)}>‹</button>
    <p class="sp picked"><span class="muted num">${list.total === 0 ? "none" : count(panel.row + 1)} of ${count(list.total)}</span> ${text}</p>
    <button class="mini" aria-label="Next question" ?disabled=${panel.row >= list.total - 1} @click=${() => go(1)}>›</button>
  </div>`;
}
