/** What is known of two answers' meaning; undefined where nobody said yet. */
export type SameMeaning = (first: number, second: number) => boolean | undefined;

export interface Clustering {
  /** The cluster of each answer, numbered from 0 in the order of their first answers. */
  readonly ids: readonly number[];
  /** A pair that must be judged before this is final; undefined when all is known. */
  readonly missing: readonly [first: number, second: number] | undefined;
}

/**
 * Groups answers by meaning: each that has no group yet founds one, and every later one without a group that means the same
 * as the founder joins [get_semantic_ids of Farquhar 2024's code]. A pair nobody judged counts as different, and the first
 * such is named. With k meanings of n answers at most k n pairs are needed, not all.
 */
export function cluster(answers: number, same: SameMeaning): Clustering {
  const ids = new Array<number>(answers).fill(-1);
  let missing: Clustering["missing"];
  let next = 0;
  for (let first = 0; first < answers; first++) {
    if (ids[first] !== -1) continue;
    ids[first] = next;
    for (let second = first + 1; second < answers; second++) {
      if (ids[second] !== -1) continue;
      const known = same(first, second);
      if (known) ids[second] = next;
      else if (known === undefined) missing ??= [first, second];
    }
    next++;
  }
  return { ids, missing };
}

/** A person's own judgement of two answers. */
export interface PairCorrection {
  readonly first: number;
  readonly second: number;
  readonly same: boolean;
}

/**
 * The clusters after a person's judgements, in their order: "the same" joins the two answers' clusters; "different" takes
 * the second answer, and those with its very words, out of the first one's cluster. Numbered anew.
 */
export function corrected(
  ids: readonly number[],
  corrections: readonly PairCorrection[],
  sameWords: (first: number, second: number) => boolean,
): number[] {
  let now = ids.slice();
  for (const { first, second, same } of corrections) {
    const [a, b] = [now[first], now[second]];
    if (a === undefined || b === undefined || same === (a === b)) continue;
    const fresh = Math.max(...now) + 1;
    now = same
      ? now.map((id) => (id === b ? a : id))
      : now.map((id, answer) => (id === b && answer !== first && sameWords(answer, second) ? fresh : id));
  }
  const order = [...new Set(now)];
  return now.map((id) => order.indexOf(id));
}
