import { html, type TemplateResult } from "lit";
import type { Sampler } from "../../src/inference/engine";
import { labelledNumber, type NumberSetting, numberField } from "../ui/slider";

/** Fields of a sampler and of a run's seed, each under its label. `read`: how they stand now, also when a change comes later. */
export function samplerFields(
  read: () => { readonly sampler: Sampler; readonly seed: number },
  set: (change: { sampler: Sampler } | { seed: number }) => void,
): TemplateResult[] {
  const { sampler, seed } = read();
  const change = (part: Partial<Sampler>) => set({ sampler: { ...read().sampler, ...part } });
  const rows: readonly NumberSetting[] = [
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
  return rows.map(labelledNumber);
}

interface SamplesField {
  readonly label: string;
  readonly hint: string;
  readonly samples: number;
  readonly temperature: number;
  set(samples: number): void;
}

/** How many answers are sampled to each question, and how. */
export function samplesField({ label, hint, samples, temperature, set }: SamplesField): TemplateResult {
  return html`<div class="fld">
    <label for="samples">${label}</label>
    <div class="row samples">
      ${numberField({
        ...{ id: "samples", label, value: samples, min: 1, max: 100, step: 1, hint },
        change: (next) => set(Math.round(next)),
      })}
      <span class="small muted">${samplingWords(temperature, samples)}</span>
    </div>
  </div>`;
}

/** "greedy: all the same", "temperature 0.8". */
export function samplingWords(temperature: number, samples: number): string {
  if (temperature !== 0) return `temperature ${temperature}`;
  return samples > 1 ? "greedy: all the same" : "greedy";
}
