import { markdownSections, type Section } from "../../../tokenizers/markdownSections";
import type { PlacedQuestion } from "./placed";

/** A section's own text: below its heading, up to the next heading of any level. */
interface Body {
  readonly start: number;
  readonly end: number;
  /** Line of the heading, from 0; -1 for what stands before the first one. */
  readonly heading: number;
}

/**
 * The questions of a Markdown text: sections whose own text ends in a question mark, or has the answer after the question
 * ("Answer: 55", with the working in between). Yields now and then, for `inSlices`.
 */
export function* placedSections(text: string): Generator<void, PlacedQuestion[]> {
  const starts = lineStarts(text);
  const sections = yield* sectionsOf(text, starts);
  const found: PlacedQuestion[] = [];
  for (const { heading, ...body } of bodiesOf(text, sections, starts)) {
    const placed = heading < 0 ? undefined : questionIn(text, body, starts);
    if (placed) found.push(placed);
  }
  return found;
}

/**
 * The section around an offset as a question: the question in it, or else its whole text. Undefined where there is none.
 * For `inSlices`.
 */
export function* sectionAround(text: string, offset: number): Generator<void, PlacedQuestion | undefined> {
  const starts = lineStarts(text);
  const sections = yield* sectionsOf(text, starts);
  const bodies = bodiesOf(text, sections, starts);
  const line = lineAt(starts, offset);
  const body = bodies.findLast(({ heading }) => heading <= line);
  return body && (questionIn(text, body, starts) ?? wholeOf(text, body, starts));
}

/** The paragraph around an offset of a plain text; undefined between two of them. */
export function paragraphAround(text: string, offset: number): PlacedQuestion | undefined {
  const starts = lineStarts(text);
  const blank = (line: number): boolean => lineOf(text, starts, line).trim() === "";
  let [first, last] = [lineAt(starts, offset), lineAt(starts, offset)];
  if (blank(first)) return undefined;
  while (first > 0 && !blank(first - 1)) first--;
  while (last + 1 < starts.length && !blank(last + 1)) last++;
  return wholeOf(text, { start: starts[first]!, end: starts[last + 1] ?? text.length }, starts);
}

function sectionsOf(text: string, starts: readonly number[]): Generator<void, Section[]> {
  return markdownSections(starts.length, (line) => lineOf(text, starts, line));
}

function bodiesOf(text: string, sections: readonly Section[], starts: readonly number[]): Body[] {
  const headings = sections.map(({ line }) => line);
  const startOf = (line: number): number => starts[line] ?? text.length;
  const first = { heading: -1, start: 0, end: startOf(headings[0] ?? starts.length) };
  const bodies = headings.map((heading, index): Body => {
    const underline = /^ {0,3}(=+|-+)[ \t]*$/.test(lineOf(text, starts, heading + 1));
    const below = heading + (underline && !/^ {0,3}#/.test(lineOf(text, starts, heading)) ? 2 : 1);
    return { heading, start: startOf(below), end: startOf(headings[index + 1] ?? starts.length) };
  });
  return [first, ...bodies];
}

type Place = Pick<Body, "start" | "end">;

function questionIn(text: string, { start, end }: Place, starts: readonly number[]): PlacedQuestion | undefined {
  const asking = paragraphsOf(text, start, end, starts).findLast((each) =>
    endsInQuestion(text.slice(each.start, each.end)),
  );
  if (!asking) return undefined;
  const after = text.slice(asking.end, end);
  const answer = after
    .split("\n")
    .map(answerIn)
    .find((each) => each !== undefined);
  if (after.trim() !== "" && answer === undefined) return undefined;
  return placed(text, asking.start, asking.end, starts, answer);
}

/** Lines with something in them that stand together, without the blank around them. */
function paragraphsOf(text: string, start: number, end: number, starts: readonly number[]): Place[] {
  const found: Place[] = [];
  let open = false;
  for (let line = lineAt(starts, start); line < starts.length && starts[line]! < end; line++) {
    const words = lineOf(text, starts, line).trimEnd();
    if (words.trim() === "") {
      open = false;
      continue;
    }
    const place = { start: starts[line]! + words.length - words.trimStart().length, end: starts[line]! + words.length };
    if (open) found.push({ start: found.pop()!.start, end: place.end });
    else found.push(place);
    open = true;
  }
  return found;
}

function endsInQuestion(paragraph: string): boolean {
  return /\?["”’*_)]{0,4}$/.test(paragraph);
}

/** "Answer: 55", also in bold or in a list. */
function answerIn(line: string): string | undefined {
  if (line.length > 1000) return undefined;
  const [, answer] = /^[-*_>\s]{0,20}answer[*_]{0,2}:[*_]{0,2}(.*)$/i.exec(line) ?? [];
  return answer?.trim().replace(/^[*_`]{1,2}|[*_`]{1,2}$/g, "") || undefined;
}

function wholeOf(text: string, { start, end }: Place, starts: readonly number[]): PlacedQuestion | undefined {
  const body = text.slice(start, end);
  if (body.trim() === "") return undefined;
  const from = start + body.length - body.trimStart().length;
  return placed(text, from, start + body.trimEnd().length, starts);
}

function placed(text: string, start: number, end: number, starts: readonly number[], answer?: string): PlacedQuestion {
  const line = lineAt(starts, start);
  const words = text
    .slice(start, end)
    .replace(/\s*\n\s*/g, " ")
    .trim();
  const given = answer === undefined || answer === "" ? {} : { answer };
  return { question: { id: `line ${line + 1}`, text: words, ...given }, start, end, line };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function lineOf(text: string, starts: readonly number[], line: number): string {
  const start = starts[line];
  return start === undefined ? "" : text.slice(start, (starts[line + 1] ?? text.length + 1) - 1).replace(/\r$/, "");
}

/** The line an offset is in, by halving. */
function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
