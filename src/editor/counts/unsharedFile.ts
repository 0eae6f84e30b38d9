import { l10n, TabInputText, type Uri, window, workspace } from "vscode";
import { estimateFile } from "../../tokens/fileEstimate";
import { formatBytes, formatCount } from "../../tokens/format";
import type { TokenizerService } from "../../tokens/tokenizerService";

/** VS Code hands texts larger than this to no extension. */
const sharedBytes = 50 * 1024 * 1024;

/** What there is to say of a file that is open but that VS Code does not share. */
export interface UnsharedFile {
  readonly text: string;
  readonly tooltip: string;
}

/** The file of the active tab, when it is one that VS Code shows without sharing its text: too large, or not text. */
export function unsharedFile(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  if (window.activeTextEditor || !(input instanceof TabInputText)) return undefined;
  const shared = workspace.textDocuments.some(({ uri }) => uri.toString() === input.uri.toString());
  return shared || input.uri.scheme !== "file" ? undefined : input.uri;
}

/** Reckons its tokens from samples of the file on disk. */
export async function describeUnshared(uri: Uri, tokenizers: TokenizerService): Promise<UnsharedFile> {
  const { size } = await workspace.fs.stat(uri);
  const { tokenizer: name } = tokenizers.selectionFor(undefined);
  const estimate = await estimateFile(uri.fsPath, await tokenizers.load(name));
  const why =
    size > sharedBytes
      ? l10n.t(
          "The file has {0}: VS Code shares texts up to 50 MB with extensions, so its tokens are not shown.",
          formatBytes(size),
        )
      : l10n.t("VS Code does not show the file as text, so its tokens are not shown.");
  if (!estimate) return { text: l10n.t("no tokens: not text"), tooltip: l10n.t("The file is empty or looks binary.") };
  const how = l10n.t(
    "Reckoned from {0} sampled on disk; give or take {1} tokens.",
    formatBytes(estimate.sampled),
    formatCount(estimate.margin),
  );
  return { text: l10n.t("≈ {0} tokens · {1}", formatCount(estimate.tokens), name), tooltip: `${why} ${how}` };
}
