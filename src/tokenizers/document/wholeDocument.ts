import type { DocumentToken, TextEdit, TokenDocument } from "../document";
import type { Encoding, Tokenizer } from "../tokenizer";
import { Continuations, codePointLength } from "./codePoints";
import { checkEdit, inReverseOrder } from "./edits";

const EMPTY: Encoding = { ids: new Uint32Array(0), offsets: new Uint32Array(1) };

/**
 * TokenDocument for tokenizers without a WindowEncoder: after an edit there are no tokens until `fill` has encoded the
 * whole text again, in one go whatever its budget. Several edits before a fill cost one encoding. At 1-2 MB/s that is
 * fine for prompts (10 kB: some 10 ms); documents beyond some 100 kB belong in a worker.
 */
export class WholeDocument implements TokenDocument {
  private encoding: Encoding | undefined;
  private readonly continuations: Continuations;

  constructor(
    readonly tokenizer: Tokenizer,
    private text: string,
  ) {
    this.continuations = new Continuations(tokenizer);
    if (text === "") this.encoding = EMPTY;
  }

  get length(): number {
    return this.text.length;
  }

  get complete(): boolean {
    return this.encoding !== undefined;
  }

  get filledTo(): number {
    return this.complete ? this.length : 0;
  }

  get tokenCount(): number {
    return this.tokens.ids.length;
  }

  get memoryBytes(): number {
    return 2 * this.length + this.tokens.ids.byteLength + this.tokens.offsets.byteLength;
  }

  fill(_budgetMs: number): boolean {
    this.encoding ??= this.tokenizer.encode(this.text);
    return true;
  }

  edit(edit: TextEdit): void {
    checkEdit(edit, this.length);
    const { offset, deleted, inserted } = edit;
    this.text = this.text.slice(0, offset) + inserted + this.text.slice(offset + deleted);
    this.encoding = this.text === "" ? EMPTY : undefined;
  }

  applyEdits(edits: readonly TextEdit[]): void {
    const parts: string[] = [];
    let end = this.length;
    for (const { offset, deleted, inserted } of inReverseOrder(edits, end)) {
      parts.push(this.text.slice(offset + deleted, end), inserted);
      end = offset;
    }
    parts.push(this.text.slice(0, end));
    this.edit({ offset: 0, deleted: this.length, inserted: parts.reverse().join("") });
  }

  tokensIn(start: number, end: number): DocumentToken[] {
    const to = this.tokensBefore(Math.min(end, this.filledTo));
    let first = this.tokensBefore(Math.max(0, start));
    // Tokens that share a code point overlap, so the first to reach into the range may be several before it.
    while (first > 0 && this.read(first - 1).end > start) first--;
    const tokens: DocumentToken[] = [];
    if (start < end) for (let i = first; i < to; i++) tokens.push(this.read(i));
    return tokens;
  }

  countIn(start: number, end: number): number {
    return Math.max(0, this.tokensBefore(end) - this.tokensBefore(start));
  }

  tokenAt(offset: number): DocumentToken | undefined {
    return this.tokensIn(offset, offset + 1).find((token) => token.end > offset);
  }

  token(index: number): DocumentToken | undefined {
    return index >= 0 && index < this.tokenCount ? this.read(index) : undefined;
  }

  ids(): Uint32Array {
    return this.tokens.ids.slice();
  }

  slice(start: number, end: number): string {
    return this.text.slice(Math.max(0, start), Math.max(0, end));
  }

  private get tokens(): Encoding {
    return this.encoding ?? EMPTY;
  }

  private read(index: number): DocumentToken {
    const { ids, offsets } = this.tokens;
    const next = offsets[index + 1]!;
    const shared =
      index + 1 < ids.length && this.text.charCodeAt(next) >= 0x80 && this.continuations.has(ids[index + 1]!);
    const after = next + 1 < this.length ? this.text.charCodeAt(next + 1) : undefined;
    const end = shared ? next + codePointLength(this.text.charCodeAt(next), after) : next;
    return { index, id: ids[index]!, start: offsets[index]!, end };
  }

  /** Number of tokens that start before `offset`. */
  private tokensBefore(offset: number): number {
    const { ids, offsets } = this.tokens;
    let low = 0;
    let high = ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (offsets[middle]! < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
