import * as v from "valibot";

/** Of an answer that came in pieces which are no tokens, how many tokens it has, as its engine counted them. */
export const generated = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)));

interface Counted {
  readonly tokens: readonly string[];
  readonly generated?: number | undefined;
}

/** Tokens of an answer, what ended it included: its pieces, where the engine did not count others. */
export function tokenCount({ tokens, generated }: Counted): number {
  return generated ?? tokens.length;
}

/**
 * The engine's count, to be kept with an answer where its pieces are no tokens: VS Code's chat models and servers without
 * log-probabilities give several tokens at once.
 */
export function countedBy(
  { tokens }: { readonly tokens: number },
  logProbs: readonly (number | null)[],
): { readonly generated?: number } {
  return tokens !== logProbs.length && logProbs.includes(null) ? { generated: tokens } : {};
}
