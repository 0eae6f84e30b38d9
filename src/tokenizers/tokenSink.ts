import type { Encoding } from "./tokenizer";

/** Grows while tokens come in, window by window. */
export class TokenSink {
  private ids: Uint32Array;
  private starts: Uint32Array;
  private count = 0;

  constructor(expected: number) {
    this.ids = new Uint32Array(expected);
    this.starts = new Uint32Array(expected);
  }

  /** Adds the first `count` of `ids` and `starts`. */
  add(ids: Uint32Array, starts: Uint32Array, count: number): void {
    this.makeRoom(count);
    this.ids.set(ids.subarray(0, count), this.count);
    this.starts.set(starts.subarray(0, count), this.count);
    this.count += count;
  }

  addOne(id: number, start: number): void {
    this.makeRoom(1);
    this.ids[this.count] = id;
    this.starts[this.count++] = start;
  }

  /** What came in, with the text's length as the last offset. */
  finish(textLength: number): Encoding {
    const offsets = new Uint32Array(this.count + 1);
    offsets.set(this.starts.subarray(0, this.count));
    offsets[this.count] = textLength;
    return { ids: this.ids.slice(0, this.count), offsets };
  }

  private makeRoom(more: number): void {
    if (this.count + more <= this.ids.length) return;
    const length = Math.max(this.count + more, this.ids.length * 2);
    this.ids = grown(this.ids, length);
    this.starts = grown(this.starts, length);
  }
}

function grown(array: Uint32Array, length: number): Uint32Array {
  const larger = new Uint32Array(length);
  larger.set(array);
  return larger;
}
