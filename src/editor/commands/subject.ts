import { l10n, ProgressLocation, type Range, type TextDocument, type TextEditor, window } from "vscode";
import { UserError } from "../../platform/commands";
import type { Tokenizer } from "../../tokenizers";
import { wholeRange } from "../../tokens/documentText";
import { inSlices } from "../../tokens/slices";
import type { Selection, TokenizerService } from "../../tokens/tokenizerService";

/** What a command works on: what is selected, else the whole file. */
export interface Subject {
  readonly editor: TextEditor;
  readonly document: TextDocument;
  /** In the order of the text; at least one. */
  readonly ranges: readonly Range[];
  readonly what: "selection" | "file";
  readonly tokenizer: Tokenizer;
  readonly selection: Selection;
}

/** The active editor's selection or file and its tokenizer. Throws a UserError when there is no editor. */
export async function activeSubject(tokenizers: TokenizerService): Promise<Subject> {
  const editor = window.activeTextEditor;
  if (!editor)
    throw new UserError(
      l10n.t("No text editor is active. Open a file (VS Code shares files up to 50 MB with extensions)."),
    );
  const { document } = editor;
  const selection = tokenizers.selectionFor(document);
  const tokenizer = await tokenizers.load(selection.tokenizer);
  const selected = editor.selections.filter((range) => !range.isEmpty).sort((a, b) => a.start.compareTo(b.start));
  return {
    editor,
    document,
    ranges: selected.length > 0 ? selected : [wholeRange(document)],
    what: selected.length > 0 ? "selection" : "file",
    tokenizer,
    selection,
  };
}

/** Runs work in slices; what takes longer shows its progress with a way to stop it. Undefined when stopped. */
export async function withProgress<T>(title: string, work: Generator<unknown, T>): Promise<T | undefined> {
  const stop = new AbortController();
  const running = inSlices(work, stop.signal);
  const soon = new Promise<"slow">((resolve) => setTimeout(resolve, 300, "slow"));
  const done = running.then(() => "done" as const);
  if ((await Promise.race([done, soon])) === "done") return running;
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (_progress, token) => {
      token.onCancellationRequested(() => stop.abort());
      return running;
    },
  );
}

/** Asks for a whole number from `least` to `most`; undefined when dismissed. */
export async function askNumber(
  title: string,
  prompt: string,
  value: number,
  least: number,
  most: number,
): Promise<number | undefined> {
  const answer = await window.showInputBox({
    title,
    prompt,
    value: String(value),
    validateInput: (text) => {
      const number = parseWhole(text);
      if (number !== undefined && number >= least && number <= most) return undefined;
      return l10n.t("A whole number from {0} to {1}", least.toLocaleString("en-US"), most.toLocaleString("en-US"));
    },
  });
  return answer === undefined ? undefined : parseWhole(answer);
}

/** "1,024" and "1 024" are 1024; undefined for what is no whole number. */
export function parseWhole(text: string): number | undefined {
  const digits = text.trim().replace(/(?<=\d)[,_ ](?=\d)/g, "");
  return /^\d{1,12}$/.test(digits) ? Number(digits) : undefined;
}
