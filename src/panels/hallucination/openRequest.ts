import * as v from "valibot";
import { Range, type TextDocument, Uri, workspace } from "vscode";
import { entityKind, type Source } from "../../../webview/hallucination/setup";
import { kindOfName } from "../../experiments/hallucination/askedItems";
import { claimsOf } from "../../experiments/hallucination/claims";
import { type EditorLink, rangeOf } from "../editorLink";
import { givenRange, modelOfRow, placeOf } from "../runs/openArguments";
import { claimsSource } from "./claimQuestions";

/** Arguments of promptscope.openProbe, all optional: marks in the editor, lessons and other commands give them. */
const openArguments = v.object({
  question: v.optional(v.string()),
  /** Whom or what to ask about, instead of a question. */
  entity: v.optional(v.string()),
  entityKind: v.optional(entityKind),
  /** What is right, for a question or an entity. */
  reference: v.optional(v.string()),
  /** A text whose claims are asked about. */
  text: v.optional(v.string()),
  /** A file and the claims in it: all of it, or those of the range. With a question or text: where that was taken from. */
  uri: v.optional(v.string()),
  range: v.optional(givenRange),
  modelId: v.optional(v.string()),
  /** Asks at once; without it the person presses Probe. */
  run: v.optional(v.boolean()),
});

export interface OpenRequest {
  readonly source?: Source;
  readonly modelId?: string;
  readonly run: boolean;
  /** The editor's own menu called, or the palette: what is selected is meant. */
  readonly fromEditor: boolean;
}

/** What the command was called with. Rejects with what reading a file, and taking a text apart, throw. */
export async function openRequest(given: unknown): Promise<OpenRequest> {
  // A menu of the editor hands over the file it stands on.
  if (given === undefined || given instanceof Uri) return { fromEditor: true, run: false };
  const ofRow = modelOfRow(given);
  if (ofRow !== undefined) return { modelId: ofRow, fromEditor: false, run: false };
  const read = v.safeParse(openArguments, given);
  if (!read.success) return { fromEditor: false, run: false };
  const { modelId, run = false } = read.output;
  const source = await sourceOf(read.output);
  return { ...(source && { source }), ...(modelId !== undefined && { modelId }), run, fromEditor: false };
}

async function sourceOf(given: v.InferOutput<typeof openArguments>): Promise<Source | undefined> {
  const { question, entity, text, uri, reference = "" } = given;
  const from = placeOf(uri, given.range?.start.line);
  if (question !== undefined) return { kind: "question", text: question, reference, from };
  if (entity !== undefined) {
    return { kind: "entity", name: entity, entityKind: given.entityKind ?? kindOfName(entity), reference, from };
  }
  if (text !== undefined) return claimsSource(text, from);
  if (uri === undefined) return undefined;
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const { start, end } = given.range ?? {};
  const part = start && end ? new Range(start.line, start.character, end.line, end.character) : undefined;
  return claimsSource(document.getText(part), from);
}

/** What is selected in the editor: a question, a name, or the claims of a longer text; undefined where nothing is. */
export async function selectedSource({ document, selection }: EditorLink): Promise<Source | undefined> {
  if (!document || selection.end <= selection.start) return undefined;
  const selected = rangeOf(document, selection);
  const text = document.getText(selected).trim();
  if (text === "") return undefined;
  return textSource(text, lineOf(document, selected.start.line));
}

/** All claims of the editor's file; undefined without one. */
export async function fileSource({ document }: EditorLink): Promise<Source | undefined> {
  return document && claimsSource(document.getText(), lineOf(document, undefined));
}

/** A text as what it looks like: a question ends like one, a name is a few words with capitals, all else makes claims. */
export async function textSource(text: string, from: string | null): Promise<Source> {
  const words = text.length > 200 ? undefined : text.split(/\s+/).length;
  if (words !== undefined && text.endsWith("?") && claimsOf(text).length === 0)
    return { kind: "question", text, reference: "", from };
  const isName =
    words !== undefined && words <= 5 && /^\p{Lu}/u.test(text) && !/[.!?:;,]$/.test(text) && !/[.!?]\s/.test(text);
  if (isName) return { kind: "entity", name: text, entityKind: kindOfName(text), reference: "", from };
  return claimsSource(text, from);
}

function lineOf(document: TextDocument, line: number | undefined): string {
  const name = document.fileName.split(/[\\/]/).at(-1)!;
  return line === undefined ? name : `${name}:${line + 1}`;
}
