import { html, nothing, type TemplateResult } from "lit";
import { chosenModelChip } from "../runs/modelChip";
import { drawerButton, foldingHead, forecastLine, runButton } from "../runs/settingsHead";
import { plural } from "../ui/format";
import { numberField } from "../ui/slider";
import { helperField } from "./helperField";
import type { Probe } from "./probe";
import { sourceFields, sourceKind } from "./sourceFields";

/** What is asked, of whom and beside which controls; and the button that asks it with what it costs. */
export function head(panel: Probe): TemplateResult {
  return foldingHead(panel, { folded: folded(panel), settings: () => settings(panel), ask: ask(panel) });
}

function settings(panel: Probe): TemplateResult {
  const { problem } = panel.state.asked;
  return html`<div class="row wrap fields asked">${sourceKind(panel)} ${sourceFields(panel)}</div>
    ${problem ? html`<p class="small caution-mark" role="note">${problem}</p>` : nothing}
    <div class="row wrap fields">
      ${probedChip(panel)} ${samples(panel)} ${judge(panel)}
      ${panel.state.setup.source.kind === "calibration" ? nothing : html`${controls(panel)} ${book(panel)}`}
      ${drawerButton(panel, "more", "More settings", "chip flat")}
    </div>`;
}

/** The settings in short. */
function folded(panel: Probe): string {
  const { models, setup, asked } = panel.state;
  return `${models.probed.name} · ${plural(setup.samples, "sample")} · ${asked.label}`;
}

function probedChip(panel: Probe): TemplateResult {
  return chosenModelChip(panel.state.models.probed, {
    id: "model",
    label: "Model",
    pick: () => panel.host.tell("pickModel", "probed"),
  });
}

function samples(panel: Probe): TemplateResult {
  const { samples: value, temperature } = panel.state.setup;
  return html`<div class="fld">
    <label for="samples">Samples</label>
    <div class="row samples">
      ${numberField({
        id: "samples",
        label: "Samples",
        value,
        min: 1,
        max: 100,
        step: 1,
        hint: "Answers to each question, besides the greedy one",
        change: (next) => panel.set({ samples: Math.round(next) }),
      })}
      <span class="small muted">at T = ${temperature}, and greedy</span>
    </div>
  </div>`;
}

/** Who says which answers mean the same: the probed model, words alone, or another model. */
function judge(panel: Probe): TemplateResult {
  const { setup, models } = panel.state;
  return helperField(panel, "judge", "Judge", setup.judge, models.judge, {
    same: "Same model",
    none: "Words alone",
  });
}

const kindNames = { person: "people", place: "places", element: "elements" } as const;

function controls(panel: Probe): TemplateResult {
  const { each } = panel.state.setup.controls;
  const { kind, problem, names } = panel.state.asked.controls;
  const made = each === 0 ? "none: no verdict" : `known, as many invented${kind ? `, ${kindNames[kind]}` : ""}`;
  return html`<div class="fld">
    <label for="controls">Controls</label>
    <div class="row samples">
      ${numberField({
        id: "controls",
        label: "Controls of each kind",
        value: each,
        min: 0,
        max: 200,
        step: 1,
        hint: "The same question about well-known names and about made-up ones: what a score is held against. Below 5 nothing can be told",
        change: (next) => panel.set({ controls: { ...panel.state.setup.controls, each: Math.round(next) } }),
      })}
      <span class="small ${problem && each > 0 ? "caution-mark" : "muted"}" title=${problem ?? (names.length > 0 ? `Such as ${names.slice(0, 6).join(", ")}` : nothing)}
        >${problem && each > 0 ? problem : made}</span
      >
    </div>
  </div>`;
}

function book(panel: Probe): TemplateResult {
  const { books } = panel.state.setup;
  const name = books === null ? "Closed" : books.misleading ? `${books.page.name}, and misleading` : books.page.name;
  return html`<div class="fld">
    <span class="lab" id="book-label">Book</span>
    <div class="arms-chip" role="group" aria-labelledby="book-label">
      ${drawerButton(panel, "book", name, "chip field")}
    </div>
  </div>`;
}

function ask(panel: Probe): TemplateResult {
  const { run, running, forecast } = panel.state;
  if (running) return html``;
  const again = run?.asSetUp && !panel.interrupted;
  // One primary button a panel: before the first run it stands on the empty page.
  const primary = run !== null && !again && !panel.interrupted;
  return runButton(panel, {
    words: again ? "Probe again" : run && panel.interrupted ? "Start anew" : "Probe",
    primary,
    missing: "A question and a model are needed",
    cost: forecastLine(forecast),
  });
}
