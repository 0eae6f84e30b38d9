import type { TextEdit } from "../document";

/** Throws RangeError when an edit lies outside a text of `length` units. */
export function checkEdit({ offset, deleted }: TextEdit, length: number): void {
  const valid = Number.isInteger(offset) && Number.isInteger(deleted) && offset >= 0 && deleted >= 0;
  if (!valid || offset + deleted > length) {
    throw new RangeError(`The edit [${offset}, ${offset + deleted}) lies outside the text of ${length} units`);
  }
}

/**
 * Edits of one change, whose offsets all refer to the text before it, from the last to the first: applied in that
 * order, none moves the next. Throws RangeError when one lies outside the text or two overlap.
 */
export function inReverseOrder(edits: readonly TextEdit[], length: number): TextEdit[] {
  const ordered = [...edits].sort((a, b) => b.offset - a.offset || b.deleted - a.deleted);
  let limit = length;
  for (const edit of ordered) {
    checkEdit(edit, length);
    if (edit.offset + edit.deleted > limit) {
      throw new RangeError(
        `The edit [${edit.offset}, ${edit.offset + edit.deleted}) overlaps one that starts at ${limit}`,
      );
    }
    limit = edit.offset;
  }
  return ordered;
}
