import { TokenizerError } from "../tokenizer";

/** Random access to a file, which may be many gigabytes. */
export interface RangeReader {
  /** Bytes of the whole file. */
  readonly size: number;
  /** The bytes `[offset, offset + length)`; the range lies inside the file. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Bytes asked for at once: a vocabulary is a few of these. */
const CHUNK = 1 << 20;

/** Reads little-endian values one after the other from a file, in chunks, and steps over what is not wanted unread. */
export class ByteCursor {
  position = 0;
  private chunk: Uint8Array = new Uint8Array(0);
  private view: DataView = new DataView(new ArrayBuffer(0));
  private chunkStart = 0;

  constructor(private readonly file: RangeReader) {}

  get remaining(): number {
    return this.file.size - this.position;
  }

  /**
   * Makes the next `length` bytes readable without waiting. Throws TokenizerError where the file ends before; `what` says
   * what was being read.
   */
  async need(length: number, what: string): Promise<void> {
    if (this.ready(length)) return;
    if (length > this.remaining) {
      throw new TokenizerError(
        `The GGUF file ends in the middle of ${what}: ${length.toLocaleString("en")} more bytes are needed at ${this.position.toLocaleString("en")}, ${this.remaining.toLocaleString("en")} are there. It is cut short or damaged; fetch it again.`,
      );
    }
    const wanted = Math.min(Math.max(length, CHUNK), this.remaining);
    const bytes = await this.file.read(this.position, wanted);
    if (bytes.length !== wanted) {
      throw new TokenizerError(
        `Only ${bytes.length} of ${wanted} bytes of the GGUF file could be read at ${this.position}. Has it changed meanwhile?`,
      );
    }
    this.chunk = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.chunkStart = this.position;
  }

  /** Whether the next `length` bytes can be read without waiting. */
  ready(length: number): boolean {
    const from = this.position - this.chunkStart;
    return from >= 0 && from + length <= this.chunk.length;
  }

  /** Steps over `length` bytes without reading them; the caller has checked that they are there. */
  skip(length: number): void {
    this.position += length;
  }

  u8(): number {
    return this.view.getUint8(this.take(1));
  }

  u16(): number {
    return this.view.getUint16(this.take(2), true);
  }

  u32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  i32(): number {
    return this.view.getInt32(this.take(4), true);
  }

  f32(): number {
    return this.view.getFloat32(this.take(4), true);
  }

  f64(): number {
    return this.view.getFloat64(this.take(8), true);
  }

  /** A 64-bit count; numbers beyond 2^53 come out inexact, and larger than any file. */
  u64(): number {
    const low = this.u32();
    return low + this.u32() * 2 ** 32;
  }

  bytes(length: number): Uint8Array {
    const from = this.take(length);
    return this.chunk.subarray(from, from + length);
  }

  private take(length: number): number {
    const from = this.position - this.chunkStart;
    this.position += length;
    return from;
  }
}
