/** A stretch of a transcript, UTF-16 offsets. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** An answer of a thinking model, taken apart. */
export interface Transcript {
  /** What stands between `<think>` and `</think>`, the tags left out; undefined without thoughts. */
  readonly thoughts: Stretch | undefined;
  /** What is said after them. */
  readonly said: Stretch;
}

/**
 * Tells a model's thoughts from what it says. Thoughts that never end leave nothing said. Some templates put `<think>` into
 * the prompt, so a closing tag alone ends thoughts that began with the text.
 */
export function takeApart(text: string): Transcript {
  const open = /^\s*<think>/.exec(text);
  const close = text.indexOf("</think>");
  const start = open ? open[0].length : 0;
  if (close >= 0)
    return { thoughts: { start, end: close }, said: { start: close + "</think>".length, end: text.length } };
  if (open) return { thoughts: { start, end: text.length }, said: { start: text.length, end: text.length } };
  return { thoughts: undefined, said: { start: 0, end: text.length } };
}

/** What is said after the thoughts. */
export function saidIn(text: string): string {
  const { said } = takeApart(text);
  return text.slice(said.start, said.end);
}

const marker = /\b(?:final )?answer\s*(?::|is\b)|####/gi;

/** The point of a list's number ("2. Halve it") ends no sentence. */
const betweenSentences = /(?<=[.!?])(?<!^\s*\d+\.)\s+|\n+/gm;

/**
 * The steps of a reasoning: its lines where there are several, else its sentences; the line or sentence of the last answer
 * marker, and what follows, is no step. A point between digits ends no sentence.
 */
export function stepsOf(text: string, { start, end }: Stretch = { start: 0, end: text.length }): Stretch[] {
  const reasoning = text.slice(start, end);
  const stop = [...reasoning.matchAll(marker)].at(-1)?.index;
  const before = stop === undefined ? reasoning : wholeSentences(reasoning.slice(0, stop));
  const lines = pieces(before, /\n+/g);
  const found = lines.length > 1 ? lines : pieces(before, betweenSentences);
  return found.map((piece) => ({ start: start + piece.start, end: start + piece.end }));
}

/** A text without the sentence that it breaks off in. */
function wholeSentences(text: string): string {
  const last = [...text.matchAll(betweenSentences)].at(-1);
  return last ? text.slice(0, last.index) : "";
}

function pieces(text: string, between: RegExp): Stretch[] {
  const found: Stretch[] = [];
  let from = 0;
  for (const gap of [...text.matchAll(between), undefined]) {
    const to = gap ? gap.index : text.length;
    const piece = text.slice(from, to);
    const blank = piece.length - piece.trimStart().length;
    if (piece.trim() !== "") found.push({ start: from + blank, end: from + piece.trimEnd().length });
    if (gap) from = gap.index + gap[0].length;
  }
  return found;
}
