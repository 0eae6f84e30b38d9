import { markdownSections } from "../../tokenizers/markdownSections";
import { questionOfRow } from "../reasoning/readQuestions";
import { mostPrompts } from "./spec";

/** Why a file of prompts cannot be read. The message names the line and says what is wanted. */
export class PromptFileError extends Error {
  override readonly name = "PromptFileError";
}

export interface ReadPrompts {
  readonly texts: readonly string[];
  /** There are more, which are left out. */
  readonly more: boolean;
}

/** Lines read between two chances to pause. */
const pauseLines = 500;

/**
 * Prompts of a file by its name's ending: the sections of a Markdown file, each without its heading; the rows of a JSON
 * Lines file (`prompt`, `question` or a text alone); of any other text each line. At most `mostPrompts`. Throws
 * PromptFileError, or QuestionFileError for a row. For `inSlices`.
 */
export function* readPrompts(text: string, fileName: string): Generator<void, ReadPrompts> {
  if (/\.(csv|tsv)$/i.test(fileName)) {
    throw new PromptFileError(
      "Tables are not read as prompts. Save them as JSON Lines with “prompt”, as Markdown with a section for each, or one a line.",
    );
  }
  const all = /\.(md|markdown|mdx|qmd|rmd)$/i.test(fileName)
    ? yield* sections(text)
    : yield* lines(text, /\.(jsonl|ndjson)$/i.test(fileName));
  if (all.length === 0) throw new PromptFileError("There is no prompt in this file.");
  return { texts: all.slice(0, mostPrompts), more: all.length > mostPrompts };
}

function* lines(text: string, json: boolean): Generator<void, string[]> {
  const found: string[] = [];
  let number = 0;
  for (let start = 0; start < text.length && found.length <= mostPrompts; ) {
    const end = text.indexOf("\n", start);
    const line = text.slice(start, end < 0 ? undefined : end).trim();
    start = end < 0 ? text.length : end + 1;
    if (number++ % pauseLines === 0) yield;
    if (line !== "") found.push(json ? promptOfRow(line, number) : line);
  }
  return found;
}

function promptOfRow(line: string, number: number): string {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch (error) {
    throw new PromptFileError(`Line ${number} is not valid JSON: ${(error as Error).message}.`);
  }
  if (typeof row === "string" && row.trim() !== "") return row.trim();
  if (typeof row === "object" && row !== null && !Array.isArray(row)) {
    return questionOfRow(row as Record<string, unknown>, number).text;
  }
  throw new PromptFileError(`Line ${number} is neither a text nor an object with “prompt”.`);
}

/** What stands below each heading, up to the next; a text without headings is one prompt. */
function* sections(text: string): Generator<void, string[]> {
  const rows = text.split("\n");
  const headings = yield* markdownSections(rows.length, (line) => rows[line] ?? "");
  if (headings.length === 0) return text.trim() === "" ? [] : [text.trim()];
  return headings
    .map(({ line }, index) => {
      const underlined = /^ {0,3}(=+|-+)[ \t]*$/.test(rows[line + 1] ?? "") && !/^ {0,3}#/.test(rows[line]!);
      return rows
        .slice(line + (underlined ? 2 : 1), headings[index + 1]?.line)
        .join("\n")
        .trim();
    })
    .filter((body) => body !== "");
}
