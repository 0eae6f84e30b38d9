import type { WindowPieces } from "../tokenizer";
import { EncodedBlock } from "./block";
import type { BlockList, Place } from "./blockList";

/**
 * Walks the known piece borders from a place on: the starts of pieces, then the start of the next text without tokens
 * or the end of the text, after which there are no more.
 */
export class BorderWalk {
  /** The border the walk stands on: its place, and its distance in units from where the walk began. */
  place: Place;
  distance = 0;
  ended = false;

  constructor(
    private readonly list: BlockList,
    from: Place,
  ) {
    this.place = from;
    if (!isBorder(list, from)) this.next();
  }

  /** Goes to the next border. */
  next(): void {
    const { blocks } = this.list;
    let { block: index, unit, token } = this.place;
    let current = blocks[index];
    if (this.ended || !(current instanceof EncodedBlock)) {
      this.ended = true;
      return;
    }
    if (current.starts[token] === unit && token < current.tokenCount) token++;
    for (;;) {
      if (current.pieceStarts === 0) token = current.tokenCount;
      while (token < current.tokenCount && !current.startsPiece(token)) token++;
      if (token < current.tokenCount) {
        this.moveTo({ block: index, unit: current.starts[token]!, token }, current.starts[token]! - unit);
        return;
      }
      this.distance += current.unitCount - unit;
      const following = blocks[index + 1];
      if (!(following instanceof EncodedBlock)) {
        this.ended = true;
        this.place = following
          ? { block: index + 1, unit: 0, token: 0 }
          : { block: index, unit: current.unitCount, token: current.tokenCount };
        return;
      }
      index++;
      current = following;
      unit = 0;
      token = 0;
    }
  }

  private moveTo(place: Place, step: number): void {
    this.place = place;
    this.distance += step;
  }
}

/** Whether a piece is known to begin at a place, or tokens end there. */
export function isBorder(list: BlockList, place: Place): boolean {
  const block = list.blocks[place.block];
  if (!(block instanceof EncodedBlock)) return true;
  if (place.token < block.tokenCount) return block.starts[place.token] === place.unit && block.startsPiece(place.token);
  return place.unit === block.unitCount && !(list.blocks[place.block + 1] instanceof EncodedBlock);
}

/**
 * Number of the window's pieces up to the first border at or after `from` that is also one of `borders`, whose walk
 * began at `from`; undefined when they share none. Leaves `borders` there.
 */
export function meet(window: WindowPieces, size: number, borders: BorderWalk, from: number): number | undefined {
  if (size === 0) return 0;
  for (let i = 0; i < window.pieces; i++) {
    const end = window.pieceEnds[i]! - from;
    while (borders.distance < end && !borders.ended) borders.next();
    if (borders.distance === end) return i + 1;
  }
  return undefined;
}

/**
 * The old borders after an edit. One at the text's start does not count, nor does one that an edit brings there: what
 * begins a text may be encoded in a way of its own.
 */
export function bordersAfter(list: BlockList, place: Place, atTextStart: boolean): BorderWalk {
  const borders = new BorderWalk(list, place);
  if (atTextStart && borders.distance === 0) borders.next();
  return borders;
}
