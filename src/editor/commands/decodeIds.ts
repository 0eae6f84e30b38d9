import { env, l10n, window, workspace } from "vscode";
import { UserError } from "../../platform/commands";
import type { Tokenizer } from "../../tokenizers";
import type { TokenizerService } from "../../tokens/tokenizerService";
import { withProgress } from "./subject";
import { checkIds, parseIds } from "./tokenIds";

/** Opens the text that the ids in the clipboard stand for as a new document. */
export async function decodeIds(tokenizers: TokenizerService): Promise<void> {
  const ids = parseIds(await env.clipboard.readText());
  if (ids.length === 0)
    throw new UserError(l10n.t("The clipboard holds an empty list, so there is nothing to decode."));
  const { tokenizer: name } = tokenizers.selectionFor(window.activeTextEditor?.document);
  const tokenizer = await tokenizers.load(name);
  checkIds(ids, (id) => tokenizer.tokenBytes(id) !== undefined, name, tokenizer.vocabularySize);
  const content = await withProgress(l10n.t("Decoding token ids"), decoded(tokenizer, ids));
  if (content === undefined) return;
  await window.showTextDocument(await workspace.openTextDocument({ content, language: "plaintext" }));
}

function* decoded(tokenizer: Tokenizer, ids: readonly number[]): Generator<void, string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const parts: string[] = [];
  const step = 4096;
  for (let start = 0; start < ids.length; start += step) {
    parts.push(decoder.decode(tokenizer.decodeBytes(ids.slice(start, start + step)), { stream: true }));
    yield;
  }
  parts.push(decoder.decode());
  return parts.join("");
}
