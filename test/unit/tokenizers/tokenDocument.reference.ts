import type { Encoding, Tokenizer, WindowEncoder, WindowPieces } from "../../../src/tokenizers/tokenizer";

/** A reference tokenizer: slow, plain, made to be right. `merge` turns a piece's bytes into tokens: [id, bytes] in order. */
export interface ReferenceRules {
  readonly name: string;
  /** Splits text into pieces that together are the text. */
  readonly pattern: RegExp;
  readonly merge: (bytes: Uint8Array) => readonly (readonly [id: number, bytes: number])[];
  readonly tokenBytes: (id: number) => Uint8Array | undefined;
  /** Pieces at a window's end that following text may change. */
  readonly heldBack: number;
  /** Put before the first piece of a text, where it takes no room. */
  readonly prefix?: number;
}

interface Tokens {
  pieceEnds: number[];
  tokenEnds: number[];
  ids: number[];
  starts: number[];
}

export function referenceTokenizer(rules: ReferenceRules): Tokenizer {
  const windows: WindowEncoder = {
    restartPieces: 2,
    restartUnits: 0,
    encodeWindow(units, length, atTextEnd, atTextStart = false): WindowPieces {
      const text = Array.from(units.subarray(0, length), (unit) => String.fromCharCode(unit)).join("");
      const all = tokensOf(rules, text, atTextStart);
      const pieces = atTextEnd ? all.pieceEnds.length : Math.max(0, all.pieceEnds.length - rules.heldBack);
      const tokens = pieces === 0 ? 0 : all.tokenEnds[pieces - 1]!;
      return {
        pieces,
        tokens,
        pieceEnds: Uint32Array.from(all.pieceEnds),
        tokenEnds: Uint32Array.from(all.tokenEnds),
        ids: Uint32Array.from(all.ids),
        starts: Uint32Array.from(all.starts),
      };
    },
  };
  const encode = (text: string): Encoding => {
    const { ids, starts } = tokensOf(rules, text, true);
    return { ids: Uint32Array.from(ids), offsets: Uint32Array.from([...starts, text.length]) };
  };
  const decodeBytes = (ids: ArrayLike<number>) =>
    Uint8Array.from(Array.from(ids).flatMap((id) => [...rules.tokenBytes(id)!]));
  return {
    name: rules.name,
    vocabularySize: 1 << 20,
    specialTokens: new Map(),
    fast: true,
    encode,
    count: (text) => encode(text).ids.length,
    decodeBytes,
    decode: (ids) => new TextDecoder().decode(decodeBytes(ids)),
    tokenBytes: rules.tokenBytes,
    rank: () => undefined,
    windows,
  };
}

/** The same tokenizer as a slow family has it. */
export function withoutWindows(tokenizer: Tokenizer): Tokenizer {
  return { ...tokenizer, fast: false, windows: undefined };
}

function tokensOf(rules: ReferenceRules, text: string, atTextStart: boolean): Tokens {
  const out: Tokens = { pieceEnds: [], tokenEnds: [], ids: [], starts: [] };
  if (atTextStart && text !== "" && rules.prefix !== undefined) {
    out.ids.push(rules.prefix);
    out.starts.push(0);
  }
  let at = 0;
  for (const [piece] of text.matchAll(rules.pattern)) {
    const { bytes, offsets } = utf8(piece);
    let byte = 0;
    for (const [id, length] of rules.merge(bytes)) {
      out.ids.push(id);
      out.starts.push(at + offsets[byte]!);
      byte += length;
    }
    at += piece.length;
    out.pieceEnds.push(at);
    out.tokenEnds.push(out.ids.length);
  }
  if (at !== text.length) throw new Error("the pattern leaves text out");
  return out;
}

/** UTF-8 bytes, and for each the offset of its code point. */
export function utf8(text: string): { bytes: Uint8Array; offsets: number[] } {
  const bytes: number[] = [];
  const offsets: number[] = [];
  let at = 0;
  for (const point of text) {
    for (const byte of new TextEncoder().encode(point)) {
      bytes.push(byte);
      offsets.push(at);
    }
    at += point.length;
  }
  return { bytes: Uint8Array.from(bytes), offsets };
}

/** The o200k_base pattern as tiktoken has it, for a JavaScript regular expression. */
const O200K = [
  "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?",
  "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?",
  "\\p{N}{1,3}",
  " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*",
  "\\s*[\\r\\n]+",
  "\\s+(?!\\S)",
  "\\s+",
].join("|");

/**
 * Pieces of o200k_base; the bytes of a piece in pairs, so that tokens show where pieces begin and often split a code
 * point. A last odd byte is a token of its own.
 */
export function bytePairs(): Tokenizer {
  return referenceTokenizer({
    name: "byte pairs",
    pattern: new RegExp(O200K, "gu"),
    heldBack: 3,
    merge: (bytes) => {
      const tokens: [number, number][] = [];
      for (let i = 0; i < bytes.length; i += 2) {
        const pair = bytes[i + 1];
        tokens.push(pair === undefined ? [bytes[i]!, 1] : [256 + bytes[i]! * 256 + pair, 2]);
      }
      return tokens;
    },
    tokenBytes: (id) => (id < 256 ? Uint8Array.of(id) : Uint8Array.of((id - 256) >> 8, (id - 256) & 255)),
  });
}

/** `sparse` with a token for the text's start, as vocabularies with a dummy prefix have it. */
export function prefixed(): Tokenizer {
  return referenceTokenizer({ ...SPARSE, name: "prefixed", prefix: 999_999 });
}

/** Pieces that give no token (dashes, also at the text's start) and one token for a piece of any length. */
export function sparse(): Tokenizer {
  return referenceTokenizer(SPARSE);
}

const SPARSE: ReferenceRules = {
  name: "sparse",
  pattern: /-+|[^-\s]+|\s+/gu,
  heldBack: 1,
  merge: (bytes) => (bytes[0] === 0x2d ? [] : [[bytes.length, bytes.length]]),
  tokenBytes: () => Uint8Array.of(0x61),
};
