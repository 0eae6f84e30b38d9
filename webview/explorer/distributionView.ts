import { html, nothing, type TemplateResult } from "lit";
import { tailOutcome } from "../../src/experiments/explorer/coin";
import type { Entry } from "../../src/experiments/explorer/data";
import { cellBar } from "../ui/charts/cellBars";
import { textOf } from "../ui/controls";
import { count } from "../ui/format";
import { rowWindow } from "../ui/rowWindow";
import { setBox } from "../ui/setBox";
import { tokenView } from "../ui/tokenView";
import { coinCells, coinHead, coinScale, dueWords } from "./coinView";
import { type Column, columnsOf } from "./columns";
import type { Derived } from "./derived";
import type { Explorer } from "./explorer";
import { stageHead } from "./stageHeads";
import { stageName } from "./stageNames";
import type { ExtraStage } from "./view";
import { nats, percentCell } from "./words";

/** How much room there is: every column; without the coin's bars and the actions; or rows of two lines. */
type Layout = "wide" | "medium" | "narrow";

function layoutFor(width: number, columns: number): Layout {
  if (width >= 610 + columns * 130) return "wide";
  return width >= 170 + columns * 120 ? "medium" : "narrow";
}

function rowHeightOf(layout: Layout): number {
  return layout === "narrow" ? 40 : 22;
}

/** Rows while the list is folded, and that are seen at once while it is not. */
const foldedRows = 10;
const listRows = 16;
const extras: readonly ExtraStage[] = ["repetitionPenalty", "topK", "topP", "minP"];

/** One row a token, one column a stage; the head of a column is that stage's control. */
export function distributionView(explorer: Explorer, derived: Derived): TemplateResult {
  const { view } = explorer;
  const columns = columnsOf(derived, view.shown);
  const rows = explorer.rows(derived);
  const list = view.all || view.filter !== "";
  const shown = list ? rows : rows.slice(0, foldedRows);
  const scale = scaleOf(columns, shown);
  const layout = layoutFor(explorer.room, columns.length);
  return html`<section class="distribution ${explorer.stale ? "stale" : ""}" aria-label="What comes next">
    <div
      class="dist ${layout}"
      role="grid"
      id="tokens"
      tabindex="0"
      aria-label="Tokens that could come next, ${count(rows.length)} of them; arrow keys, Enter takes, B branches"
      aria-activedescendant=${shown.includes(explorer.chosen) ? `next-${explorer.chosen}` : nothing}
      @keydown=${(event: KeyboardEvent) => rowKeys(event, explorer, shown, rowHeightOf(layout))}
      aria-rowcount=${rows.length + 1}
      data-stages=${columns.length}
      data-region
    >
      <div class="dist-head" role="row">
        <div class="stage first" role="columnheader"><span class="sr">Next token</span></div>
        ${columns.map((column) => stageHead(explorer, column))} ${coinHead(explorer, derived)}
        <div class="stage last" role="columnheader"><span class="sr">Actions</span></div>
      </div>
      <div class="dist-units" role="presentation" aria-hidden="true">
        <span class="name">Next token</span>
        ${columns.map(({ kind, final }) => html`<span class="bar-cell"></span><span class="r cell-value ${markOf(kind, final)}">${layout === "narrow" ? (final ? "drawn %" : "model %") : "%"}</span>`)}
        <span class="coin-units">block: 95 % of fair draws</span><span class="r cell-seen">seen</span><span class="r cell-due">due</span><span class="acts"></span>
      </div>
      ${body(explorer, derived, columns, shown, scale, list, rowHeightOf(layout))} ${others(derived, columns, rows, shown, scale)}
      ${all(derived, columns)}
    </div>
    ${below(explorer, derived, rows.length, list)}
  </section>`;
}

function body(
  explorer: Explorer,
  derived: Derived,
  columns: readonly Column[],
  shown: readonly number[],
  scale: number,
  list: boolean,
  rowHeight: number,
): TemplateResult {
  const viewHeight = Math.min(shown.length, list ? listRows : foldedRows) * rowHeight;
  const { first, end } = list
    ? rowWindow(explorer.scrolled, viewHeight, rowHeight, shown.length)
    : { first: 0, end: shown.length };
  const coinMost = coinScale(derived);
  return html`<div
    class="dist-body ${list ? "list" : ""}"
    role="rowgroup"
    tabindex=${list ? 0 : nothing}
    ${setBox({ height: Math.max(viewHeight, rowHeight) })}
    @scroll=${(event: Event) => {
      explorer.scrolled = (event.target as HTMLElement).scrollTop;
      explorer.draw();
    }}
  >
    ${list && first > 0 ? html`<div class="spacer" role="presentation" ${setBox({ height: first * rowHeight })}></div>` : nothing}
    ${shown.slice(first, end).map((index, at) => row(explorer, derived, columns, index, first + at, scale, coinMost))}
    ${
      list && end < shown.length
        ? html`<div class="spacer" role="presentation" ${setBox({ height: (shown.length - end) * rowHeight })}></div>`
        : nothing
    }
    ${shown.length === 0 ? html`<p class="muted none">No token among these contains “${explorer.view.filter}”.</p>` : nothing}
  </div>`;
}

function row(
  explorer: Explorer,
  derived: Derived,
  columns: readonly Column[],
  index: number,
  position: number,
  scale: number,
  coinMost: number,
): TemplateResult {
  const entry = derived.distribution.entries[index]!;
  const removed = derived.final.probabilities[index] === 0;
  const chosen = index === explorer.chosen;
  const step = !explorer.canStep;
  return html`<div
    class="dist-row"
    role="row"
    id="next-${index}"
    aria-rowindex=${position + 2}
    aria-selected=${chosen ? "true" : "false"}
    @click=${() => explorer.choose(index)}
    @dblclick=${() => explorer.takeToken(index)}
  >
    <span class="name mono ${removed ? "muted" : ""}" role="gridcell" title=${hintOf(entry)}>${tokenView(entry)}</span>
    ${columns.map((column) => stageCells(column, index, scale))}
    ${coinCells(removed ? undefined : derived.coin?.byOutcome.get(index), derived.coin?.tosses.tosses.length ?? 0, coinMost)}
    <span class="acts" role="gridcell">
      <button class="link" tabindex="-1" ?disabled=${step} title="Go on with this token (Enter)" @click=${act(() => explorer.takeToken(index))}>Take</button>
      <button class="link" tabindex="-1" ?disabled=${step} title="Add it to the branches without moving (B)" @click=${act(() => explorer.branchToken(index))}>Branch</button>
    </span>
  </div>`;
}

function act(run: () => void): (event: Event) => void {
  return (event) => {
    event.stopPropagation();
    run();
  };
}

function stageCells({ kind, stage, shown, before, final }: Column, index: number, scale: number): TemplateResult {
  const p = shown.probabilities[index]!;
  const was = before?.probabilities[index] ?? 0;
  const cell = `cell-${kind} ${markOf(kind, final)}`;
  if (p === 0 && was > 0 && stage) {
    return html`<span class="${cell} bar-cell" role="gridcell">${cellBar({ removed: was / scale })}</span
      ><span class="r muted cell-value ${markOf(kind, final)}" role="gridcell">removed</span>`;
  }
  if (p === 0)
    return html`<span class="${cell} bar-cell" role="gridcell"></span><span class="r muted cell-value ${markOf(kind, final)}" role="gridcell">${kind === "raw" ? "0" : "–"}</span>`;
  const look = !stage ? "soft" : final ? "final" : "plain";
  const tick = before && stage ? was / scale : undefined;
  return html`<span class="${cell} bar-cell" role="gridcell">${cellBar({ fill: p / scale, look, ...(tick !== undefined && { tick }) })}</span
    ><span class="num r cell-value ${markOf(kind, final)} ${stage ? "" : "muted"}" role="gridcell">${percentCell(p)}</span>`;
}

/** All that is not in the rows, as one row on the rows' scale. */
function others(
  { distribution, stages, coin }: Derived,
  columns: readonly Column[],
  rows: readonly number[],
  shown: readonly number[],
  scale: number,
): TemplateResult | typeof nothing {
  const { entries, tailTokens, tail } = distribution;
  const hidden = entries.length - shown.length;
  const more = hidden + (tailTokens ?? 0);
  if (more === 0 && tail === 0) return nothing;
  const inRows = new Set(shown);
  const sum = (probabilities: Float64Array, rest: number) =>
    probabilities.reduce((total, p, index) => (inRows.has(index) ? total : total + p), rest);
  const raw = stages[0]!;
  const name = tailTokens === null ? "all others" : `${count(more)} others`;
  let seen = coin?.tosses.tail ?? 0;
  if (coin) for (const [index, times] of coin.tosses.counts.entries()) if (!inRows.has(index)) seen += times;
  let due = 0;
  if (coin)
    for (const [outcome, each] of coin.byOutcome) if (outcome === tailOutcome || !inRows.has(outcome)) due += each.due;
  return html`<div class="dist-row foot" role="row">
    <span class="name muted" role="gridcell" title=${rows.length < entries.length ? "Tokens that the filter leaves out are among them" : nothing}>${name}</span>
    ${columns.map(({ shown: stage, before, stage: on, kind, final }) => {
      const p = sum(stage.probabilities, stage.tail.estimate);
      const was = before ? sum(before.probabilities, before.tail.estimate) : 0;
      const gone = p === 0 && was > 0 && on !== undefined;
      const approx = stage === raw || stage.exact ? "" : "≈ ";
      return html`<span class="cell-${kind} ${markOf(kind, final)} bar-cell" role="gridcell"
          >${cellBar(gone ? { removed: Math.min(1, was / scale) } : { fill: Math.min(1, p / scale), look: "soft", cut: p > scale })}</span
        ><span class="num r cell-value muted ${markOf(kind, final)}" role="gridcell">${gone ? "removed" : p === 0 ? "–" : `${approx}${percentCell(p)}`}</span>`;
    })}
    <span class="cell-coin" role="gridcell"></span>
    <span class="num r cell-seen muted" role="gridcell">${coin ? count(seen) : ""}</span>
    <span class="num r cell-due muted" role="gridcell">${coin ? dueWords(due) : ""}</span>
    <span class="acts" role="gridcell"></span>
  </div>`;
}

/** The whole mass of each stage on its own scale, with what the stage took away. */
function all({ coin }: Derived, columns: readonly Column[]): TemplateResult {
  const times = coin ? count(coin.tosses.tosses.length) : "";
  return html`<div class="dist-row foot" role="row">
    <span class="name muted" role="gridcell">All (own scale)</span>
    ${columns.map(({ shown, stage, kind, final }) => {
      const removed = stage?.removed.estimate ?? 0;
      const out = removed > 0 ? `${shown.exact ? "" : "≈ "}${percentCell(removed)} out` : "";
      return html`<span class="cell-${kind} ${markOf(kind, final)} bar-cell" role="gridcell"
          >${cellBar({ fill: (1 - removed) * 0.98, removed: removed * 0.98, look: !stage ? "soft" : final ? "final" : "plain" })}</span
        ><span class="num r cell-value total ${markOf(kind, final)}" role="gridcell">${out === "" ? nothing : html`<span class="muted out">${out}</span>`}100.0</span>`;
    })}
    <span class="cell-coin" role="gridcell"></span>
    <span class="num r cell-seen" role="gridcell">${times}</span>
    <span class="num r cell-due" role="gridcell">${times}</span>
    <span class="acts" role="gridcell"></span>
  </div>`;
}

function below(explorer: Explorer, { distribution, stages }: Derived, rows: number, list: boolean): TemplateResult {
  const { view, state } = explorer;
  const on = new Set(stages.map(({ kind }) => kind));
  const hidden = extras.filter((kind) => !on.has(kind) && !view.shown.includes(kind));
  const emptyColumns = view.shown.filter((kind) => !on.has(kind));
  const whole = distribution.tailTokens === 0;
  return html`${chosenActions(explorer, distribution.entries[explorer.chosen])}
  <div class="row wrap small below-table">
    ${
      hidden.length > 0
        ? html`<span class="muted">Off:</span>
            ${hidden.map(
              (kind) =>
                html`<button class="link" @click=${() => explorer.setView({ shown: [...view.shown, kind] })}>${stageName(kind)}…</button>`,
            )}`
        : nothing
    }
    ${emptyColumns.map(
      (kind) =>
        html`<button class="link" @click=${() => explorer.setView({ shown: view.shown.filter((each) => each !== kind) })}>Hide ${stageName(kind)}</button>`,
    )}
    <span class="sp"></span>
    <vscode-text-field
      id="filter"
      placeholder="Filter tokens (/)"
      aria-label="Filter tokens"
      .value=${view.filter}
      @input=${(event: Event) => {
        explorer.scrolled = 0;
        explorer.setView({ filter: textOf(event) });
      }}
    ></vscode-text-field>
    <button
      class="link"
      id="all-tokens"
      aria-pressed=${view.all ? "true" : "false"}
      @click=${() => {
        explorer.scrolled = 0;
        explorer.setView({ all: !view.all });
      }}
    >
      ${view.all ? "Only the likeliest" : `All ${count(distribution.entries.length)} tokens`}
    </button>
    ${list ? html`<span class="muted">${count(rows)} shown</span>` : nothing}
    ${
      view.next === null
        ? html`<button
            class="link"
            id="write-token"
            ?disabled=${state.model?.missing.tokenize != null || !explorer.canStep}
            title=${state.model?.missing.tokenize ?? "Goes on with a text of yours, token by token"}
            @click=${() => {
              explorer.writeNext("");
              requestAnimationFrame(() => explorer.root.querySelector<HTMLElement>("#written")?.focus());
            }}
          >
            Write a token by hand…
          </button>`
        : nothing
    }
  </div>
  ${view.next === null ? nothing : writer(explorer, view.next)}
  ${
    whole
      ? nothing
      : html`<p class="small muted">The model gave its ${count(distribution.entries.length)} likeliest tokens; the others are one row.</p>`
  }`;
}

/** Where rows have no room for their actions, those of the row in hand stand below the table. */
function chosenActions(explorer: Explorer, entry: Entry | undefined): TemplateResult | typeof nothing {
  if (!entry) return nothing;
  const step = !explorer.canStep;
  return html`<div class="row chosen-actions">
    <span class="mono">${tokenView(entry)}</span>
    <vscode-button appearance="secondary" ?disabled=${step} @click=${() => explorer.takeToken()}>Take</vscode-button>
    <vscode-button appearance="secondary" ?disabled=${step} @click=${() => explorer.branchToken()}>Branch</vscode-button>
  </div>`;
}

function writer(explorer: Explorer, text: string): TemplateResult {
  const { refused } = explorer;
  const close = () => explorer.writeNext(null);
  return html`<div class="row wrap writer">
    <vscode-text-field
      id="written"
      aria-label="Text to go on with"
      placeholder="What comes next, its leading space included"
      .value=${text}
      @input=${(event: Event) => explorer.writeNext(textOf(event))}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === "Enter") {
          event.preventDefault();
          explorer.watch(explorer.write());
        } else if (event.key === "Escape") close();
        event.stopPropagation();
      }}
    ></vscode-text-field>
    <vscode-button appearance="secondary" @click=${() => explorer.watch(explorer.write())}>Go on with it</vscode-button>
    <button class="link" @click=${close}>Cancel</button>
    ${refused === undefined ? nothing : html`<span class="wrong" role="alert">${refused}</span>`}
  </div>`;
}

/** What of a row stays where there is little room: the model's own number, and what tokens are drawn from. */
function markOf(kind: Column["kind"], final: boolean): string {
  return kind === "raw" ? "is-raw" : final ? "is-final" : "";
}

/** The largest probability that has a bar, so that all bars share one axis. */
function scaleOf(columns: readonly Column[], rows: readonly number[]): number {
  let most = 0.001;
  for (const { shown } of columns) for (const index of rows) most = Math.max(most, shown.probabilities[index]!);
  return most * 1.02;
}

function rowKeys(event: KeyboardEvent, explorer: Explorer, rows: readonly number[], rowHeight: number): void {
  // Keys of a slider or a field in the heads are theirs.
  if (!(event.target as Element).matches("#tokens, .dist-body")) return;
  if (event.ctrlKey || event.altKey || event.metaKey || rows.length === 0) return;
  const at = Math.max(0, rows.indexOf(explorer.chosen));
  const target = {
    ArrowDown: at + 1,
    j: at + 1,
    ArrowUp: at - 1,
    k: at - 1,
    Home: 0,
    End: rows.length - 1,
    PageDown: at + 10,
    PageUp: at - 10,
  }[event.key];
  if (target === undefined) return;
  event.preventDefault();
  const next = Math.min(rows.length - 1, Math.max(0, target));
  const list = (event.currentTarget as HTMLElement).querySelector<HTMLElement>(".dist-body");
  if (!list) return;
  const top = next * rowHeight;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + rowHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + rowHeight - list.clientHeight;
  explorer.scrolled = list.scrollTop;
  explorer.choose(rows[next]!);
}

function hintOf({ id, logProb }: Entry): string {
  return `id ${id}, ln p = ${nats(logProb, 3)} nats, ${nats(-logProb / Math.LN2)} bits of surprisal`;
}
