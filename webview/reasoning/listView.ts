import { html, nothing, type TemplateResult } from "lit";
import { inSentence } from "../../src/experiments/reasoning/words";
import { filterPills, findField } from "../runs/listHead";
import { rowGrid, rowHeight } from "../runs/rowGrid";
import { verdictMark } from "../runs/verdictMark";
import { count } from "../ui/format";
import { lower } from "./finding";
import type { FilterKind, ListView, QuestionRow } from "./questions";
import type { Reasoning } from "./reasoning";
import { sameSide } from "./sides";

/** Rows that are seen at once. */
const viewRows = 12;

/** The questions of the run: filters, a field to find in them, and a list of any length of which the rows in view are drawn. */
export function listView(panel: Reasoning, list: ListView): TemplateResult {
  return html`<div class="questions ${panel.narrow ? "narrow" : ""}">
    <h2>Questions</h2>
    ${chips(panel, list)} ${panel.narrow ? picker(panel, list) : grid(panel, list)}
  </div>`;
}

function chips(panel: Reasoning, list: ListView): TemplateResult {
  const [first, second] = [list.first, list.second].map((side) => (side ? inSentence(panel.armName(side.arm)) : ""));
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
    ${filterPills({ names: shown, chosen: list.filter, counts: list.counts, choose: (filter) => panel.do("setList", { filter, query: list.query }) })}
    ${findField(panel.browsing.query, (query) => panel.browsing.find(query))}
  </div>`;
}

function grid(panel: Reasoning, list: ListView): TemplateResult {
  const { browsing } = panel;
  const { total, version } = list;
  const from = Math.floor(browsing.scrolled / rowHeight);
  const seen = { from: Math.min(total, from + 1), to: Math.min(total, from + viewRows) };
  const [one, two] = [list.first, list.second].map((side) => (side ? shortName(panel, side.arm) : ""));
  return html`<div class="ql-box">
    ${rowGrid<QuestionRow>({
      id: "questions",
      name: "Questions",
      look: (panel.state.run?.samples ?? 1) > 1 ? "several" : "",
      rows: browsing.rows,
      total,
      version,
      viewRows,
      scrollTop: browsing.scrolled,
      at: browsing.row ?? -1,
      head: html`<span role="columnheader" class="r">#</span><span role="columnheader">Question</span
        ><span role="columnheader" class="r">steps</span><span role="columnheader" class="r">answer</span
        ><span role="columnheader" class="said" title=${one ?? ""}>${one}</span><span role="columnheader" class="said" title=${two ?? ""}>${two}</span
        ><span role="columnheader" class="r">tokens</span>`,
      cells: (question) => cells(list, question),
      isOpen: ({ id }) => id === panel.state.page?.id,
      open: (index) => browsing.open(index),
      enter: () => panel.root.querySelector<HTMLElement>("#question")?.focus(),
      scrolled: (top) => browsing.scrollTo(top),
    })}
    <p class="small muted under-list">
      ${total === 0 ? "No question is left by this filter." : `Rows ${count(seen.from)} to ${count(seen.to)} of ${count(total)}`}
    </p>
  </div>`;
}

/** Fits a narrow column; the whole name is on the filters above. */
function shortName(panel: Reasoning, id: string): string {
  const kind = panel.arms.find((arm) => arm.id === id)?.kind;
  if (kind === "direct") return "at once";
  return kind === "steps" ? "by step" : lower(panel.armName(id));
}

function cells(list: ListView, question: QuestionRow): TemplateResult {
  return html`<span role="gridcell" class="r muted">${count(question.index + 1)}</span
    ><span role="gridcell" class="qt" title=${question.text}>${question.text}</span
    ><span role="gridcell" class="r">${question.steps ?? ""}</span
    ><span role="gridcell" class="r answer">${question.answer ?? "–"}</span>${saidCell(question, list.first)}${saidCell(question, list.second)}<span
      role="gridcell"
      class="r muted"
      >${question.tokens > 0 ? count(question.tokens) : ""}</span
    >`;
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

/** Narrow: one question at a time, with the one before and the next. */
function picker(panel: Reasoning, list: ListView): TemplateResult {
  const { browsing } = panel;
  const row = browsing.row ?? -1;
  browsing.rows.want(Math.max(0, row - 1), Math.min(list.total, row + 2), list.total, list.version);
  const text = panel.state.page?.text ?? "";
  const go = (by: 1 | -1) => browsing.open(Math.min(list.total - 1, row + by));
  return html`<div class="row picker-row" id="questions" data-region>
    <button class="mini" aria-label="Previous question" ?disabled=${row <= 0} @click=${() => go(-1)}>‹</button>
    <p class="sp picked"><span class="muted num">${row < 0 || list.total === 0 ? "none" : count(row + 1)} of ${count(list.total)}</span> ${text}</p>
    <button class="mini" aria-label="Next question" ?disabled=${row >= list.total - 1} @click=${() => go(1)}>›</button>
  </div>`;
}
