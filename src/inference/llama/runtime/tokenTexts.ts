import type { PromptToken, TokenizedPrompt } from "../../engine";
import type { Vocabulary } from "./vocabulary";

/**
 * Tokens with their texts and where they stand. Bytes that make a character together with the next token's are shown as
 * U+FFFD in each of the tokens, and stand whole in the prompt's text; such a token begins at its character's offset.
 */
export function promptOf(
  ids: readonly number[],
  vocabulary: Vocabulary,
  messageAt?: (byte: number) => number | undefined,
): TokenizedPrompt {
  const parts = ids.map((id) => vocabulary.bytes(id));
  const bytes = Buffer.concat(parts);
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  let byte = 0;
  let offset = 0; // of the character that the byte `at` begins or is in
  let at = 0;
  const tokens = ids.map((id, index): PromptToken => {
    // Walks on to the last character that begins at or before this token's first byte.
    for (;;) {
      const point = text.codePointAt(offset);
      const size = point === undefined ? 0 : sizeOf(point, bytes, at);
      if (size === 0 || at + size > byte) break;
      at += size;
      offset += point! > 0xffff ? 2 : 1;
    }
    const message = messageAt?.(byte);
    byte += parts[index]!.length;
    return { ...vocabulary.token(id), offset, ...(message !== undefined && { message }) };
  });
  return { tokens, text };
}

/** Bytes that a decoded character took, which for U+FFFD may be a broken stretch. */
function sizeOf(point: number, bytes: Uint8Array, at: number): number {
  if (point === 0xfffd && !(bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd)) {
    return brokenStretch(bytes, at);
  }
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}

/** Length of the ill-formed stretch that decoders replace by one U+FFFD [Unicode 3.9, maximal subpart]. */
function brokenStretch(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  const length = first >= 0xf0 && first <= 0xf4 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
  if (first > 0xf4 || length === 1) return 1;
  let size = 1;
  while (size < length && at + size < bytes.length) {
    const next = bytes[at + size]!;
    const low = size > 1 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const high = size > 1 ? 0xbf : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (next < low || next > high) break;
    size++;
  }
  return size;
}
