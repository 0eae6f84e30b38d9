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
