/** Keeps labels apart that stand at almost the same height: moves them as little as needed, and none out of the plot. */
export function spread(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
  const placed: number[] = [];
  for (const [rank, { at }] of order.entries()) {
    placed.push(Math.max(at, rank === 0 ? top : placed[rank - 1]! + gap));
  }
  let limit = bottom;
  for (let rank = placed.length - 1; rank >= 0; rank--) {
    placed[rank] = Math.min(placed[rank]!, limit);
    limit = placed[rank]! - gap;
  }
  const result = new Array<number>(wanted.length).fill(0);
  for (const [rank, { index }] of order.entries()) result[index] = placed[rank]!;
  return result;
}
