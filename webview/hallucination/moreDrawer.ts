import { html, type TemplateResult } from "lit";
import { chatField, systemField, undoSetupButton } from "../runs/setupFields";
import { dropdown } from "../ui/fields";
import { labelledNumber, type NumberSetting } from "../ui/slider";
import type { Probe } from "./probe";

const kinds = [
  { value: "auto", label: "as the question says" },
  { value: "person", label: "people" },
  { value: "place", label: "places" },
  { value: "element", label: "elements" },
] as const;

/** Sampler, seeds, limits, the system message, and what the controls are. */
export function moreDrawer(panel: Probe): TemplateResult {
  const { setup, canUndo } = panel.state;
  const controls = () => panel.state.setup.controls;
  const fields: readonly NumberSetting[] = [
    {
      id: "temperature",
      label: "Temperature",
      value: setup.temperature,
      min: 0,
      max: 5,
      step: 0.1,
      hint: "1 samples what the model believes; lower hides its doubts. The greedy answer is asked besides",
      change: (temperature) => panel.set({ temperature }),
    },
    {
      id: "seed",
      label: "Seed",
      value: setup.seed,
      min: 0,
      max: 2 ** 32 - 1,
      step: 1,
      hint: "The same seed gives the same answers",
      change: (seed) => panel.set({ seed: Math.round(seed) }),
    },
    {
      id: "max-tokens",
      label: "At most tokens",
      value: setup.maxTokens,
      min: 1,
      max: 4096,
      step: 1,
      hint: "Of an answer",
      change: (maxTokens) => panel.set({ maxTokens: Math.round(maxTokens) }),
    },
    {
      id: "control-seed",
      label: "Seed of invented names",
      value: setup.controls.seed,
      min: 0,
      max: 2 ** 32 - 1,
      step: 1,
      hint: "Names are checked against the question, the page and real names",
      change: (seed) => panel.set({ controls: { ...controls(), seed: Math.round(seed) } }),
    },
  ];
  return html`<div class="row wrap fields">
      ${fields.map(labelledNumber)}
      ${dropdown("control-kind", "Controls are", kinds, setup.controls.kind, (value) => {
        const kind = kinds.find((each) => each.value === value)?.value;
        if (kind && kind !== controls().kind) panel.set({ controls: { ...controls(), kind } });
      })}
      ${chatField(
        () => panel.state.setup.chat,
        (chat) => panel.set({ chat }),
      )}
    </div>
    ${systemField(setup.system, (system) => panel.set({ system }))}
    ${undoSetupButton(panel, canUndo)}`;
}
