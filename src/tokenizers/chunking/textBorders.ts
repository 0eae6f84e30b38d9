/** A grapheme is found by looking back to white space, at most so many units. */
const GRAPHEME_REACH = 256;
const WHITE = /\s/u;
const SENTENCE_END = /[.!?…]["'”’)\]]*(?=\s)|[。！？．]["”’」』）]*/gu;

/**
 * The border in `(from, to]` where a text is best cut: the last paragraph, line or sentence end in the second half, else
 * the last word, grapheme or code point. Undefined when there is none.
 */
export function bestBorderBefore(text: string, from: number, to: number): number | undefined {
  if (to <= from) return undefined;
  if (to >= text.length) return text.length;
  const half = from + Math.floor((to - from) / 2);
  const lines = lineStarts(text, half, to);
  const found =
    lines.findLast((start) => isBlankLine(text, start)) ??
    lines.at(-1) ??
    sentenceEnds(text, half, to).at(-1) ??
    lastWordEnd(text, from, to);
  return found ?? closeBorderBefore(text, from, to);
}

/** The border in `[from, to)` where a part that is repeated best begins; undefined when there is none. */
export function bestBorderAfter(text: string, from: number, to: number): number | undefined {
  const half = from + Math.floor((to - from) / 2);
  return (
    lineStarts(text, from - 1, half)[0] ??
    sentenceEnds(text, from - 1, half)[0] ??
    firstWordEnd(text, from, half) ??
    closeBorderAfter(text, from, to)
  );
}

/** The last border of a grapheme in `(from, to]`, else of a code point or CRLF; undefined when there is none. */
export function closeBorderBefore(text: string, from: number, to: number): number | undefined {
  if (to >= text.length) return from < text.length ? text.length : undefined;
  const [start] = graphemeAround(text, to);
  if (start > from) return start;
  const border = splits(text, to) ? to - 1 : to;
  return border > from ? border : undefined;
}

/** The first border of a grapheme in `[from, to)`, else of a code point or CRLF; undefined when there is none. */
export function closeBorderAfter(text: string, from: number, to: number): number | undefined {
  const [start, end] = graphemeAround(text, from);
  const border = start === from ? from : end;
  if (border < to) return border;
  const next = splits(text, from) ? from + 1 : from;
  return next < to ? next : undefined;
}

/** Where the first code point (or CRLF) from `start` on ends. */
export function firstBorderAfter(text: string, start: number): number {
  return splits(text, start + 1) ? start + 2 : start + 1;
}

/** Whether `at` lies inside a code point or between CR and LF. */
function splits(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return (before === 13 && after === 10) || ((before & 0xfc00) === 0xd800 && (after & 0xfc00) === 0xdc00);
}

/** Offsets in `(from, to]` after a line end. */
function lineStarts(text: string, from: number, to: number): number[] {
  const starts: number[] = [];
  for (let at = Math.max(0, from); at < to; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}

/** Whether the line that ends at `end` (after its line end) holds white space alone. */
function isBlankLine(text: string, end: number): boolean {
  let at = end - (text.startsWith("\r\n", end - 2) ? 3 : 2);
  while (at >= 0 && (text[at] === " " || text[at] === "\t")) at--;
  return at < 0 || text[at] === "\n" || text[at] === "\r";
}

/** Offsets in `(from, to]` after a sentence, before the white space that follows it. */
function sentenceEnds(text: string, from: number, to: number): number[] {
  const base = Math.max(0, from);
  const ends = Array.from(
    text.slice(base, to + 1).matchAll(SENTENCE_END),
    (match) => base + match.index + match[0].length,
  );
  return ends.filter((end) => end > from && end <= to);
}

/** Tokens take the space before a word, so a word ends where white space begins. */
function lastWordEnd(text: string, from: number, to: number): number | undefined {
  for (let at = to; at > from; at--) if (isWordEnd(text, at)) return at;
  return undefined;
}

function firstWordEnd(text: string, from: number, to: number): number | undefined {
  for (let at = Math.max(1, from); at <= to; at++) if (isWordEnd(text, at)) return at;
  return undefined;
}

function isWordEnd(text: string, at: number): boolean {
  return at < text.length && WHITE.test(text[at]!) && !WHITE.test(text[at - 1]!);
}

/** The grapheme that holds the unit at `at`; its code point where there is no Intl.Segmenter. */
function graphemeAround(text: string, at: number): [start: number, end: number] {
  if (typeof Intl.Segmenter !== "function")
    return splits(text, at) ? [at - 1, at + 1] : [at, firstBorderAfter(text, at)];
  let base = at;
  while (base > 0 && at - base < GRAPHEME_REACH && !WHITE.test(text[base - 1]!)) base--;
  if (splits(text, base)) base--;
  const segments = new Intl.Segmenter("und", { granularity: "grapheme" }).segment(
    text.slice(base, at + GRAPHEME_REACH),
  );
  const grapheme = segments.containing(at - base);
  if (!grapheme) return [at, at];
  return [base + grapheme.index, base + grapheme.index + grapheme.segment.length];
}
