import type { SampledToken } from "../../inference/engine";
import { bytesOf } from "../../inference/tokenParts";

/** The smallest part of a continuation that can be accepted: a token, or tokens that share a character. */
export interface Piece {
  readonly text: string;
  readonly tokens: readonly SampledToken[];
  /** Raw probability of its tokens one after the other, natural logarithm; undefined where the engine gives none. */
  readonly logProb: number | undefined;
}

/** UTF-8 takes at most so many bytes for a character: what is no character by then never becomes one. */
const longestCharacter = 4;

/**
 * Joins tokens to pieces of whole characters. Bytes of a character that has not come to its end are held back; `ended`
 * gives them out as U+FFFD, as do bytes that are no UTF-8. Special tokens are no text and are left out.
 */
export function piecesOf(tokens: readonly SampledToken[], ended: boolean): Piece[] {
  const pieces: Piece[] = [];
  let held: SampledToken[] = [];
  let bytes: number[] = [];
  const release = (text: string): void => {
    pieces.push({ text, tokens: held, logProb: sumOf(held) });
    held = [];
    bytes = [];
  };
  for (const token of tokens) {
    if (token.special) continue;
    held.push(token);
    if (token.bytes === undefined && bytes.length === 0) {
      release(token.text);
      continue;
    }
    bytes.push(...bytesOf(token));
    const text = decode(bytes);
    if (text !== undefined) release(text);
    else if (bytes.length >= longestCharacter && !endsOpen(bytes)) release(replaced(bytes));
  }
  if (held.length > 0 && ended) release(replaced(bytes));
  return pieces;
}

/** How many pieces the next word takes: white space before it, and letters or signs up to the next white space. */
export function wordLength(pieces: readonly Piece[]): number {
  let text = "";
  for (const [index, piece] of pieces.entries()) {
    if (/\S/.test(text) && /^\s/.test(piece.text)) return index;
    text += piece.text;
    if (/\S\s+$/.test(text)) return index + 1;
  }
  return pieces.length;
}

function sumOf(tokens: readonly SampledToken[]): number | undefined {
  let sum = 0;
  for (const { logProb } of tokens) {
    if (logProb === undefined) return undefined;
    sum += logProb;
  }
  return sum;
}

function decode(bytes: readonly number[]): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    return undefined; // No whole characters yet.
  }
}

function replaced(bytes: readonly number[]): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}

/** Whether the last bytes begin a character that is not at its end. */
function endsOpen(bytes: readonly number[]): boolean {
  for (let back = 1; back < longestCharacter && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte >= 0xf0) return back < 4;
    if (byte >= 0xe0) return back < 3;
    if (byte >= 0xc0) return back < 2;
    if (byte < 0x80) return false;
  }
  return false;
}
