import { type ExtensionContext, l10n, window, workspace } from "vscode";
import { UserError } from "../../platform/commands";
import { BudgetError, chunks, type TextChunk } from "../../tokenizers/chunking";
import { formatCount, formatTokens } from "../../tokens/format";
import { textParts } from "../../tokens/selectionText";
import type { TokenizerService } from "../../tokens/tokenizerService";
import { activeSubject, askNumber, type Subject, withProgress } from "./subject";

const lastKey = "promptscope.lastBudget";

interface Budget {
  readonly tokens: number;
  readonly overlap: number;
}

/** Cuts the selection or file into chunks of at most N tokens and opens them, with their counts, as a new document. */
export async function splitByBudget(tokenizers: TokenizerService, context: ExtensionContext): Promise<void> {
  const subject = await activeSubject(tokenizers);
  const budget = await ask(subject, context.globalState.get<Budget>(lastKey, { tokens: 500, overlap: 0 }));
  if (!budget) return;
  await context.globalState.update(lastKey, budget);
  const content = await withProgress(l10n.t("Splitting by token budget"), split(subject, budget));
  if (content === undefined) return;
  const { languageId } = subject.document;
  await window.showTextDocument(await workspace.openTextDocument({ content, language: languageId }), {
    preview: false,
  });
}

async function ask({ selection, what }: Subject, last: Budget): Promise<Budget | undefined> {
  const title = what === "file" ? l10n.t("Split file by token budget") : l10n.t("Split selection by token budget");
  const prompt = l10n.t("Most tokens a chunk may have ({0})", selection.asked);
  const tokens = await askNumber(title, prompt, last.tokens, 1, 10_000_000);
  if (tokens === undefined) return undefined;
  const most = tokens - 1;
  const overlap = await askNumber(
    title,
    l10n.t("Tokens repeated from one chunk to the next"),
    Math.min(last.overlap, most),
    0,
    most,
  );
  return overlap === undefined ? undefined : { tokens, overlap };
}

function* split({ tokenizer, document, ranges }: Subject, { tokens, overlap }: Budget): Generator<void, string> {
  const parts: string[] = [];
  for (const part of textParts(document, ranges)) {
    parts.push(part);
    yield;
  }
  const text = parts.join("");
  const all: TextChunk[] = [];
  try {
    for (const chunk of chunks(tokenizer, text, { maxTokens: tokens, overlapTokens: overlap })) {
      all.push(chunk);
      yield;
    }
  } catch (error) {
    throw error instanceof BudgetError ? new UserError(`${error.message}.`) : error;
  }
  return chunksText(text, all, tokenizer.name);
}

/** Chunks one below the other, each under a line that counts it. */
export function chunksText(text: string, chunks: readonly TextChunk[], tokenizer: string): string {
  const total = formatCount(chunks.length);
  return chunks
    .map(({ start, end, tokens }, index) => {
      const place = l10n.t("characters {0} to {1}", formatCount(start + 1), formatCount(end));
      const head = `===== ${l10n.t("chunk {0} of {1}", formatCount(index + 1), total)} · ${formatTokens(tokens)} (${tokenizer}) · ${place} =====`;
      const body = text.slice(start, end);
      return `${head}\n${body}${body.endsWith("\n") ? "" : "\n"}`;
    })
    .join("\n");
}
