import { Tokenizer as LibraryTokenizer } from "@huggingface/tokenizers";
import { byteLevelBytes } from "../huggingFace/byteLevel";
import type { TokenizerJson } from "../huggingFace/tokenizerJson";
import { type EncodeOptions, type Encoding, type SpecialMode, type Tokenizer, TokenizerError } from "../tokenizer";
import { alignBytes, alignSurfaces } from "./alignment";

const BYTE_TOKEN = /^<0x([0-9A-F]{2})>$/;

/**
 * A tokenizer.json through @huggingface/tokenizers: every kind that the library knows, some ten times slower than the
 * engine. Ids are the library's; offsets are exact for byte-level kinds and found by spelling for the others.
 */
export class GeneralTokenizer implements Tokenizer {
  readonly fast = false;
  readonly windows = undefined;
  readonly vocabularySize: number;
  readonly specialTokens: ReadonlyMap<string, number>;
  private readonly library: Readonly<Record<SpecialMode, LibraryTokenizer>>;
  private readonly isByteLevel: boolean;
  private readonly isWordPiece: boolean;
  private readonly texts = new Map<number, string>();
  private readonly added: ReadonlySet<number>;

  /** Throws TokenizerError when the library cannot make a tokenizer of the file. */
  constructor(
    readonly name: string,
    private readonly json: TokenizerJson,
  ) {
    const { addedTokens, preTokenizers, raw } = json;
    this.library = { text: create(withoutSpecial(raw)), parse: create(raw) };
    this.specialTokens = new Map(addedTokens.filter(({ special }) => special).map(({ content, id }) => [content, id]));
    this.added = new Set(addedTokens.map(({ id }) => id));
    for (const [token, id] of this.library.parse.get_vocab()) if (token !== undefined) this.texts.set(id, token);
    for (const { content, id } of addedTokens) this.texts.set(id, content);
    this.vocabularySize = [...this.texts.keys()].reduce((most, id) => Math.max(most, id + 1), 0);
    this.isByteLevel = preTokenizers.some(({ type }) => type === "ByteLevel");
    this.isWordPiece = json.model.type === "other" && json.model.name === "WordPiece";
  }

  encode(text: string, options?: EncodeOptions): Encoding {
    const wellFormed = text.replace(/\p{Surrogate}/gu, "\ufffd");
    const library = this.library[options?.special ?? "text"];
    const { ids } = library.encode(wellFormed, { add_special_tokens: false });
    const tokens = ids.map((id) => this.texts.get(id) ?? "");
    const nfc = this.json.normalizers.some(({ type }) => type === "NFC");
    const exact = this.isByteLevel ? alignBytes(wellFormed, tokens, nfc) : undefined;
    const offsets =
      exact ??
      alignSurfaces(
        wellFormed,
        ids.map((id) => this.surface(id)),
        (part) => this.normalize(part),
      );
    return { ids: Uint32Array.from(ids), offsets };
  }

  count(text: string, options?: EncodeOptions): number {
    const wellFormed = text.replace(/\p{Surrogate}/gu, "\ufffd");
    return this.library[options?.special ?? "text"].encode(wellFormed, { add_special_tokens: false }).ids.length;
  }

  decodeBytes(ids: ArrayLike<number>): Uint8Array {
    const parts = Array.from(ids, (id) => this.bytesOf(id));
    const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }

  /** As the library joins tokens to text (WordPiece: with spaces between words). */
  decode(ids: ArrayLike<number>): string {
    const list = Array.from(ids);
    for (const id of list) this.bytesOf(id);
    return list.length === 0 ? "" : this.library.parse.decode(list, { skip_special_tokens: false });
  }

  tokenBytes(id: number): Uint8Array | undefined {
    const token = this.texts.get(id);
    if (token === undefined) return undefined;
    const byte = BYTE_TOKEN.exec(token)?.[1];
    if (byte !== undefined) return Uint8Array.of(Number.parseInt(byte, 16));
    const bytes = this.isByteLevel && !this.added.has(id) ? byteLevelBytes(token) : undefined;
    return bytes ?? new TextEncoder().encode(this.surface(id));
  }

  rank(): undefined {
    return undefined;
  }

  private bytesOf(id: number): Uint8Array {
    const bytes = this.tokenBytes(id);
    if (bytes) return bytes;
    throw new RangeError(
      `“${this.name}” has no token with the id ${id}; its ids run from 0 to ${this.vocabularySize - 1}.`,
    );
  }

  /** The text a token stands for: without the marks of word beginnings and continuations. */
  private surface(id: number): string {
    const token = this.texts.get(id) ?? "";
    if (this.added.has(id)) return token;
    return this.isWordPiece ? token.replace(/^##/, "") : token.replaceAll("\u2581", " ");
  }

  private normalize(text: string): string {
    const { normalizer } = this.library.parse;
    return normalizer === null ? text : normalizer.normalize(text);
  }
}

function withoutSpecial(raw: Readonly<Record<string, unknown>>): object {
  const added = (raw.added_tokens ?? []) as { readonly special?: boolean }[];
  return { ...raw, added_tokens: added.filter(({ special }) => !special) };
}

function create(json: object): LibraryTokenizer {
  try {
    return new LibraryTokenizer(json, {});
  } catch (error) {
    throw new TokenizerError(
      `This tokenizer.json cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
