import type { Merge } from "../vocabulary";
import type { GgufTokenizer } from "./ggufTokenizer";

const BYTE = 6;

/**
 * The merges that scores stand for: any two neighbours that spell a token become it, the highest score first, the
 * leftmost first among equals (SentencePiece BPE; llm_tokenizer_spm in llama.cpp). A text with the reason where a list of
 * merges cannot say the same.
 */
export function scoreMerges({ tokens, scores, types }: GgufTokenizer): Merge[] | string {
  const ids = new Map<string, number>();
  tokens.forEach((token, id) => {
    if (types[id] !== BYTE && token !== "") ids.set(token, id);
  });
  const merges: Merge[] = [];
  for (const [token, result] of ids) {
    const characters = [...token];
    let at = 0;
    for (const character of characters) {
      if (characters.length > 1 && !ids.has(character)) break;
      at += character.length;
      const left = ids.get(token.slice(0, at));
      const right = ids.get(token.slice(at));
      if (left !== undefined && right !== undefined) merges.push({ left, right, result });
    }
  }
  merges.sort((a, b) => scores[b.result]! - scores[a.result]! || a.result - b.result);
  return tieProblem(merges, tokens, scores) ?? merges;
}

/**
 * Among equal scores the place in the text decides, in a list of merges the line. That is the same as long as tied tokens
 * keep out of each other's way: they share no text and go into no other token (`<s>` and `</s>`, which text may spell).
 */
function tieProblem(
  merges: readonly Merge[],
  tokens: readonly string[],
  scores: ArrayLike<number>,
): string | undefined {
  const parts = new Set(merges.flatMap(({ left, right }) => [left, right]));
  let group: number[] = [];
  for (const { result } of merges) {
    if (group.length > 0 && scores[group[0]!] !== scores[result]) group = [];
    if (group.includes(result)) continue;
    const rival = group.find(
      (other) => parts.has(other) || parts.has(result) || overlap(tokens[other]!, tokens[result]!),
    );
    if (rival !== undefined) {
      return `its tokens ${JSON.stringify(tokens[rival])} and ${JSON.stringify(tokens[result])} have the same score`;
    }
    group.push(result);
  }
  return undefined;
}

/** Whether one text can end with what the other begins with. */
function overlap(a: string, b: string): boolean {
  for (let k = 1; k < Math.min(a.length, b.length); k++) {
    if (a.endsWith(b.slice(0, k)) || b.endsWith(a.slice(0, k))) return true;
  }
  return a.includes(b) || b.includes(a);
}
