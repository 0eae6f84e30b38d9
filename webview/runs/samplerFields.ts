import { html, type TemplateResult } from "lit";
import type { Sampler } from "../../src/inference/engine";
import { numberField, type Setting } from "../ui/slider";

/** Fields of a sampler and of a run's seed, each under its label. `read`: how they stand now, also when a change comes later. */
export function samplerFields(
  read: () => { readonly sampler: Sampler; readonly seed: number },
  set: (change: { sampler: Sampler } | { seed: number }) => void,
): TemplateResult[] {
  const { sampler, seed } = read();
  const change = (part: Partial<Sampler>) => set({ sampler: { ...read().sampler, ...part } });
  const rows: readonly Omit<Setting, "words">[] = [
    {
      ...{ id: "temperature", label: "Temperature", value: sampler.temperature, min: 0, max: 100, step: 0.1 },
      hint: "0 takes the likeliest token each time",
      change: (temperature) => change({ temperature }),
    },
    {
      ...{ id: "top-k", label: "Top-k", value: sampler.topK, min: 0, max: 1_000_000, step: 1, hint: "0 for off" },
      change: (topK) => change({ topK: Math.round(topK) }),
    },
    {
      ...{ id: "top-p", label: "Top-p", value: sampler.topP, min: 0, max: 1, step: 0.05, hint: "1 for off" },
      change: (topP) => change({ topP }),
    },
    {
      ...{ id: "min-p", label: "Min-p", value: sampler.minP, min: 0, max: 1, step: 0.01, hint: "0 for off" },
      change: (minP) => change({ minP }),
    },
    {
      ...{ id: "seed", label: "Seed", value: seed, min: 0, max: 2 ** 32 - 1, step: 1 },
      hint: "The same seed gives the same answers",
      change: (next) => set({ seed: Math.round(next) }),
    },
  ];
  return rows.map(
    (row) =>
      html`<div class="fld"><label for=${row.id}>${row.label}</label>${numberField({ ...row, words: "" })}</div>`,
  );
}
