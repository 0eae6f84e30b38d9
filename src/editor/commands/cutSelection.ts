import { l10n, window } from "vscode";
import { UserError } from "../../platform/commands";
import { type TruncateOptions, truncate } from "../../tokenizers/chunking";
import { formatTokens } from "../../tokens/format";
import { countRanges } from "../../tokens/selectionText";
import type { TokenizerService } from "../../tokens/tokenizerService";
import { activeSubject, askNumber, withProgress } from "./subject";

type Keep = NonNullable<TruncateOptions["from"]>;

/** Cuts each selection to at most N tokens: one edit, one undo. */
export async function cutSelection(tokenizers: TokenizerService): Promise<void> {
  const { editor, document, ranges, what, tokenizer } = await activeSubject(tokenizers);
  if (what === "file")
    throw new UserError(l10n.t("Nothing is selected. Select the text to cut to a number of tokens."));
  const tokens = await withProgress(l10n.t("Counting tokens"), countRanges(tokenizer, document, ranges));
  if (tokens === undefined) return;
  const title = l10n.t("Cut selection to N tokens");
  const prompt =
    ranges.length === 1
      ? l10n.t("The selection has {0} ({1}). How many may stay?", formatTokens(tokens), tokenizer.name)
      : l10n.t(
          "{0} selections have {1} ({2}). How many may stay of each?",
          ranges.length,
          formatTokens(tokens),
          tokenizer.name,
        );
  const budget = await askNumber(title, prompt, Math.max(1, Math.floor(tokens / 2)), 1, tokens);
  if (budget === undefined) return;
  const from = await askWhere(title);
  if (!from) return;
  const version = document.version;
  const cuts = ranges.map((range) => ({ range, ...truncate(tokenizer, document.getText(range), budget, { from }) }));
  const left = cuts.reduce((sum, cut) => sum + cut.tokens, 0);
  const edited =
    document.version === version &&
    (await editor.edit((edit) => {
      for (const { range, text, removed } of cuts) if (removed.end > removed.start) edit.replace(range, text);
    }));
  if (!edited) throw new UserError(l10n.t("The text could not be changed: it is read-only or was changed meanwhile."));
  window.setStatusBarMessage(`$(check) ${l10n.t("{0} left of {1}", formatTokens(left), formatTokens(tokens))}`, 4000);
}

async function askWhere(title: string): Promise<Keep | undefined> {
  const choices: { label: string; from: Keep }[] = [
    { label: l10n.t("Keep the beginning"), from: "end" },
    { label: l10n.t("Keep the end"), from: "start" },
    { label: l10n.t("Keep both ends, leave out the middle"), from: "middle" },
  ];
  return (await window.showQuickPick(choices, { title }))?.from;
}
