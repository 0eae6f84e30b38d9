import { LiteralTokens } from "./literalTokens";
import type { PackedVocabulary } from "./packedVocabulary";
import { PieceEncoder } from "./pieceEncoder";
import { TokenBytes } from "./tokenBytes";
import type { EncodeOptions, Encoding, SpecialMode, Tokenizer, WindowEncoder, WindowPieces } from "./tokenizer";
import { TokenSink } from "./tokenSink";
import { readVarints } from "./varints";

/** Units of a window in `encode`: small enough for a processor's cache. */
const WINDOW = 1 << 14;

/** Names a tokenizer and its literal tokens over a packed vocabulary's tables. */
export interface TokenizerIdentity {
  readonly name: string;
  readonly specialTokens: ReadonlyMap<string, number>;
  /** Read as tokens in every mode. */
  readonly addedTokens: ReadonlyMap<string, number>;
}

/** Byte-pair encoding with the compiled core: the engine behind every family whose `fast` is true. */
export class BytePairTokenizer implements Tokenizer {
  readonly fast = true;
  readonly name: string;
  readonly specialTokens: ReadonlyMap<string, number>;
  readonly vocabularySize: number;
  /** The compiled core with this vocabulary: windows of plain text, in which added tokens are not looked for. */
  readonly pieces: PieceEncoder;
  private readonly bytes: TokenBytes;
  private readonly literals: Readonly<Record<SpecialMode, LiteralTokens | undefined>>;
  private ranks: Uint32Array | undefined;

  constructor(
    module: WebAssembly.Module,
    private readonly vocabulary: PackedVocabulary,
    { name, specialTokens, addedTokens }: TokenizerIdentity,
  ) {
    this.name = name;
    this.specialTokens = specialTokens;
    this.pieces = new PieceEncoder(module, vocabulary);
    this.bytes = new TokenBytes(vocabulary, addedTokens, specialTokens);
    this.vocabularySize = this.bytes.size;
    const all = new Map([...addedTokens, ...specialTokens]);
    this.literals = {
      text: addedTokens.size > 0 ? new LiteralTokens(addedTokens) : undefined,
      parse: all.size > 0 ? new LiteralTokens(all) : undefined,
    };
  }

  get windows(): WindowEncoder | undefined {
    // Added tokens are found in the text before it is cut into pieces, wherever they lie: no window can tell.
    return this.literals.text === undefined ? this.pieces : undefined;
  }

  encode(text: string, options?: EncodeOptions): Encoding {
    const sink = new TokenSink(Math.min(text.length, 16 + (text.length >> 1)));
    this.run(
      text,
      options,
      ({ ids, starts, tokens }) => sink.add(ids, starts, tokens),
      (id, start) => sink.addOne(id, start),
    );
    return sink.finish(text.length);
  }

  count(text: string, options?: EncodeOptions): number {
    let count = 0;
    this.run(
      text,
      options,
      ({ tokens }) => {
        count += tokens;
      },
      () => {
        count++;
      },
    );
    return count;
  }

  decodeBytes(ids: ArrayLike<number>): Uint8Array {
    return this.bytes.join(ids);
  }

  decode(ids: ArrayLike<number>): string {
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.bytes.join(ids));
  }

  tokenBytes(id: number): Uint8Array | undefined {
    return this.bytes.of(id)?.slice();
  }

  rank(id: number): number | undefined {
    this.ranks ??= readRanks(this.vocabulary);
    const rank = this.ranks[id];
    return rank === undefined || rank === 0 ? undefined : rank - 1;
  }

  private run(
    text: string,
    options: EncodeOptions | undefined,
    onPieces: (pieces: WindowPieces) => void,
    onLiteral: (id: number, start: number) => void,
  ): void {
    const literals = this.literals[options?.special ?? "text"];
    let from = 0;
    for (const { start, end, id } of literals?.in(text) ?? []) {
      this.runPlain(text, from, start, onPieces);
      onLiteral(id, start);
      from = end;
    }
    this.runPlain(text, from, text.length, onPieces);
  }

  /** Encodes `text.slice(from, to)` as a text of its own, window by window. */
  private runPlain(text: string, from: number, to: number, onPieces: (pieces: WindowPieces) => void): void {
    let size = WINDOW;
    while (from < to) {
      const end = Math.min(from + size, to);
      const window = this.pieces.encodeSlice(text, from, end, end === to);
      if (window.pieces === 0) {
        // One piece fills the window: look at more of it.
        size *= 4;
        continue;
      }
      onPieces(window);
      from += window.pieceEnds[window.pieces - 1]!;
      size = WINDOW;
    }
  }
}

/** By id: the place of its merge in the vocabulary's order plus one, 0 for none. */
function readRanks({ header, made, lines }: PackedVocabulary): Uint32Array {
  const ranks = new Uint32Array(header.tokens);
  const differences = readVarints(made, header.merges);
  const lineDifferences = lines.length === 0 ? undefined : readVarints(lines, header.merges);
  let id = 0;
  let line = 0;
  differences.forEach((difference, index) => {
    id += (difference >>> 1) ^ -(difference & 1);
    line += lineDifferences?.[index] ?? 0;
    // Of several merges that make a token, the first is its own.
    if (ranks[id] === 0) ranks[id] = (lineDifferences === undefined ? id : line) + 1;
  });
  return ranks;
}
