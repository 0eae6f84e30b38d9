import { Lock } from "../../../platform/lock";
import type { NativeContext } from "./nativeContext";
import { type Slot, sharedPrefix } from "./slots";

/** Tokens to append to a sequence, and which of them are followed by a look at their logits. */
export interface Feed {
  readonly slot: Slot;
  readonly tokens: readonly number[];
  /** Indices into `tokens`, ascending. */
  readonly wanted: readonly number[];
}

/** How long one batch of a prefill should take at most, milliseconds: others and an abort wait for it. */
const TURN = 400;
const FIRST_BATCH = 32;

/**
 * Runs llama.cpp's batches, one at a time. Every batch holds tokens of one request only, so that what else runs never
 * changes a request's numbers; requests take turns from batch to batch.
 */
export class Decoder {
  private readonly turns = new Lock();
  private millisecondsPerToken: number | undefined;
  /** Whether a row's numbers stay the same whatever is evaluated with it. Until that is known, batches are of one size. */
  batchInvariant = false;

  constructor(
    private readonly native: NativeContext,
    private readonly batchSize: number,
    private readonly onPrefill: (tokens: number, milliseconds: number) => void,
  ) {}

  /** Tokens to evaluate in the next turn of a prefill. */
  get chunk(): number {
    if (!this.batchInvariant) return this.batchSize;
    const quick = this.millisecondsPerToken === undefined ? FIRST_BATCH : Math.floor(TURN / this.millisecondsPerToken);
    return Math.max(8, Math.min(this.batchSize, quick));
  }

  /** A turn with the context: logits stay valid until it ends. */
  turn<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.turns.run(work, signal);
  }

  /** Evaluates within a turn. Gives the wanted rows of each feed, in order. */
  async decode(feeds: readonly Feed[]): Promise<number[][]> {
    const count = feeds.reduce((sum, { tokens }) => sum + tokens.length, 0);
    const start = performance.now();
    this.native.initBatch(count);
    const rows = feeds.map(({ slot, tokens, wanted }) =>
      Array.from(
        this.native.addToBatch(slot.sequence, slot.cached.length, Uint32Array.from(tokens), Uint32Array.from(wanted)),
      ),
    );
    try {
      await this.native.decodeBatch();
    } catch (error) {
      for (const { slot } of feeds) this.clear(slot);
      throw error;
    }
    for (const { slot, tokens } of feeds) for (const token of tokens) slot.cached.push(token);
    if (count >= 16) this.millisecondsPerToken = (performance.now() - start) / count;
    return rows;
  }

  /**
   * Makes a sequence hold exactly `tokens`, evaluating from the first that it does not share, a turn for each batch.
   * Gives how many were evaluated.
   */
  async prepare(slot: Slot, tokens: readonly number[], signal?: AbortSignal): Promise<number> {
    await this.turn(async () => this.truncate(slot, sharedPrefix(slot.cached, tokens)), signal);
    const from = slot.cached.length;
    const start = performance.now();
    for (let at = from; at < tokens.length; at = slot.cached.length) {
      const chunk = tokens.slice(at, at + this.chunk);
      await this.turn(() => this.decode([{ slot, tokens: chunk, wanted: [] }]), signal);
    }
    signal?.throwIfAborted();
    this.measured(tokens.length - from, start);
    return tokens.length - from;
  }

  /** Tells of a finished prefill, for the speed shown. */
  measured(tokens: number, start: number): void {
    if (tokens >= 16) this.onPrefill(tokens, performance.now() - start);
  }

  /** Within a turn: forgets what follows the first `length` tokens; everything, where the model's state cannot be cut there. */
  truncate(slot: Slot, length: number): void {
    if (slot.cached.length <= length) return;
    if (length > 0 && this.native.removeTokenCellsFromSequence(slot.sequence, length, -1)) slot.cached.length = length;
    else this.clear(slot);
  }

  /** Gives `target` what `source` holds; the state is copied, not evaluated anew. False where that failed. */
  async copy(source: Slot, target: Slot): Promise<boolean> {
    return this.turn(async () => {
      this.clear(target);
      const last = await this.native.copySequenceStateFromOtherSequence(target.sequence, source.sequence);
      if (last !== source.cached.length - 1) {
        this.clear(target);
        return source.cached.length === 0;
      }
      target.cached = source.cached.slice();
      return true;
    });
  }

  /** Within a turn: forgets everything. */
  clear(slot: Slot): void {
    this.native.disposeSequence(slot.sequence);
    slot.cached = [];
  }
}
