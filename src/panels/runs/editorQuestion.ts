import type { TextDocument } from "vscode";
import type { Source } from "../../../webview/reasoning/setup";
import { answerOfSelection, questionAround } from "../../experiments/reasoning/places/places";
import { inSlices } from "../../tokens/slices";
import { type EditorLink, rangeOf } from "../editorLink";

type OneQuestion = Extract<Source, { kind: "one" }>;

/** What is selected in the editor as a question, with the answer its row or section has; undefined where nothing is. */
export async function selectedQuestion({ document, selection }: EditorLink): Promise<OneQuestion | undefined> {
  if (!document || selection.end <= selection.start) return undefined;
  const range = rangeOf(document, selection);
  const text = document.getText(range).trim();
  if (text === "") return undefined;
  const { fileName, languageId: language } = document;
  const known = answerOfSelection(document.getText(), { fileName, language, ...selection });
  const answer = (await inSlices(known, new AbortController().signal)) ?? "";
  return { kind: "one", text, answer, from: placeOf(document, range.start.line) };
}

/** The row, section or paragraph the cursor is in, with its answer where that stands there too. */
export async function questionAtCursor({ document, selection }: EditorLink): Promise<OneQuestion | undefined> {
  if (!document) return undefined;
  const { fileName, languageId: language } = document;
  const around = questionAround(document.getText(), { fileName, language, offset: selection.end });
  const placed = await inSlices(around, new AbortController().signal);
  if (!placed) return undefined;
  const { text, answer = "" } = placed.question;
  return { kind: "one", text, answer, from: placeOf(document, placed.line) };
}

/** "word-problems.md:12". */
export function placeOf(document: TextDocument, line: number): string {
  return `${document.fileName.split(/[\\/]/).at(-1)}:${line + 1}`;
}
