import type { Position } from "vscode";
import type { Details } from "../../../webview/inspector/protocol";
import { bytesFor, type ReadableTokens } from "./readable";

/** Longest text in which the occurrences of an id are counted while somebody waits (about 1 ms). */
const countedTokens = 500_000;

/** All there is to say about one token; null when the text has fewer. */
export function detailsOf(
  tokens: ReadableTokens,
  index: number,
  special: boolean,
  positionAt: (offset: number) => Position | null,
): Details | null {
  const token = tokens.token(index);
  if (!token) return null;
  const { tokenizer } = tokens;
  const position = positionAt(token.start);
  return {
    index,
    of: tokens.tokenCount,
    id: token.id,
    rank: tokenizer.rank(token.id) ?? null,
    vocabularySize: tokenizer.vocabularySize,
    bytes: bytesFor(tokenizer, token.id),
    text: tokens.slice(token.start, token.end),
    start: token.start,
    end: token.end,
    special,
    line: position && position.line + 1,
    column: position && position.character + 1,
    occurrences: tokens.tokenCount <= countedTokens ? occurrences(tokens.ids(), token.id) : null,
  };
}

function occurrences(ids: Uint32Array, id: number): number {
  let count = 0;
  for (const other of ids) if (other === id) count++;
  return count;
}
