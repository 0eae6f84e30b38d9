import { tokenMark } from "../../../webview/inspector/protocol";
import type { Tokenizer } from "../../tokenizers";
import type { DocumentToken } from "../../tokenizers/document";
import type { ReadableTokens } from "./readable";

/** Which ids are special tokens, looked up once for each tokenizer. */
export class SpecialIds {
  private readonly byTokenizer = new WeakMap<Tokenizer, ReadonlySet<number>>();

  mark({ tokenizer }: ReadableTokens, token: DocumentToken): number {
    return this.of(tokenizer).has(token.id) ? tokenMark.special : 0;
  }

  has(tokens: ReadableTokens, index: number): boolean {
    const token = tokens.token(index);
    return token !== undefined && this.of(tokens.tokenizer).has(token.id);
  }

  private of(tokenizer: Tokenizer): ReadonlySet<number> {
    const known = this.byTokenizer.get(tokenizer) ?? new Set(tokenizer.specialTokens.values());
    this.byTokenizer.set(tokenizer, known);
    return known;
  }
}
