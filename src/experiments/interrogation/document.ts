import type { InterrogationSpec } from "./spec";

/** A file's text, put together from a run that holds nothing but its snippets and headings. */
export interface DocumentText {
  /** With the file's own offsets and lines: what is between snippets and headings is blank. */
  readonly text: string;
  /** Lines that are headings, from 1. */
  readonly headings: readonly number[];
}

/** The text of a file as a run asked about it; of a file of facts, each question and answer in its row. */
export function documentText({ snippets, headings = [] }: InterrogationSpec, file: string): DocumentText {
  const own = headings.filter((heading) => heading.file === file);
  const parts = [
    ...own.map(({ start, line, text }) => ({ start, line, text })),
    ...snippets
      .filter((snippet) => snippet.file === file)
      .map(({ start, end, line, text }) => ({ start, line, text: text.slice(0, end - start).padEnd(end - start) })),
  ].sort((a, b) => a.start - b.start);
  const pieces: string[] = [];
  let [at, line] = [0, 1];
  for (const part of parts) {
    pieces.push("\n".repeat(Math.max(0, part.line - line)).padEnd(part.start - at), part.text);
    at = part.start + part.text.length;
    line = Math.max(line, part.line) + part.text.split("\n").length - 1;
  }
  return { text: pieces.join(""), headings: own.map((heading) => heading.line) };
}
