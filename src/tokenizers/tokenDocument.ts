import type { TokenDocument } from "./document";
import { WholeDocument } from "./document/wholeDocument";
import { WindowedDocument } from "./document/windowedDocument";
import type { Tokenizer } from "./tokenizer";

/**
 * A document of `text` without tokens yet: call `fill` until it returns true. Takes no time for a text of any size; the
 * string is held until all of it is filled.
 */
export function createTokenDocument(tokenizer: Tokenizer, text: string): TokenDocument {
  return tokenizer.windows
    ? new WindowedDocument(tokenizer, tokenizer.windows, text)
    : new WholeDocument(tokenizer, text);
}
