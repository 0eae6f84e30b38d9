import { html, nothing, type TemplateResult } from "lit";
import { samplerFields } from "../runs/samplerFields";
import { undoSetupButton } from "../runs/setupFields";
import { checkbox } from "../ui/checkbox";
import { plural } from "../ui/format";
import type { OfferedSuite } from "./setup";
import type { Suites } from "./suites";

/** The part of the settings that is unfolded. */
export function drawer(panel: Suites): TemplateResult | typeof nothing {
  const { drawer: part } = panel.view;
  const folded = panel.narrow && panel.state.run !== null && !panel.unfolded;
  if (part === "none" || folded) return nothing;
  return html`<section class="card drawer" id="drawer" aria-label=${part === "suites" ? "Suites" : "More settings"} data-region>
    ${part === "suites" ? suitesDrawer(panel) : moreDrawer(panel)}
  </section>`;
}

/** Which suites are asked, and how one's own get there. */
function suitesDrawer(panel: Suites): TemplateResult {
  const offered = panel.state.offered ?? [];
  const readable = offered.filter(({ problem }) => problem === null).map(({ id }) => id);
  return html`<div class="row wrap">
      <button class="link" id="all-suites" @click=${() => panel.set({ suites: readable })}>All</button>
      <button class="link" id="no-suites" @click=${() => panel.set({ suites: [] })}>None</button>
      ${undoSetupButton(panel, panel.state.canUndo)}
      <span class="sp"></span>
      <button class="link" id="open-suite" @click=${() => panel.do("openSuite")}>Open your own…</button>
      <button class="link" id="write-starter" title="A file with a case of each kind, to change" @click=${() => panel.do("writeStarter")}>
        Write one to start from
      </button>
    </div>
    <ul class="offered">
      ${offered.map((suite) => html`<li>${offeredRow(panel, suite)}</li>`)}
    </ul>
    ${
      panel.state.glob === ""
        ? nothing
        : html`<p class="small muted">Your own are the files <code class="mono">${panel.state.glob}</code> of this folder, one case a line.</p>`
    }`;
}

function offeredRow(
  panel: Suites,
  { id, name, why, ways, cases, graded, file, problem }: OfferedSuite,
): TemplateResult {
  // What holds when something is changed, not when this was drawn: two changes may come within a frame.
  const chosen = () => panel.state.setup.suites;
  const all = (panel.state.offered ?? []).map((suite) => suite.id);
  const asked = ways.filter((way) => way !== "");
  const about = [
    ...(asked.length > 0 ? [asked.join(", ")] : []),
    `${plural(cases, "case")}${graded < cases ? `, ${plural(cases - graded, "of them", "of them")} only to be read` : ""}`,
  ].join("; ");
  const words = html`${name}
    ${file === null ? nothing : html`<span class="muted">your own</span>`}`;
  const link =
    file === null
      ? nothing
      : html`<button class="link small" @click=${() => panel.do("editSuite", id)}>Open file</button>`;
  if (problem !== null) {
    return html`<p>${words} ${link}</p>
      <p class="small caution-mark" role="note">${problem}</p>`;
  }
  return html`<div class="row">
      ${checkbox({
        label: words,
        look: "suite-on",
        read: () => chosen().includes(id),
        change: (on) => panel.set({ suites: all.filter((each) => (each === id ? on : chosen().includes(each))) }),
      })}
      ${link}
    </div>
    <p class="small muted about">${about}${why === "" ? "" : html`<br />${why}`}</p>`;
}

function moreDrawer(panel: Suites): TemplateResult {
  return html`<div class="row wrap fields">
      ${samplerFields(
        () => panel.state.setup,
        (change) => panel.set(change),
      )}
      <p class="small muted hint">The seed also draws the cases of ready suites.</p>
    </div>
    ${undoSetupButton(panel, panel.state.canUndo)}`;
}
