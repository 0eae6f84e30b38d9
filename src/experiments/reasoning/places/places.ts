import type { PlacedQuestion } from "./placed";
import { placedRows } from "./rows";
import { paragraphAround, placedSections, sectionAround } from "./sections";

/** How questions stand in a file. */
export type QuestionFile = "rows" | "sections" | "text";

/** By the file's name, or by the editor's language where it has no ending that says it. */
export function questionFileOf(fileName: string, language = ""): QuestionFile {
  if (/\.(jsonl|ndjson|csv|tsv)$/i.test(fileName)) return "rows";
  if (/\.(md|markdown|mdx|qmd|rmd)$/i.test(fileName) || /^(markdown|prompt|mdx|quarto|rmd)$/.test(language)) {
    return "sections";
  }
  return "text";
}

/**
 * The questions of a problem file that an offer can stand above: rows with a question and its answer, Markdown sections
 * that end in a question or have its answer below. For `inSlices`.
 */
export function* offeredQuestions(
  text: string,
  fileName: string,
  language?: string,
): Generator<void, PlacedQuestion[]> {
  const kind = questionFileOf(fileName, language);
  if (kind === "rows") {
    const rows = yield* placedRows(text, fileName);
    return rows.filter(({ question }) => question.answer !== undefined);
  }
  return kind === "sections" ? yield* placedSections(text) : [];
}

/**
 * What a cursor is in, as a question: the row of a problem file, the section of a Markdown text, the paragraph of any other.
 * Undefined where there is nothing. For `inSlices`.
 */
export function* questionAround(
  text: string,
  { fileName, language, offset }: { readonly fileName: string; readonly language?: string; readonly offset: number },
): Generator<void, PlacedQuestion | undefined> {
  switch (questionFileOf(fileName, language)) {
    case "rows": {
      const rows = yield* placedRows(text, fileName);
      return rows.find(({ start, end }) => offset >= start && offset <= end);
    }
    case "sections":
      return yield* sectionAround(text, offset);
    case "text":
      return paragraphAround(text, offset);
  }
}

/**
 * The known answer to what is selected: that of the one row or section whose question the selection touches and does not go
 * beyond, so that no answer is taken for a text that holds it, or for several questions. For `inSlices`.
 */
export function* answerOfSelection(
  text: string,
  {
    start,
    end,
    ...file
  }: { readonly fileName: string; readonly language?: string; readonly start: number; readonly end: number },
): Generator<void, string | undefined> {
  const selected = text.slice(start, end);
  const first = start + selected.length - selected.trimStart().length;
  const last = start + selected.trimEnd().length;
  const placed = yield* questionAround(text, { ...file, offset: last });
  const inside = placed && first < placed.end && last <= placed.end && last > placed.start;
  if (!inside || first >= placed.start) return inside ? placed.question.answer : undefined;
  const before = yield* questionAround(text, { ...file, offset: first });
  return before?.start === placed.start ? placed.question.answer : undefined;
}
