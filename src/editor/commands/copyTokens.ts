import { env, l10n, window } from "vscode";
import type { Tokenizer } from "../../tokenizers";
import { formatTokens } from "../../tokens/format";
import { tokenDocuments } from "../../tokens/selectionText";
import type { TokenizerService } from "../../tokens/tokenizerService";
import { activeSubject, type Subject, withProgress } from "./subject";
import { type IdFormat, idsText } from "./tokenIds";

/** Copies the tokens of the selection or file; each selection is encoded by itself. */
export async function copyTokens(tokenizers: TokenizerService, format: IdFormat | "json"): Promise<void> {
  const subject = await activeSubject(tokenizers);
  const copied = await withProgress(
    l10n.t("Copying tokens"),
    format === "json" ? jsonText(subject) : listText(subject, format),
  );
  if (!copied) return;
  await env.clipboard.writeText(copied.text);
  window.setStatusBarMessage(`$(check) ${l10n.t("{0} copied", formatTokens(copied.tokens))}`, 4000);
}

interface Copied {
  readonly text: string;
  readonly tokens: number;
}

function* listText({ tokenizer, document, ranges }: Subject, format: IdFormat): Generator<void, Copied> {
  const all: Uint32Array[] = [];
  for (const tokens of yield* tokenDocuments(tokenizer, document, ranges)) all.push(tokens.ids());
  const ids = new Uint32Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    ids.set(part, at);
    at += part.length;
  }
  const parts: string[] = [];
  for (const part of idsText(ids, format)) {
    parts.push(part);
    yield;
  }
  return { text: parts.join(""), tokens: ids.length };
}

/** `{"tokenizer": ..., "tokens": [{"id": ..., "text": ...}, ...]}`; tokens that are no text have their bytes in hex. */
function* jsonText({ tokenizer, document, ranges }: Subject): Generator<void, Copied> {
  const lines: string[] = [];
  for (const tokens of yield* tokenDocuments(tokenizer, document, ranges))
    for (const id of tokens.ids()) {
      lines.push(`    ${tokenJson(tokenizer, id)}`);
      if (lines.length % 1024 === 0) yield;
    }
  const head = `  "tokenizer": ${JSON.stringify(tokenizer.name)},\n  "count": ${lines.length},\n  "tokens": [`;
  return { text: `{\n${head}\n${lines.join(",\n")}\n  ]\n}\n`, tokens: lines.length };
}

function tokenJson(tokenizer: Tokenizer, id: number): string {
  const text = tokenizer.decode([id]);
  if (!text.includes("\ufffd")) return `{ "id": ${id}, "text": ${JSON.stringify(text)} }`;
  const bytes = Buffer.from(tokenizer.tokenBytes(id) ?? []).toString("hex");
  return `{ "id": ${id}, "bytes": "${bytes}" }`;
}
