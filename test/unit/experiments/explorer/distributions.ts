import type { NextDistribution } from "../../../../src/experiments/explorer/data";

/** A whole vocabulary from log-probabilities, likeliest first; ids are the places they had. */
export function wholeOf(logProbs: readonly number[]): NextDistribution {
  const entries = logProbs
    .map((logProb, id) => ({ id, text: `t${id}`, logProb }))
    .sort((a, b) => b.logProb - a.logProb);
  const nats = -entries.reduce((sum, { logProb }) => sum + Math.exp(logProb) * logProb, 0);
  return {
    entries,
    ceiling: entries.at(-1)!.logProb,
    tail: 0,
    tailTokens: 0,
    entropy: { nats, exact: true },
    logitShift: 0,
  };
}

/** The same seen by an engine that gives the top alone. */
export function topOf(whole: NextDistribution, count: number, options: { countKnown: boolean }): NextDistribution {
  const entries = whole.entries.slice(0, count);
  const rest = whole.entries.slice(count);
  return {
    ...whole,
    entries,
    ceiling: entries.at(-1)!.logProb,
    tail: rest.reduce((sum, { logProb }) => sum + Math.exp(logProb), 0),
    tailTokens: options.countKnown ? rest.length : null,
    entropy: { nats: 0, exact: false },
  };
}

/** Log-probabilities from any numbers. */
export function normalised(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const sum = logits.reduce((all, logit) => all + Math.exp(logit - most), 0);
  return logits.map((logit) => logit - most - Math.log(sum));
}
