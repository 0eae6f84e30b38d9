import { l10n } from "vscode";
import type { Entropy } from "../../inference/engine";
import { natsToBits } from "../../inference/surprisal";
import { formatCount } from "../../tokens/format";

/** A probability: whole percents from 1 %, two digits below, and "1 in 83,000" where percents mean nothing any more. */
export function formatProbability(probability: number): string {
  const percent = probability * 100;
  if (percent >= 99.5) return probability === 1 ? "100 %" : "> 99 %";
  if (percent >= 0.995) return `${Math.round(percent)} %`;
  if (percent >= 0.001) return `${Number(percent.toPrecision(2))} %`;
  if (probability <= 0) return "0 %";
  const times = 1 / probability;
  if (times >= 1e12) return l10n.t("under 1 in a trillion");
  return l10n.t("1 in {0}", formatCount(Number(times.toPrecision(2))));
}

/** "12.2 bits". */
export function formatBits(bits: number): string {
  return l10n.t("{0} bits", bits.toFixed(1));
}

/** "4.9 bits", "at least 4.9 bits" for a lower bound. */
export function formatEntropy({ nats, exact }: Entropy): string {
  const bits = formatBits(natsToBits(nats));
  return exact ? bits : l10n.t("at least {0}", bits);
}

/** "rank 388 of 49,152", "beyond the first 20". */
export function formatRank(rank: number | undefined, vocabulary: number | undefined, looked: number): string {
  if (rank === undefined) return l10n.t("beyond the first {0}", formatCount(looked));
  if (vocabulary === undefined) return l10n.t("rank {0}", formatCount(rank));
  return l10n.t("rank {0} of {1}", formatCount(rank), formatCount(vocabulary));
}

/** A perplexity: "4.2", "388", "1,284". */
export function formatPerplexity(perplexity: number): string {
  if (!Number.isFinite(perplexity)) return "∞";
  return perplexity < 100 ? perplexity.toFixed(1) : formatCount(perplexity);
}
