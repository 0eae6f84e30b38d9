/** How the scores of a probe are named, scaled and written. Pure. */
import { scaleLinear } from "d3-scale";
import { percent } from "../../src/experiments/reasoning/words";
import type { AreaView, FitView, ScoreName } from "./figures";
import type { EvidenceView } from "./items";

export const scoreTitles: Readonly<Record<ScoreName, string>> = {
  semanticEntropy: "Semantic entropy",
  greedySurprisal: "Log-likelihood",
  truth: "P(True)",
  naiveEntropy: "Naive entropy",
  refusals: "Refusals",
};

/** What a score counts in, and of what. */
export const scoreUnits: Readonly<Record<ScoreName, string>> = {
  semanticEntropy: "bits, over the meanings",
  greedySurprisal: "−ln p a token, greedy",
  truth: "%, of its own answer",
  naiveEntropy: "−ln p a token, samples",
  refusals: "% of the samples",
};

export const scoreHints: Readonly<Record<ScoreName, string>> = {
  semanticEntropy: "How many things the samples say, weighted by how often each is said: 0 where all mean the same",
  greedySurprisal: "How unlikely the tokens of the greedy answer were, on average; cheap and hard to beat",
  truth: "How likely the model calls its own greedy answer true, rather than false",
  naiveEntropy: "How unlikely the samples' tokens were, on average, whatever they mean",
  refusals: "Samples that say they do not know",
};

/** The ones a verdict is usually read from; the others are shown when they are asked for. */
export const mainScores: readonly ScoreName[] = ["semanticEntropy", "greedySurprisal", "truth"];

function isShare(name: ScoreName): boolean {
  return name === "truth" || name === "refusals";
}

/** "2.45", "31 %": a score's own number. */
export function valueWords(name: ScoreName, value: number): string {
  return isShare(name) ? percent(value) : value.toFixed(2);
}

/** "2", "0.5", "75": on an axis. */
export function tickWords(name: ScoreName, value: number): string {
  return isShare(name) ? String(Math.round(value * 100)) : String(Math.round(value * 100) / 100);
}

/** "[1.9, 3.0]" in the score's unit. */
export function intervalWords(name: ScoreName, { low, high }: { readonly low: number; readonly high: number }): string {
  const [from, to] = [low, high].map((end) => (isShare(name) ? String(Math.round(end * 100)) : end.toFixed(1)));
  return `[${from}, ${to}]`;
}

/**
 * Ends of a score's axis, knowing at the left and making up at the right: entropies of n answers end at log2 n bits, shares
 * at 0 and 1, the rest on a round number above all values.
 */
export function axisOf(name: ScoreName, values: readonly number[], samples: number): readonly [number, number] {
  if (name === "truth") return [1, 0];
  if (name === "refusals") return [0, 1];
  if (name === "semanticEntropy") return [0, Math.max(1, Math.log2(samples))];
  const [, end = 1] = scaleLinear()
    .domain([0, Math.max(0.1, ...values) * 1.04])
    .nice(4)
    .domain();
  return [0, end];
}

/** "above 20 of 20 known and 11 of 20 invented": where a value lies among its controls. */
export function placeWords({ name, aboveKnown, aboveInvented }: EvidenceView, fit: FitView): string {
  const [known, invented] = [fit.known.length, fit.invented.length];
  return `${name === "truth" ? "below" : "above"} ${aboveKnown} of ${known} known and ${aboveInvented} of ${invented} invented`;
}

/** "0.99 [0.96, 1.00]", or a dash where there is none. */
export function areaWords({ area, low, high }: AreaView): { readonly area: string; readonly interval: string } {
  if (area === null) return { area: "–", interval: "" };
  return { area: area.toFixed(2), interval: `[${low.toFixed(2)}, ${high.toFixed(2)}]` };
}
