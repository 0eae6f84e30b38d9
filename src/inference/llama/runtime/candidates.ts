/** Candidates for the next token, likeliest first. */
export interface Candidates {
  readonly ids: readonly number[];
  /** Raw logits, or after what changed them. */
  readonly logits: readonly number[];
  /** ln of the sum of e^logit over the whole vocabulary: ln p = logit - logWeight. */
  readonly logWeight: number;
  /** Whether all tokens are here that have any probability. */
  readonly complete: boolean;
}

export interface RawCandidates extends Candidates, Top {
  /** Raw logits of the tokens asked for. */
  readonly asked: ReadonlyMap<number, number>;
}

/** The likeliest tokens and their logits, likeliest first. */
export interface Top {
  readonly ids: readonly number[];
  readonly logits: readonly number[];
  /** Logit of the likeliest token that is not here; -Infinity where there is none. */
  readonly beyond: number;
}

/** Pairs of id and logit in one order for all: by logit, then by id; each id once. */
export function ranked(flat: readonly number[]): { readonly ids: number[]; readonly logits: number[] } {
  const ids: number[] = [];
  const logits: number[] = [];
  for (let at = 1; at < flat.length; at += 2) {
    const id = flat[at - 1]!;
    const logit = flat[at]!;
    let place = ids.length;
    while (place > 0 && (logits[place - 1]! < logit || (logits[place - 1] === logit && ids[place - 1]! > id))) place--;
    if (place > 0 && ids[place - 1] === id) continue;
    if (place === ids.length) {
      ids.push(id);
      logits.push(logit);
    } else {
      ids.splice(place, 0, id);
      logits.splice(place, 0, logit);
    }
  }
  return { ids, logits };
}

/** Candidates that are all there are: the weight is summed here, in double precision. Forbidden ones are left out. */
export function whole(all: Pick<Top, "ids" | "logits">): RawCandidates {
  const possible = all.logits.indexOf(-Infinity);
  const count = possible < 0 ? all.logits.length : possible;
  const logits = all.logits.slice(0, count);
  return {
    ids: all.ids.slice(0, count),
    logits,
    logWeight: logSum(logits),
    complete: true,
    beyond: -Infinity,
    asked: new Map(),
  };
}

/** A top, and the weight of all others as the logarithm of their sum. */
export function withRest({ ids, logits, beyond }: Top, restLogWeight: number): RawCandidates {
  const logWeight = logSum(logits, restLogWeight);
  return { ids, logits, logWeight, complete: beyond === -Infinity, beyond, asked: new Map() };
}

/** ln of the sum of e^logit and e^more. The first logit is the largest. */
function logSum(logits: readonly number[], more = -Infinity): number {
  const max = logits[0] ?? 0;
  let sum = Math.exp(more - max);
  for (const logit of logits) sum += Math.exp(logit - max);
  return max + Math.log(sum);
}
