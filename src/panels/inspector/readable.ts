import type { TokenDocument, Tokenizer } from "../../tokenizers";
import type { DocumentToken } from "../../tokenizers/document";
import type { Encoding } from "../../tokenizers/tokenizer";
import { lengthOf } from "../../tokens/documentText";
import type { LiveDocument } from "../../tokens/liveDocument";

/** What the inspector needs of tokens, whether they come from a document that changes or from one encoding. */
export type ReadableTokens = Pick<
  TokenDocument,
  "tokenizer" | "length" | "tokenCount" | "complete" | "filledTo" | "tokensIn" | "tokenAt" | "token" | "slice" | "ids"
>;

/**
 * A token's bytes to send to a panel: a plain copy, because a view would take the buffer behind it along (the whole
 * vocabulary) and a Node Buffer turns into something else on the way.
 */
export function bytesFor(tokenizer: Tokenizer, id: number): Uint8Array {
  return Uint8Array.from(tokenizer.tokenBytes(id) ?? []);
}

/** One encoding of one text, read like a document: a rendered chat, whose special tokens no document has. */
export class EncodedTokens implements ReadableTokens {
  readonly complete = true;

  constructor(
    readonly tokenizer: Tokenizer,
    private readonly text: string,
    private readonly encoding: Encoding,
  ) {}

  get length(): number {
    return this.text.length;
  }

  get filledTo(): number {
    return this.text.length;
  }

  get tokenCount(): number {
    return this.encoding.ids.length;
  }

  tokensIn(start: number, end: number): DocumentToken[] {
    const tokens: DocumentToken[] = [];
    for (let index = this.indexAt(start); index < this.tokenCount; index++) {
      const token = this.token(index);
      if (!token || token.start >= end) break;
      if (token.end > start) tokens.push(token);
    }
    return tokens;
  }

  tokenAt(offset: number): DocumentToken | undefined {
    return offset < this.length ? this.token(this.indexAt(offset)) : undefined;
  }

  token(index: number): DocumentToken | undefined {
    const { ids, offsets } = this.encoding;
    const id = ids[index];
    if (id === undefined) return undefined;
    const start = offsets[index] ?? 0;
    let next = index + 1;
    while (next < ids.length && offsets[next] === start) next++;
    return { index, id, start, end: offsets[next] ?? this.length };
  }

  slice(start: number, end: number): string {
    return this.text.slice(start, end);
  }

  ids(): Uint32Array {
    return this.encoding.ids;
  }

  /** The first token that starts where the token covering `offset` starts. */
  private indexAt(offset: number): number {
    const { offsets } = this.encoding;
    let low = 0;
    let high = this.tokenCount;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((offsets[middle + 1] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const start = offsets[low];
    while (low > 0 && offsets[low - 1] === start) low--;
    return low;
  }
}

/** Last units of a text still being read whose tokens may change as more arrives. */
const unsettledUnits = 256;

/** The tokens of an open document, which are those of a growing beginning of it until it is complete. */
export class LiveTokens implements ReadableTokens {
  constructor(private readonly live: LiveDocument) {}

  get tokenizer(): Tokenizer {
    return this.live.tokenizer;
  }

  get length(): number {
    return this.complete ? this.live.tokens.length : lengthOf(this.live.document);
  }

  get complete(): boolean {
    return this.live.complete;
  }

  get filledTo(): number {
    return this.complete ? this.length : Math.max(0, this.live.tokens.filledTo - unsettledUnits);
  }

  get tokenCount(): number {
    return this.live.tokens.tokenCount;
  }

  tokensIn(start: number, end: number): DocumentToken[] {
    return this.live.tokens.tokensIn(start, Math.min(end, this.live.tokens.length));
  }

  tokenAt(offset: number): DocumentToken | undefined {
    return this.live.tokens.tokenAt(offset);
  }

  token(index: number): DocumentToken | undefined {
    return this.live.tokens.token(index);
  }

  slice(start: number, end: number): string {
    return this.live.tokens.slice(start, end);
  }

  ids(): Uint32Array {
    return this.live.tokens.ids();
  }
}
