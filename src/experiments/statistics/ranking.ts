/**
 * Area under the ROC curve: the chance that a positive scores above a negative, ties as half (the Mann-Whitney statistic)
 * [Hanley and McNeil 1982, Radiology 143:29]. NaN without both.
 */
export function auroc(positives: readonly number[], negatives: readonly number[]): number {
  const marked = [
    ...positives.map((score) => ({ score, positive: true })),
    ...negatives.map((score) => ({ score, positive: false })),
  ].sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let start = 0; start < marked.length; ) {
    let end = start;
    let tied = 0;
    for (; end < marked.length && marked[end]!.score === marked[start]!.score; end++) if (marked[end]!.positive) tied++;
    rankSum += tied * ((start + 1 + end) / 2);
    start = end;
  }
  const n = positives.length;
  return (rankSum - (n * (n + 1)) / 2) / (n * negatives.length);
}

/** Entropy in nats of the shares that counts make of their sum. */
export function entropyOfCounts(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count) => (count > 0 ? sum - (count / total) * Math.log(count / total) : sum), 0);
}
