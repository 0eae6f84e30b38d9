import type { DocumentToken, TextEdit, TokenDocument } from "../document";
import type { Tokenizer, WindowEncoder } from "../tokenizer";
import { type Block, copyText, EncodedBlock, rawSpan, runOfWindow } from "./block";
import { BlockList, type Place, type Segment } from "./blockList";
import { BorderWalk, bordersAfter, isBorder, meet } from "./borders";
import { checkEdit, inReverseOrder } from "./edits";
import { TokenQueries } from "./queries";
import { DEFAULT_SIZES, type DocumentSizes } from "./sizes";

/** Units after an edit that the first window reads beyond the piece it lies in; each try reads four times as many. */
const AHEAD_UNITS = 48;
/** Units that `fill` reads beyond text without tokens, to meet those behind it; four times as many after a miss. */
const MEET_UNITS = 256;
/** How long one window of `fill` should take. */
const SLICE_MS = 1.5;

/** A piece border to encode from. */
interface Restart {
  readonly place: Place;
  readonly offset: number;
  /** Text without tokens lies between it and the edit. */
  readonly crossedRaw: boolean;
}

/**
 * TokenDocument over a WindowEncoder.
 *
 * An edit is encoded again from `restartPieces` before it until a new piece border falls on an old one: pieces depend on
 * no text before them, so from there on the old tokens hold. What would take too long (a large paste, an edit inside a
 * very long piece) becomes text without tokens, and `fill` encodes it in slices; tokens after it are kept, and hold
 * again from the first border that the new pieces share with them.
 */
export class WindowedDocument implements TokenDocument {
  private readonly list: BlockList;
  private readonly queries: TokenQueries;
  private window = new Uint16Array(1024);
  private sliceUnits: number;
  private meetUnits = MEET_UNITS;
  /** Tokens before `filledTo` depend on no text from this offset on. Meaningless when complete. */
  private settledBefore = 0;

  constructor(
    readonly tokenizer: Tokenizer,
    private readonly windows: WindowEncoder,
    text: string,
    private readonly sizes: DocumentSizes = DEFAULT_SIZES,
  ) {
    this.sliceUnits = sizes.slice;
    this.list = new BlockList(sizes.block);
    this.queries = new TokenQueries(this.list, tokenizer);
    const start = this.list.endPlace();
    this.list.splice(start, start, [rawSpan(text, 0, text.length)]);
  }

  get length(): number {
    return this.list.totals.units;
  }

  get complete(): boolean {
    return this.list.firstRaw === this.list.blocks.length;
  }

  get filledTo(): number {
    return this.queries.filledTo;
  }

  get tokenCount(): number {
    return this.queries.tokenCount;
  }

  get memoryBytes(): number {
    return this.queries.memoryBytes + this.window.byteLength;
  }

  fill(budgetMs: number): boolean {
    const deadline = performance.now() + budgetMs;
    while (!this.complete) {
      const start = performance.now();
      if (start >= deadline) return false;
      this.fillSlice();
      const scale = SLICE_MS / Math.max(0.01, performance.now() - start);
      const units = this.sliceUnits * Math.min(2, Math.max(0.5, scale));
      this.sliceUnits = Math.min(this.sizes.maxSlice, Math.max(this.sizes.minSlice, Math.round(units)));
    }
    if (this.window.length > this.sizes.minSlice) this.window = new Uint16Array(this.sizes.minSlice);
    return true;
  }

  edit(edit: TextEdit): void {
    checkEdit(edit, this.length);
    const { offset, deleted, inserted } = edit;
    if (deleted === 0 && inserted === "") return;
    if (!this.editNow(offset, deleted, inserted)) this.editLater(offset, offset + deleted, rawText(inserted));
  }

  applyEdits(edits: readonly TextEdit[]): void {
    const ordered = inReverseOrder(edits, this.length);
    if (ordered.length < this.sizes.manyEdits) for (const edit of ordered) this.edit(edit);
    else this.editAllLater(ordered);
  }

  tokensIn(start: number, end: number): DocumentToken[] {
    return this.queries.tokensIn(start, end);
  }

  countIn(start: number, end: number): number {
    return this.queries.countIn(start, end);
  }

  tokenAt(offset: number): DocumentToken | undefined {
    return this.queries.tokenAt(offset);
  }

  token(index: number): DocumentToken | undefined {
    return this.queries.token(index);
  }

  ids(): Uint32Array {
    return this.queries.ids();
  }

  slice(start: number, end: number): string {
    return this.list.text(Math.max(0, start), Math.min(end, this.length));
  }

  /** Encodes around the edit at once; false when that could take long or reaches text without tokens. */
  private editNow(offset: number, deleted: number, inserted: string): boolean {
    const { list } = this;
    if (inserted.length > this.sizes.editWindow) return false;
    const at = list.place(offset);
    const after = deleted === 0 ? at : list.place(offset + deleted);
    const restart = this.restartBefore(at, offset);
    if (restart.crossedRaw || isRaw(list.blocks[after.block])) return false;

    const lead = offset - restart.offset;
    const editEnd = lead + inserted.length;
    const remaining = this.length - offset - deleted;
    const borders = bordersAfter(list, after, offset === 0);
    for (let ahead = borders.distance + AHEAD_UNITS; ; ahead *= 4) {
      const size = editEnd + Math.min(ahead, remaining);
      if (size > this.sizes.editWindow) return false;
      const units = this.room(size);
      list.copy(restart.place, lead, units, 0);
      copyText(inserted, 0, inserted.length, units, lead);
      list.copy(after, size - editEnd, units, editEnd);
      const window = this.windows.encodeWindow(units, size, ahead >= remaining, restart.offset === 0);
      const pieces = meet(window, size, borders, editEnd);
      if (pieces !== undefined) {
        this.settleAfterEdit(offset, inserted.length - deleted, restart.offset + size);
        list.splice(restart.place, borders.place, [runOfWindow(units, window, pieces)]);
        return true;
      }
      if (borders.ended) return false;
    }
  }

  /** Puts `segments` in place of `[start, end)` and leaves the text around them without tokens, for `fill`. */
  private editLater(start: number, end: number, segments: readonly Segment[]): void {
    const { list } = this;
    const from = list.place(start);
    const to = list.place(end);
    const restart = this.restartBefore(from, start);
    const borders = bordersAfter(list, to, start === 0);
    // Tokens before the restart do not depend on text from the edit on. Where the restart lies behind other text without
    // tokens, those before that text stay as they are, but how far they depend on text may have moved with the edit.
    if (this.complete || restart.offset < this.filledTo) this.settledBefore = start;
    else if (start < this.settledBefore) this.settledBefore = Number.POSITIVE_INFINITY;
    const before = list.rawBetween(restart.place, from);
    const after = list.rawBetween(to, borders.place);
    list.splice(restart.place, borders.place, [...before, ...segments, ...after]);
  }

  /** All of `edits`, which come from the last to the first, as one change of the range that they span. */
  private editAllLater(edits: readonly TextEdit[]): void {
    const { list } = this;
    const end = edits[0]!.offset + edits[0]!.deleted;
    const reversed: Segment[][] = [];
    let start = end;
    for (const { offset, deleted, inserted } of edits) {
      reversed.push(list.rawBetween(list.place(offset + deleted), list.place(start)), rawText(inserted));
      start = offset;
    }
    this.editLater(start, end, reversed.reverse().flat());
  }

  /** Encodes one window from `filledTo` on. */
  private fillSlice(): void {
    const { list } = this;
    const start = this.filledTo;
    const from: Place = { block: list.firstRaw, unit: 0, token: 0 };
    for (let wish = this.sliceUnits, ahead = this.meetUnits; ; wish *= 4, ahead *= 4) {
      const raw = list.rawFrom(list.firstRaw, wish);
      // With tokens behind the raw text the window reads on into them, to find a border that both share.
      const meets = raw.units <= wish && raw.end < list.blocks.length;
      const size = Math.min(meets ? raw.units + ahead : wish, this.length - start);
      const units = this.room(size);
      list.copy(from, size, units, 0);
      const window = this.windows.encodeWindow(units, size, start + size === this.length, start === 0);
      if (meets) {
        const kept: Place = { block: raw.end, unit: 0, token: 0 };
        const borders = new BorderWalk(list, kept);
        const pieces = meet(window, size, borders, raw.units);
        if (pieces !== undefined) {
          this.meetUnits = MEET_UNITS;
          this.settledBefore = Number.POSITIVE_INFINITY;
          list.splice(from, borders.place, [runOfWindow(units, window, pieces)]);
          return;
        }
        // Old tokens among the new pieces are of no use any more.
        this.meetUnits = Math.min(4 * ahead, this.sizes.maxSlice);
        list.splice(kept, borders.place, list.rawBetween(kept, borders.place));
      }
      if (window.pieces > 0) {
        this.settledBefore = start + size;
        const run = runOfWindow(units, window, window.pieces);
        list.splice(from, list.place(start + run.unitCount), [run]);
        return;
      }
      if (start + size === this.length) throw new Error(`${this.tokenizer.name}: the end of the text gave no piece`);
    }
  }

  /**
   * The border that an edit at `offset` has to be encoded from: far enough before it, by the encoder's word, for the
   * pieces before that border to stay as they are. Where the walk back comes to text without tokens it goes on in the
   * tokens before that text, unless those are known not to depend on text as far as the edit.
   */
  private restartBefore(place: Place, offset: number): Restart {
    const { list, windows } = this;
    const { blocks } = list;
    let crossedRaw = false;
    const reach = offset - windows.restartUnits;
    let needed = windows.restartPieces + (reach === offset && isBorder(list, place) ? 0 : 1);
    let { block: index, token } = place;
    let blockStart = offset - place.unit;
    let entry = place;
    let entryOffset = offset;
    for (;;) {
      const block = blocks[index];
      if (block instanceof EncodedBlock) {
        while (token > 0 && block.pieceStarts > 0) {
          token--;
          if (!block.startsPiece(token)) continue;
          const unit = block.starts[token]!;
          if (blockStart + unit > reach) continue;
          needed--;
          if (needed <= 0) return { place: { block: index, unit, token }, offset: blockStart + unit, crossedRaw };
        }
        entry = { block: index, unit: 0, token: 0 };
        entryOffset = blockStart;
      } else if (block) {
        crossedRaw = true;
        const isFirst = list.rawFrom(list.firstRaw).end > index;
        if (isFirst && offset >= this.settledBefore) return { place: entry, offset: entryOffset, crossedRaw };
        needed = windows.restartPieces;
      }
      if (index === 0) return { place: { block: 0, unit: 0, token: 0 }, offset: 0, crossedRaw };
      index--;
      blockStart -= blocks[index]!.unitCount;
      token = blocks[index]!.tokenCount;
    }
  }

  /** An edit was encoded at once, from a window that ended at `windowEnd`. */
  private settleAfterEdit(offset: number, change: number, windowEnd: number): void {
    if (offset <= this.filledTo) this.settledBefore = Math.max(this.settledBefore + change, windowEnd);
    else if (offset < this.settledBefore) this.settledBefore = Number.POSITIVE_INFINITY;
  }

  private room(size: number): Uint16Array {
    if (this.window.length < size) this.window = new Uint16Array(Math.ceil(size * 1.25));
    return this.window;
  }
}

function isRaw(block: Block | undefined): boolean {
  return block !== undefined && !(block instanceof EncodedBlock);
}

function rawText(text: string): Segment[] {
  return text === "" ? [] : [rawSpan(text, 0, text.length)];
}
