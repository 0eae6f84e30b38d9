import { estimateMemory, type MemoryEstimate, type MemoryFacts } from "./memoryEstimate";
import type { LlamaSettings } from "./runtime/loadOptions";

/** Settings with what they leave open filled in from the memory at hand. */
export interface MemoryPlan {
  readonly contextSize: number;
  readonly sequences: number;
  readonly estimate: MemoryEstimate;
  /** Whether the estimate stays within the share of the free memory that a model may take. */
  readonly fits: boolean;
}

export interface PlanSettings
  extends Pick<LlamaSettings, "contextSize" | "kvCacheType" | "batchSize" | "flashAttention"> {
  /** Undefined: as many as fit, at most 10. */
  readonly sequences: number | undefined;
}

/** Of the free memory; the rest is for everybody else. */
const share = 0.85;
const mostContext = 8192;
const leastContext = 1024;
const sequenceChoices = [10, 8, 6, 4, 3, 2, 1];

/**
 * Chooses context size and number of samples side by side: as many samples as fit with the context wanted; with one sample,
 * as much context as fits. What a person has set stays as it is.
 * @param freeBytes memory free for models: RAM, or the GPU's where the weights go there
 */
export function planMemory(facts: MemoryFacts, settings: PlanSettings, freeBytes: number): MemoryPlan {
  const trained = facts.dimensions.contextSize ?? mostContext;
  const wanted = settings.contextSize === "auto" ? Math.min(trained, mostContext) : settings.contextSize;
  const plan = (contextSize: number, sequences: number): MemoryPlan => {
    const estimate = estimateMemory(facts, { ...settings, contextSize, sequences });
    return { contextSize, sequences, estimate, fits: estimate.total <= freeBytes * share };
  };
  const sequences = settings.sequences === undefined ? sequenceChoices : [settings.sequences];
  const plans = sequences.map((count) => plan(wanted, count));
  if (settings.contextSize === "auto") {
    const fewest = sequences.at(-1) ?? 1;
    for (let size = wanted / 2; size >= leastContext; size /= 2) plans.push(plan(Math.floor(size), fewest));
  }
  // The last one asks least.
  return plans.find(({ fits }) => fits) ?? (plans.at(-1) as MemoryPlan);
}
