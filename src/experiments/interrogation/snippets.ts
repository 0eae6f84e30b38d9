import { chunks } from "../../tokenizers/chunking";
import type { Tokenizer } from "../../tokenizers/tokenizer";
import { readQuestions } from "../reasoning/readQuestions";
import type { Snippet } from "./spec";

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
 * Yields after each file, so that many can be cut in slices. Throws SnippetError for more text than can be asked about.
 */
export function* snippetsOf(
  files: readonly SourceFile[],
  tokenizer: Tokenizer,
  maxTokens: number,
): Generator<Snippet[], void> {
  const characters = files.reduce((sum, { text }) => sum + text.length, 0);
  if (characters > mostCharacters) {
    const [has, most] = [characters, mostCharacters].map((number) => number.toLocaleString("en"));
    throw new SnippetError(`These files have ${has} characters; at most ${most} can be asked about. Choose fewer.`);
  }
  let number = 0;
  for (const { name, text } of files) {
    yield sectionsOf(text).flatMap(({ section, start, end }) =>
      [...chunks(tokenizer, text.slice(start, end), { maxTokens })].flatMap((chunk): Snippet[] => {
        const part = text.slice(start + chunk.start, start + chunk.end);
        if (part.trim() === "") return [];
        const from = start + chunk.start + (part.length - part.trimStart().length);
        const content = part.trim();
        const line = text.slice(0, from).split("\n").length;
        return [
          { id: String(++number), file: name, start: from, end: from + content.length, line, section, text: content },
        ];
      }),
    );
  }
}

interface Section {
  readonly section: string;
  /** After its heading. */
  readonly start: number;
  readonly end: number;
}

function sectionsOf(text: string): Section[] {
  const headings = [...text.matchAll(/^#{1,6}[ \t]+(.+?)[ \t#]*$/gm)];
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
 * A JSONL or CSV file of facts, one snippet a row: its question and answer are asked as they are, and its text (`fact`,
 * `context`, `passage` or `text`; else question and answer) is what answers are judged by. Throws QuestionFileError.
 */
export function factSnippets({ name, text }: SourceFile): Snippet[] {
  const lines = text.split("\n");
  let from = 0;
  return readQuestions(text, name).flatMap(({ text: question, answer }, index): Snippet[] => {
    if (answer === undefined) return [];
    const fact = `${question} ${answer}`;
    const row = lines.findIndex((line, at) => at >= from && line.includes(JSON.stringify(question).slice(1, -1)));
    from = row < 0 ? from : row + 1;
    const start = lines.slice(0, Math.max(0, row)).reduce((sum, line) => sum + line.length + 1, 0);
    const end = row < 0 ? start : start + lines[row]!.length;
    const place = { file: name, start, end, line: Math.max(1, row + 1), section: "" };
    return [{ id: String(index + 1), ...place, text: fact, questions: [{ text: question, answer }] }];
  });
}
