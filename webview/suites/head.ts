import { html, nothing, type TemplateResult } from "lit";
import { listed } from "../../src/experiments/reasoning/words";
import { chosenModelChip } from "../runs/modelChip";
import { samplingWords } from "../runs/samplerFields";
import { drawerButton, foldingHead, forecastLine, runButton } from "../runs/settingsHead";
import { count, plural } from "../ui/format";
import { icon } from "../ui/icons";
import { labelledWhole } from "../ui/slider";
import { mostModels } from "./setup";
import type { Suites } from "./suites";

/** What is asked of whom, and the button that asks it with what it costs. */
export function head(panel: Suites): TemplateResult {
  return foldingHead(panel, { folded: folded(panel), settings: () => settings(panel), ask: ask(panel) });
}

function settings(panel: Suites): TemplateResult {
  const { offered } = panel.state;
  return html`<div class="row wrap fields">
      ${models(panel)}
      <div class="fld">
        <span class="lab" id="suites-label">Suites</span>
        <div role="group" aria-labelledby="suites-label">
          ${drawerButton(panel, "suites", offered ? `${count(panel.chosen.length)} of ${count(offered.length)}` : "…", "chip field")}
        </div>
      </div>
      ${labelledWhole({
        ...{ id: "size", label: "Cases each way", value: panel.state.setup.size, min: 1, max: 200 },
        hint: "Of ready suites; under 30 they are counted, not put in percent",
        change: (size) => panel.set({ size }),
      })}
      ${samples(panel)} ${drawerButton(panel, "more", "More settings", "chip flat")}
    </div>`;
}

/** The settings in short. */
function folded(panel: Suites): string {
  const names = listed(panel.state.models.map(({ name }) => name));
  return `${names} · ${plural(panel.chosen.length, "suite")}`;
}

function models(panel: Suites): TemplateResult {
  const all = panel.state.models;
  return html`${all.map(
    (model, index) => html`<div class="row model">
      ${chosenModelChip(model, {
        id: `model-${index}`,
        label: index === 0 ? "Model" : "and",
        pick: () => panel.do("pickModel", index),
      })}
      ${
        all.length > 1
          ? html`<button
              class="mini remove-model"
              aria-label="Leave ${model.name} out"
              title="Leave ${model.name} out"
              @click=${() => panel.do("removeModel", index)}
            >
              ${icon("remove")}
            </button>`
          : nothing
      }
    </div>`,
  )}
  ${
    all.length > 0 && all.length < mostModels
      ? html`<button
          class="link small"
          id="add-model"
          title="Asks another model the same cases, as one more column"
          @click=${() => panel.do("pickModel", null)}
        >
          and another…
        </button>`
      : nothing
  }`;
}

function samples(panel: Suites): TemplateResult {
  const { samples: value, sampler } = panel.state.setup;
  return html`<div class="row samples">
    ${labelledWhole({
      ...{ id: "samples", label: "Samples each", value, min: 1, max: 100, hint: "Answers to each case" },
      change: (next) => panel.set({ samples: next }),
    })}
    <span class="small muted how">${samplingWords(sampler.temperature, value)}</span>
  </div>`;
}

function ask(panel: Suites): TemplateResult {
  const { run, running, forecast } = panel.state;
  if (running) return html``;
  const again = run?.asSetUp && !panel.interrupted;
  // One primary button a panel: before the first run it stands on the empty page.
  const primary = run !== null && !again && !panel.interrupted;
  const none = panel.chosen.length === 0 ? "Choose at least one suite" : "A model that can answer is needed";
  return runButton(panel, {
    words: again ? "Run again" : run && !panel.interrupted ? "Run with these settings" : run ? "Start anew" : "Run",
    primary,
    missing: none,
    cost: forecastLine(forecast),
  });
}
