import { type ExplorerReport, recentOf } from "./report";
import { drawnFrom } from "./stages";
import { leavesOf, textOf } from "./tree";

const bitsPerNat = 1 / Math.LN2;

/** The exploration as one JSON value for other programs: prompt with its scores, paths, and what comes next. */
export function summaryOf(report: ExplorerReport): object {
  const { now, sampler, seed, outlooks } = report;
  const outlook = outlooks.get(now.tree.hand);
  return {
    model: now.model,
    prompt: now.prompt,
    sampler,
    seed,
    tokens: now.tokens?.map((token, index) => ({ ...token, ...scoreColumns(now.scores?.[index]) })) ?? null,
    paths: leavesOf(now.tree).map(({ nodes, logProb, pruned }) => ({
      text: textOf(nodes),
      tokens: nodes.map(({ token, origin }) => ({ ...token, origin })),
      logProb,
      logProbPerToken: logProb === null ? null : logProb / nodes.length,
      pruned,
    })),
    next: outlook ? { ...outlook, drawnWith: probabilitiesOf(report) } : null,
  };
}

function scoreColumns(
  score: { logProb: number | null; rank: number | null; entropy: { nats: number } | null } | undefined,
) {
  if (!score) return {};
  return {
    logProb: score.logProb,
    surprisalBits: score.logProb === null ? null : -score.logProb * bitsPerNat,
    rank: score.rank,
    entropyBitsBefore: score.entropy === null ? null : score.entropy.nats * bitsPerNat,
  };
}

function probabilitiesOf({ now, outlooks, sampler }: ExplorerReport): { id: number; probability: number }[] {
  const outlook = outlooks.get(now.tree.hand);
  if (!outlook) return [];
  const { probabilities } = drawnFrom(outlook, sampler, recentOf(now));
  return outlook.entries.flatMap(({ id }, index) =>
    probabilities[index]! > 0 ? [{ id, probability: probabilities[index]! }] : [],
  );
}
