import { csvTable } from "../export/csv";
import type { NextDistribution } from "./data";
import type { Stage } from "./stages";

/**
 * The distribution with all its stages as CSV (RFC 4180): a row for each token, likeliest first, and one for the rest where
 * there is a rest. Probabilities are 0 to 1; log-probabilities nats. Stages that are bounds rather than values say so in
 * their column's name.
 */
export function stagesCsv(distribution: NextDistribution, stages: readonly Stage[]): string {
  const head = ["rank", "id", "token", "bytes", "special", "logprob", ...stages.map(columnName)];
  const rows = distribution.entries.map((entry, index) => [
    entry.logProb >= distribution.ceiling ? index + 1 : "",
    entry.id,
    entry.text,
    entry.bytes ?? "",
    entry.special ? "yes" : "",
    entry.logProb,
    ...stages.map(({ probabilities }) => probabilities[index]!),
  ]);
  const others = distribution.tailTokens === null ? "all others" : `${distribution.tailTokens} others`;
  const rest = ["", "", others, "", "", "", ...stages.map(({ tail }) => tail.estimate)];
  const all = distribution.tail > 0 ? [head, ...rows, rest] : [head, ...rows];
  return csvTable(all);
}

function columnName({ kind, setting, exact }: Stage): string {
  const name = kind === "raw" ? "raw" : `${kind} ${setting}`;
  return exact ? name : `${name} (estimate)`;
}
