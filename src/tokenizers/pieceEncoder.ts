import type { PackedVocabulary } from "./packedVocabulary";
import { TokenizerError, type WindowEncoder, type WindowPieces } from "./tokenizer";
import { type UnitCopier, unitCopier } from "./unitCopier";
import { preTokenizerKinds } from "./vocabulary";
import type { CoreExports } from "./wasmCore";

const FIRST_WINDOW = 1 << 14;
const NO_TOKEN = 0xffffffff;

/** Views of the core's buffers; made anew when they grow. */
interface Buffers {
  readonly units: Uint16Array;
  readonly copy: UnitCopier;
  readonly result: Omit<WindowPieces, "pieces" | "tokens">;
}

/** One instance of the core with a vocabulary's tables: windows of text in, pieces and tokens out. */
export class PieceEncoder implements WindowEncoder {
  readonly restartPieces = 2;
  readonly restartUnits = 0;
  /** Units that a window may have without growing the buffers. */
  capacity = 0;
  private readonly core: CoreExports;
  private buffers!: Buffers;

  /** Throws TokenizerError when the core has no such pre-tokenizer. */
  constructor(module: WebAssembly.Module, vocabulary: PackedVocabulary) {
    this.core = new WebAssembly.Instance(module).exports as unknown as CoreExports;
    this.build(vocabulary);
    this.reserve(FIRST_WINDOW);
  }

  encodeWindow(units: Uint16Array, length: number, atTextEnd: boolean): WindowPieces {
    if (length > this.capacity) this.reserve(length);
    this.buffers.units.set(length === units.length ? units : units.subarray(0, length));
    return this.encodeCopied(length, atTextEnd, 0);
  }

  /** The same for `text.slice(from, to)`, with starts counted from the text's beginning. */
  encodeSlice(text: string, from: number, to: number, atTextEnd: boolean): WindowPieces {
    const length = to - from;
    if (length > this.capacity) this.reserve(length);
    this.buffers.copy(text, from, to);
    return this.encodeCopied(length, atTextEnd, from);
  }

  private encodeCopied(length: number, atTextEnd: boolean, offset: number): WindowPieces {
    const pieces = this.core.encodeWindow(length, atTextEnd ? 1 : 0, offset);
    // Memory may have grown, which leaves old views empty.
    if (this.buffers.units.length === 0) this.view();
    return { pieces, tokens: this.core.tokensFound(), ...this.buffers.result };
  }

  private build({ header, ...sections }: PackedVocabulary): void {
    const { core } = this;
    const scanner = preTokenizerKinds.indexOf(header.preTokenizer);
    const byteTokens = core.initialize(
      scanner,
      header.tokens,
      header.merges,
      sections.bytes.length,
      header.properOrder ? 1 : 0,
    );
    if (byteTokens === 0) {
      throw new TokenizerError(
        `"${header.name}" needs the pre-tokenizer "${header.preTokenizer}", which this build does not have.`,
      );
    }
    const { lengths, whole, bytes, pairs, made } = sections;
    const parts = [lengths, whole, bytes, pairs, made];
    let at = core.reserveFile(parts.reduce((sum, part) => sum + part.length, 0));
    const places: number[] = [];
    for (const part of parts) {
      new Uint8Array(core.memory.buffer).set(part, at);
      places.push(at);
      at += part.length;
    }
    new Uint32Array(core.memory.buffer, byteTokens, 256).set(header.byteTokens);
    const [lengthsAt, wholeAt, bytesAt, pairsAt, madeAt] = places as [number, number, number, number, number];
    core.buildTables(
      header.tokens,
      header.merges,
      lengthsAt,
      wholeAt,
      bytesAt,
      pairsAt,
      madeAt,
      header.symbols === "characters" ? 1 : 0,
      header.unknown ?? NO_TOKEN,
    );
  }

  private reserve(units: number): void {
    const { core } = this;
    const capacity = Math.max(units, this.capacity * 2);
    core.reserveWindow(capacity);
    this.capacity = capacity;
    this.view();
  }

  private view(): void {
    const { core, capacity } = this;
    const { buffer } = core.memory;
    const units = new Uint16Array(buffer, core.textPointer(), capacity);
    this.buffers = {
      units,
      copy: unitCopier(units),
      result: {
        pieceEnds: new Uint32Array(buffer, core.pieceEndsPointer(), capacity),
        tokenEnds: new Uint32Array(buffer, core.tokenEndsPointer(), capacity),
        ids: new Uint32Array(buffer, core.idsPointer(), 3 * capacity),
        starts: new Uint32Array(buffer, core.startsPointer(), 3 * capacity),
      },
    };
  }
}
