import type { TokenText } from "./engine";

/** A token's own bytes, also where they are no whole characters. */
export function bytesOf({ text, bytes }: Pick<TokenText, "text" | "bytes">): Uint8Array {
  if (bytes === undefined) return new TextEncoder().encode(text);
  return Uint8Array.from((bytes.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => Number.parseInt(pair, 16)));
}

/**
 * What each token of an answer adds to its text. A character that tokens share comes with the last of them, the others add
 * nothing: so the parts join to the text, as the tokens' own texts, with U+FFFD for parts of characters, do not.
 */
export class TokenParts {
  private readonly decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  add(token: Pick<TokenText, "text" | "bytes">): string {
    return this.decoder.decode(bytesOf(token), { stream: true });
  }
}
