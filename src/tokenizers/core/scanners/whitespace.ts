import { classAt, NEWLINE, SPACE, width } from "../unicode";

/** How the whitespace alternatives of a pattern end a run of white space. */
export const enum Trailing {
  /** `\s*[\r\n]+|\s+(?!\S)|\s+`: up to the last line end; otherwise all but the last unit. */
  LineEnds = 0,
  /** `\s++$` first, then as LineEnds: a run at the end of the text is one piece. */
  WholeAtEnd = 1,
  /** `\s++$|\s+(?!\S)|\s`: line ends are white space like any other. */
  Plain = 2,
}

/** End of the piece of white space that begins at `start`. White space is one unit wide in Unicode. */
export function whitespace(start: i32, end: i32, trailing: Trailing): i32 {
  let e = start;
  let afterNewline = -1;
  let c = classAt(e, end);
  while (c & SPACE) {
    e += width;
    if (c === NEWLINE) afterNewline = e;
    c = classAt(e, end);
  }
  if (e === end && trailing !== Trailing.LineEnds) return e;
  if (afterNewline >= 0 && trailing !== Trailing.Plain) return afterNewline;
  return e === end || e - start === 1 ? e : e - 1;
}
