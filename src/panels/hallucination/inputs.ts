import { readFile } from "node:fs/promises";
import { l10n, Uri, workspace } from "vscode";
import type { PageSource } from "../../../webview/hallucination/setup";
import { type Exposure, readExposure } from "../../experiments/hallucination/exposure";
import { questionItems } from "../../experiments/hallucination/questions";
import type { Item } from "../../experiments/hallucination/spec";
import { readingQuestions } from "../../experiments/reasoning/readQuestions";
import { UserError } from "../../platform/commands";
import { fileText } from "../../tokenizers/fileText";
import { formatCount } from "../../tokens/format";
import { inSlices } from "../../tokens/slices";

/** Largest file of questions that is read, bytes: far more than anybody waits for. */
const mostQuestionBytes = 5_000_000;
/** Largest page, bytes and characters: no model attends to more. */
const mostPage = 400_000;

/** What a setup refers to: files, and what the built-in model has seen of everybody. */
export class Inputs {
  private seen: Promise<Exposure> | undefined;

  /** `extension`: where it is installed. */
  constructor(private readonly extension: Uri) {}

  /** Of a model whose training was counted; undefined for all others. */
  async exposure(modelId: string): Promise<Exposure | undefined> {
    if (!modelId.startsWith("specimen-")) return undefined;
    const file = Uri.joinPath(this.extension, "media", "models", "exposure.json").fsPath;
    this.seen ??= readFile(file, "utf8").then(readExposure);
    return this.seen;
  }

  /** The questions of a file, as items. Throws UserError and QuestionFileError. */
  async questions(uri: string, name: string, limit: number | null): Promise<Item[]> {
    const text = await textOf(Uri.parse(uri), name, mostQuestionBytes);
    const all = (await inSlices(readingQuestions(text, name), new AbortController().signal)) ?? [];
    return questionItems(limit === null ? all : all.slice(0, limit));
  }

  /** Throws UserError for a file that is no text, or too long. */
  async page(page: PageSource): Promise<string> {
    return page.kind === "text" ? page.text : textOf(Uri.parse(page.uri), page.name, mostPage);
  }
}

async function textOf(uri: Uri, name: string, most: number): Promise<string> {
  // An open document may hold changes that are not saved yet.
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  const size = open ? open.getText().length : (await workspace.fs.stat(uri)).size;
  if (size > most) {
    throw new UserError(
      l10n.t(
        "{0} has {1} characters; at most {2} can be used here. Select a part of it.",
        name,
        ...[size, most].map(formatCount),
      ),
    );
  }
  const text = open ? open.getText() : fileText(await workspace.fs.readFile(uri))?.text;
  if (text === undefined) throw new UserError(l10n.t("{0} is no text file.", name));
  return text;
}
