/** A Markdown section: a heading and all below it up to the next heading of its level or above, subsections included. */
export interface Section {
  /** 1 to 6. */
  readonly level: number;
  /** Line of the heading, from 0. */
  readonly line: number;
  /** First line that is not of the section. */
  readonly endLine: number;
}

/** Lines looked at between two chances to pause. */
const pauseLines = 2000;

/**
 * Finds sections by CommonMark's rules for headings (`# like this`, or underlined with = or -), leaving out fenced code
 * and YAML front matter. Yields now and then, for `inSlices`.
 */
export function* markdownSections(lineCount: number, lineAt: (line: number) => string): Generator<void, Section[]> {
  const headings: { level: number; line: number }[] = [];
  let fence: { mark: string; length: number } | undefined;
  let paragraph: number | undefined;
  for (let line = frontMatterEnd(lineCount, lineAt); line < lineCount; line++) {
    if (line % pauseLines === 0) yield;
    const text = lineAt(line);
    const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(text);
    if (fence) {
      const closes = mark?.[1]?.startsWith(fence.mark) && mark[1].length >= fence.length && mark[2]?.trim() === "";
      if (closes) fence = undefined;
      continue;
    }
    if (mark?.[1] && !(mark[1].startsWith("`") && mark[2]?.includes("`"))) {
      fence = { mark: mark[1].charAt(0), length: mark[1].length };
      paragraph = undefined;
      continue;
    }
    const level = /^ {0,3}(#{1,6})(?:[ \t]|$)/.exec(text)?.[1]?.length;
    const underline = paragraph === undefined ? undefined : /^ {0,3}(=+|-+)[ \t]*$/.exec(text)?.[1];
    if (level !== undefined) headings.push({ level, line });
    else if (underline !== undefined && paragraph !== undefined)
      headings.push({ level: underline.startsWith("=") ? 1 : 2, line: paragraph });
    if (level !== undefined || underline !== undefined || !isParagraph(text)) paragraph = undefined;
    else paragraph ??= line;
  }
  return withEnds(headings, lineCount);
}

/** A section ends at the next heading of its level or above. */
function withEnds(headings: readonly { level: number; line: number }[], lineCount: number): Section[] {
  const ends: number[] = [];
  const nextOf = new Array<number>(7).fill(lineCount);
  for (const [index, { level, line }] of [...headings.entries()].reverse()) {
    ends[index] = nextOf[level] ?? lineCount;
    nextOf.fill(line, level);
  }
  return headings.map((heading, index) => ({ ...heading, endLine: ends[index] ?? lineCount }));
}

function frontMatterEnd(lineCount: number, lineAt: (line: number) => string): number {
  if (lineCount === 0 || !/^---\s*$/.test(lineAt(0))) return 0;
  for (let line = 1; line < Math.min(lineCount, 500); line++)
    if (/^(---|\.\.\.)\s*$/.test(lineAt(line))) return line + 1;
  return 0;
}

/** Text that an underline can turn into a heading: no blank line, rule, quote, list item, table or indented code. */
function isParagraph(text: string): boolean {
  if (/^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/.test(text)) return false;
  return text.trim() !== "" && !/^(?: {4}|\t| {0,3}(?:[>|]|[-+*] |\d{1,9}[.)] ))/.test(text);
}
