import { chunks } from "../../tokenizers/chunking";
import type { Tokenizer } from "../../tokenizers/tokenizer";
import { readQuestions } from "../reasoning/readQuestions";
import type { Heading, Snippet } from "./spec";

export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** Why files cannot be interrogated. The message says what to do. */
export class SnippetError extends Error {
  override readonly name = "SnippetError";
}

/** Most characters of all files together: about what a patient person would let a small model be asked about. */
const mostCharacters = 2_000_000;

/**
 * Cuts files into snippets of at most `maxTokens` tokens, each within one section: headings (`#` lines) begin a new one.
 * Yields them one by one, so that long files can be cut in slices. Throws SnippetError for more text than can be asked about.
 */
export function* snippetsOf(
  files: readonly SourceFile[],
  tokenizer: Tokenizer,
  maxTokens: number,
): Generator<Snippet, void> {
  const characters = files.reduce((sum, { text }) => sum + text.length, 0);
  if (characters > mostCharacters) {
    const [has, most] = [characters, mostCharacters].map((number) => number.toLocaleString("en"));
    throw new SnippetError(`These files have ${has} characters; at most ${most} can be asked about. Choose fewer.`);
  }
  let number = 0;
  for (const { name, text } of files) {
    let [line, counted] = [1, 0];
    for (const { section, start, end } of sectionsOf(text)) {
      for (const chunk of chunks(tokenizer, text.slice(start, end), { maxTokens })) {
        const part = text.slice(start + chunk.start, start + chunk.end);
        const content = part.trim();
        if (content === "") continue;
        const from = start + chunk.start + (part.length - part.trimStart().length);
        for (; counted < from; counted++) if (text[counted] === "\n") line++;
        const id = String(++number);
        yield { id, file: name, start: from, end: from + content.length, line, section, text: content };
      }
    }
  }
}

/** The headings of a file, so that its text can be put together again from its snippets. */
export function headingsOf({ name, text }: SourceFile): Heading[] {
  let [line, from] = [1, 0];
  return [...text.matchAll(headingLine)].map(({ index, 0: heading }) => {
    for (; from < index; from++) if (text[from] === "\n") line++;
    return { file: name, start: index, line, text: heading };
  });
}

const headingLine = /^#{1,6}[ \t]+(.+?)[ \t#]*$/gm;

interface Section {
  readonly section: string;
  /** After its heading. */
  readonly start: number;
  readonly end: number;
}

function sectionsOf(text: string): Section[] {
  const headings = [...text.matchAll(headingLine)];
  const first = { section: "", start: 0, end: headings[0]?.index ?? text.length };
  return [
    first,
    ...headings.map((heading, index) => ({
      section: heading[1]!,
      start: heading.index + heading[0].length,
      end: headings[index + 1]?.index ?? text.length,
    })),
  ];
}

/**
 * A JSONL or CSV file of facts, one snippet a row: its question is asked as it is, and question and answer are the text that
 * answers are judged by. Rows without an answer are left out. Throws QuestionFileError.
 */
export function factSnippets({ name, text }: SourceFile): Snippet[] {
  const lines = text.split("\n");
  let [row, start] = [0, 0];
  return readQuestions(text, name).flatMap(({ text: question, answer }, index): Snippet[] => {
    const written = [JSON.stringify(question).slice(1, -1), question.replaceAll('"', '""')];
    const holds = (line: string): boolean => written.some((each) => line.includes(each));
    const found = lines.findIndex((line, at) => at >= row && holds(line));
    for (; row < found; row++) start += lines[row]!.length + 1;
    // A row that is written otherwise (escapes of its own) keeps the place after the one before.
    const place = { start, end: start + (found < 0 ? 0 : lines[row]!.length), line: Math.min(row + 1, lines.length) };
    if (found >= 0) start += lines[row++]!.length + 1;
    if (answer === undefined) return [];
    const [id, fact] = [String(index + 1), `${question} ${answer}`];
    return [{ id, file: name, ...place, section: "", text: fact, questions: [{ text: question, answer }] }];
  });
}
