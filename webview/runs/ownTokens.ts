/** The tokens of an answer as what is drawn of them. Pure. */

interface Tokens {
  readonly tokens: readonly string[];
  readonly logProbs: readonly (number | null)[];
}

/** The tokens that are the answer's own text, cut where they hang over it: blanks before it and what ended it are not. */
export function ownTokens(text: string, { tokens, logProbs }: Tokens): { text: string; logProb: number | null }[] {
  const start = Math.max(0, tokens.join("").indexOf(text));
  const end = start + text.length;
  let offset = 0;
  return tokens.flatMap((token, index) => {
    const from = offset;
    offset += token.length;
    const own = token.slice(Math.max(0, start - from), Math.max(0, end - from));
    return own === "" ? [] : { text: own, logProb: logProbs[index] ?? null };
  });
}
