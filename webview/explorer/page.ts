import { html, nothing, type TemplateResult } from "lit";
import { hatchPattern } from "../ui/charts/cellBars";
import { branchesView } from "./branchesView";
import { compareView } from "./compareView";
import type { Derived } from "./derived";
import { distributionView } from "./distributionView";
import type { Explorer } from "./explorer";
import { findingOf } from "./finding";
import { head } from "./head";
import { empty, notices } from "./notices";
import { plotsView } from "./plots";
import { promptView } from "./promptView";

/** The whole panel. */
export function page(explorer: Explorer): TemplateResult {
  const { state, derived } = explorer;
  const { prompt, tree } = state;
  return html`<main class="panel">
    <h1 class="sr">Next-token explorer</h1>
    ${hatchPattern()} ${head(explorer)} ${notices(explorer)}
    ${
      prompt
        ? html`${finding(explorer, derived)} ${promptView(explorer, prompt)} ${compareView(explorer, derived)}
            ${derived ? distributionView(explorer, derived) : waiting(explorer)}
            <div class="lower">
              ${tree ? branchesView(explorer, tree) : nothing} ${plotsView(explorer, derived)}
            </div>
            ${files(explorer)}`
        : explorer.started && state.busy === null && state.problem?.kind !== "error"
          ? empty(explorer)
          : nothing
    }
    <div class="sr" role="status">${explorer.announcement}</div>
  </main>`;
}

function finding(explorer: Explorer, derived: Derived | undefined): TemplateResult | typeof nothing {
  if (!derived) return nothing;
  const { key, rest } = findingOf(derived);
  return html`<p class="find ${explorer.stale ? "stale" : ""}"><b>${key}</b>${rest}</p>`;
}

function waiting({ state }: Explorer): TemplateResult | typeof nothing {
  if (state.problem || state.model?.missing.next) return nothing;
  const text = state.file.withoutModel
    ? "What comes next was not asked here before the exploration was saved. Choose a model to go on."
    : "The bars appear as soon as the model has said what comes next.";
  return html`<p class="muted none-yet">${text}</p>`;
}

/** Saving and what can be taken elsewhere. */
function files(explorer: Explorer): TemplateResult {
  const { file, tree } = explorer.state;
  const branches = (tree?.nodes.length ?? 0) > 1;
  const picture = (of: "bars" | "tree", format: "svg" | "png") =>
    html`<button
      class="link"
      id="export-${of}-${format}"
      ?disabled=${of === "tree" ? !branches : !explorer.derived}
      @click=${() => explorer.watch(explorer.exportPicture(of, format))}
    >
      ${format.toUpperCase()}
    </button>`;
  return html`<div class="row wrap small files" data-region>
    <span class="muted">${file.name ?? "Not saved yet"}${file.name !== null && file.unsaved ? ", changed" : ""}</span>
    <button class="link" id="save" title="Ctrl+S" @click=${() => explorer.do("save")}>Save</button>
    <button class="link" @click=${() => explorer.do("saveAs")}>Save as…</button>
    <span class="sp"></span>
    <span class="muted">Export numbers</span>
    <button class="link" id="export-csv" @click=${() => explorer.do("exportData", "csv")}>CSV</button>
    <button class="link" id="export-json" @click=${() => explorer.do("exportData", "json")}>JSON</button>
    <span class="muted">bars</span>${picture("bars", "svg")}${picture("bars", "png")}
    <span class="muted">tree</span>${picture("tree", "svg")}${picture("tree", "png")}
  </div>`;
}
