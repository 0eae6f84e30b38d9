/** A place in a text by line and UTF-16 column, both from 0: unlike an offset, no change of line ends moves it. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface PlacedRange {
  readonly start: Place;
  readonly end: Place;
}

/** One change of a text, as VS Code reports it: several at once come from the text's end to its beginning. */
export interface PlacedEdit {
  readonly range: PlacedRange;
  readonly text: string;
}

/** Something said of a part of a text. */
export interface Mark {
  /** Empty once its text was deleted; it waits there for an undo and is not shown. */
  readonly range: PlacedRange;
  /** What was said of it. */
  readonly text: string;
  /** What stands there now is other text. */
  readonly stale: boolean;
}

/**
 * Marks after the edits of one change. Those in front of it stay and those behind it move along. What is typed at the edge
 * of a mark is outside of it; a mark that an edit touches is stale until its own text stands there again, as after an undo.
 */
export function followEdits<M extends Mark>(
  marks: readonly M[],
  edits: readonly PlacedEdit[],
  textAt: (range: PlacedRange) => string,
): M[] {
  return marks.map((mark) => {
    let followed: Mark = mark;
    let touched = false;
    for (const edit of edits) {
      const next = afterEdit(followed, edit);
      touched ||= next.stale;
      followed = next;
    }
    if (!touched) return followed === mark ? mark : { ...mark, range: followed.range, stale: false };
    const own = plainLines(mark.text);
    const found = plainLines(textAt(followed.range)).indexOf(own);
    const range = found < 0 ? followed.range : rangeIn(followed.range.start, textAt(followed.range), found, own);
    return { ...mark, range, stale: found < 0 };
  });
}

/** Nothing is left of it. */
export function isGone({ range: { start, end } }: Mark): boolean {
  return start.line === end.line && start.character === end.character;
}

/** The mark after one edit; stale where its text has to be looked at. */
function afterEdit(mark: Mark, edit: PlacedEdit): Mark {
  const { range, text } = mark;
  const { start, end } = edit.range;
  // Of a mark that lost text, what comes back at its edge may be its own.
  const open = mark.stale || isGone(mark);
  if (open ? isBefore(range.end, start) : !isBefore(start, range.end)) return mark;
  if (open ? isBefore(end, range.start) : !isBefore(range.start, end))
    return { ...mark, range: { start: shifted(range.start, edit), end: shifted(range.end, edit) } };
  const [inFront, behind] = [!isBefore(range.start, start), !isBefore(end, range.end)];
  if (inFront && behind) {
    // All of it was replaced: by a file read anew, say, which may hold it word for word.
    const own = plainLines(text);
    const at = plainLines(edit.text).indexOf(own);
    return { ...mark, range: at < 0 ? { start, end: start } : rangeIn(start, edit.text, at, own), stale: at < 0 };
  }
  // What replaces its first or last words is its own; of what crosses its edge nobody knows.
  const after = advanced(start, edit.text);
  const from = inFront ? (open || !isBefore(start, range.start) ? start : after) : range.start;
  const to = behind ? (open || !isBefore(range.end, end) ? after : start) : shifted(range.end, edit);
  return { ...mark, range: { start: from, end: to }, stale: true };
}

/** Where a part of a text stands that begins at `from`; `at` counts units of the text with plain line ends. */
function rangeIn(from: Place, text: string, at: number, part: string): PlacedRange {
  const lines = plainLines(text);
  return { start: advanced(from, lines.slice(0, at)), end: advanced(from, lines.slice(0, at + part.length)) };
}

function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

/** Where a place at or behind an edit's end comes to stand. */
function shifted(place: Place, { range: { start, end }, text }: PlacedEdit): Place {
  const after = advanced(start, text);
  if (place.line > end.line) return { line: place.line + after.line - end.line, character: place.character };
  return { line: after.line, character: after.character + place.character - end.character };
}

/** The place at the end of a text that begins at `from`. */
export function advanced(from: Place, text: string): Place {
  const lines = plainLines(text).split("\n");
  const last = lines.at(-1)!.length;
  return { line: from.line + lines.length - 1, character: lines.length === 1 ? from.character + last : last };
}

function plainLines(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}
