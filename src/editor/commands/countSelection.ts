import { env, l10n, window } from "vscode";
import { formatShare, formatTokens, formatWindow } from "../../tokens/format";
import { countRanges } from "../../tokens/selectionText";
import type { TokenizerService } from "../../tokens/tokenizerService";
import { activeSubject, withProgress } from "./subject";

/** Says how many tokens the selection or file has. */
export async function countSelection(tokenizers: TokenizerService): Promise<void> {
  const { tokenizer, document, ranges, selection, what } = await activeSubject(tokenizers);
  const tokens = await withProgress(l10n.t("Counting tokens"), countRanges(tokenizer, document, ranges));
  if (tokens === undefined) return;
  const estimate = selection.kind === "estimate";
  const counted =
    what === "file"
      ? l10n.t("File: {0}", formatTokens(tokens, estimate))
      : selectionText(ranges.length, formatTokens(tokens, estimate));
  const how = estimate ? l10n.t("estimate for {0}", selection.asked) : l10n.t("exact");
  const share = l10n.t(
    "{0} of {1}",
    formatShare(tokens / selection.contextWindow),
    formatWindow(selection.contextWindow),
  );
  const reason = estimate && selection.reason ? ` ${selection.reason}` : "";
  const copy = l10n.t("Copy Number");
  const chosen = await window.showInformationMessage(
    `${counted} · ${tokenizer.name}, ${how} · ${share}.${reason}`,
    copy,
  );
  if (chosen === copy) await env.clipboard.writeText(String(tokens));
}

function selectionText(selections: number, tokens: string): string {
  return selections === 1 ? l10n.t("Selection: {0}", tokens) : l10n.t("{0} selections: {1}", selections, tokens);
}
