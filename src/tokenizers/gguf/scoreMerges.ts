import type { Merge } from "../vocabulary";
import type { GgufTokenizer } from "./ggufTokenizer";

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
  for (let i = 1; i < merges.length; i++) {
    const [before, merge] = [merges[i - 1]!.result, merges[i]!.result];
    if (before !== merge && scores[before] === scores[merge]) {
      return `its tokens ${JSON.stringify(tokens[before])} and ${JSON.stringify(tokens[merge])} have the same score`;
    }
  }
  return merges;
}

const BYTE = 6;
