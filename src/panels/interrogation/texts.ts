import { l10n, type TextDocument, Uri, workspace } from "vscode";
import type { Setup, Source, SourceView } from "../../../webview/interrogation/setup";
import { claimsOf } from "../../experiments/hallucination/claims";
import { factSnippets, headingsOf, SnippetError, snippetsOf } from "../../experiments/interrogation/snippets";
import type { Heading, InterrogationSpec, Snippet } from "../../experiments/interrogation/spec";
import { QuestionFileError } from "../../experiments/reasoning/readQuestions";
import { fileText } from "../../tokenizers/fileText";
import { formatBytes, formatCount } from "../../tokens/format";
import { inSlices } from "../../tokens/slices";
import type { TokenizerService } from "../../tokens/tokenizerService";
import { fileName, textsIn } from "./textFiles";

/** What a setup's source comes to: snippets to ask about, and what was left out. */
export interface Texts {
  readonly label: string;
  readonly files: SourceView["files"];
  readonly snippets: readonly Snippet[];
  readonly headings: readonly Heading[];
  readonly tokenizer: string;
  readonly refused: SourceView["refused"];
  readonly problem: string | null;
  /** Questions there will be, as far as that can be told: the writer and the rules may find fewer. */
  readonly questions: number;
}

export const noTexts: Texts = {
  label: "",
  files: [],
  snippets: [],
  headings: [],
  tokenizer: "",
  refused: [],
  problem: null,
  questions: 0,
};

/** Longer files are refused by name: nobody reviews what would be asked about them. */
const mostBytes = 1_000_000;

interface Read {
  readonly name: string;
  readonly text: string;
}

/**
 * Lists, reads and cuts what a source names, in slices. `shown` is the run whose texts "run" means. Undefined when aborted;
 * what cannot be read is refused by name, and what forbids asking is the `problem`.
 */
export async function findTexts(
  { source, snippetTokens, questionsEach, asker }: Setup,
  shown: InterrogationSpec | undefined,
  tokenizers: TokenizerService,
  signal: AbortSignal,
): Promise<Texts | undefined> {
  const expected = (snippets: readonly Snippet[]) => counting(snippets, asker === "hand" ? 0 : questionsEach);
  if (source.kind === "none") return noTexts;
  if (source.kind === "run") {
    if (!shown) return { ...noTexts, problem: l10n.t("The run whose texts were meant is not shown here any more.") };
    const questions = await inSlices(expected(shown.snippets), signal);
    return questions === undefined ? undefined : { ...ofRun(shown), questions };
  }
  const { reads, refused, more } = await readAll(source, signal);
  if (signal.aborted) return undefined;
  const { tokenizer } = tokenizers.selectionFor();
  const base = { ...noTexts, label: labelOf(source, reads), refused, tokenizer };
  if (reads.length === 0) return { ...base, problem: nothingToAsk(source) };
  try {
    const snippets = await cut(source, reads, await tokenizers.load(tokenizer), snippetTokens, signal);
    const questions = snippets && (await inSlices(expected(snippets), signal));
    if (!snippets || questions === undefined) return undefined;
    return {
      ...base,
      files: reads.map(({ name, text }) => ({
        name,
        characters: text.length,
        snippets: snippets.filter(({ file }) => file === name).length,
      })),
      snippets,
      headings: source.kind === "facts" ? [] : reads.flatMap(headingsOf),
      questions,
      problem: snippets.length === 0 ? nothingToAsk(source) : more,
    };
  } catch (error) {
    // Both say what to do, in words made for people.
    if (error instanceof SnippetError || error instanceof QuestionFileError) return { ...base, problem: error.message };
    throw error;
  }
}

async function cut(
  source: Source,
  reads: readonly Read[],
  tokenizer: Parameters<typeof snippetsOf>[1],
  maxTokens: number,
  signal: AbortSignal,
): Promise<Snippet[] | undefined> {
  if (source.kind === "facts") return factSnippets(reads[0]!);
  return inSlices(collected(snippetsOf(reads, tokenizer, maxTokens)), signal);
}

function* collected(parts: Generator<Snippet, void>): Generator<void, Snippet[]> {
  const all: Snippet[] = [];
  for (const part of parts) {
    all.push(part);
    yield;
  }
  return all;
}

/** How many questions snippets have room for: one a sentence that claims something, or those of the file. */
function* counting(snippets: readonly Snippet[], each: number): Generator<void, number> {
  let questions = 0;
  for (const { text, questions: given } of snippets) {
    questions += given?.length ?? (each === 0 ? 0 : Math.min(each, claimsOf(text).length));
    yield;
  }
  return questions;
}

function ofRun({ snippets, headings = [] }: InterrogationSpec): Texts {
  const names = [...new Set(snippets.map(({ file }) => file))];
  const files = names.map((name) => {
    const own = snippets.filter(({ file }) => file === name);
    return { name, snippets: own.length, characters: own.reduce((sum, { text }) => sum + text.length, 0) };
  });
  return { ...noTexts, label: filesLabel(names), files, snippets, headings };
}

/** What a run was asked of, for title bars, lists and files: "chaplin.md", "12 files". */
export function nameOf({ snippets }: Pick<InterrogationSpec, "snippets">): string {
  return filesLabel([...new Set(snippets.map(({ file }) => file))]);
}

function filesLabel(names: readonly string[]): string {
  return names.length === 1 ? names[0]!.split("/").at(-1)! : l10n.t("{0} files", formatCount(names.length));
}

function labelOf(source: Source, reads: readonly Read[]): string {
  if (source.kind === "folder") {
    return reads.length === 1
      ? l10n.t("1 file in {0}", source.name)
      : l10n.t("{0} files in {1}", formatCount(reads.length), source.name);
  }
  if (source.kind === "facts") return l10n.t("facts in {0}", source.name);
  return source.kind === "files" ? filesLabel(source.files.map(({ name }) => name)) : "";
}

function nothingToAsk(source: Source): string {
  if (source.kind === "folder") return l10n.t("There is no text in {0} that could be asked about.", source.name);
  if (source.kind === "facts") return l10n.t("{0} holds no question with an answer.", source.name);
  return l10n.t("There is no text here that could be asked about.");
}

async function readAll(
  source: Exclude<Source, { kind: "none" | "run" }>,
  signal: AbortSignal,
): Promise<{ reads: Read[]; refused: { name: string; why: string }[]; more: string | null }> {
  const { files, more } =
    source.kind === "folder"
      ? await textsIn(Uri.parse(source.uri))
      : { files: source.kind === "facts" ? [source] : source.files, more: null };
  const reads: Read[] = [];
  const refused: { name: string; why: string }[] = [];
  for (const { uri, name } of files) {
    if (signal.aborted) break;
    const read = await readOne(Uri.parse(uri));
    if ("why" in read) refused.push({ name, ...read });
    else reads.push({ name, ...read });
  }
  return { reads, refused, more };
}

/** As the editor has it where it is open, saved or not; else as it lies on the disk. */
async function readOne(uri: Uri): Promise<{ readonly text: string } | { readonly why: string }> {
  const open = workspace.textDocuments.find((document: TextDocument) => document.uri.toString() === uri.toString());
  if (open) return lengthAllows(open.getText().length) ?? { text: open.getText() };
  try {
    const { size } = await workspace.fs.stat(uri);
    const refusal = lengthAllows(size);
    if (refusal) return refusal;
    const read = fileText(await workspace.fs.readFile(uri));
    return read ? { text: read.text } : { why: l10n.t("binary") };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

function lengthAllows(bytes: number): { readonly why: string } | undefined {
  if (bytes <= mostBytes) return undefined;
  return { why: l10n.t("too large: {0}; at most {1}", formatBytes(bytes), formatBytes(mostBytes)) };
}

/** The name a single file has in a run. */
export function sourceOf(uri: Uri): { readonly uri: string; readonly name: string } {
  return { uri: uri.toString(), name: fileName(uri) };
}
