import { l10n, Uri, window, workspace } from "vscode";
import type { ExportOptions } from "../../../webview/interrogation/figures";
import { dataSet, dataSetFiles } from "../../experiments/interrogation/dataSet";
import type { InterrogationReport } from "../../experiments/interrogation/report";
import { UserError } from "../../platform/commands";
import { formatCount } from "../../tokens/format";

/** Asks for a folder and writes the data set of a run into it. Says what was written; nothing where the person leaves. */
export async function exportDataSet(report: InterrogationReport, options: ExportOptions): Promise<void> {
  if (dataSet(report, options).examples.length === 0) throw noExamples(options);
  const [folder] =
    (await window.showOpenDialog({
      title: l10n.t("Export the data set into which folder?"),
      openLabel: l10n.t("Export Here"),
      canSelectFiles: false,
      canSelectFolders: true,
      ...(workspace.workspaceFolders?.[0] && { defaultUri: workspace.workspaceFolders[0].uri }),
    })) ?? [];
  if (!folder || !(await writeDataSet(report, options, folder, askToReplace))) return;
  const { examples } = dataSet(report, options);
  const show = l10n.t("Open the Data Card");
  const where = workspace.asRelativePath(folder);
  const message =
    examples.length === 1
      ? l10n.t("1 example was written to {0}.", where)
      : l10n.t("{0} examples were written to {1}.", formatCount(examples.length), where);
  if ((await window.showInformationMessage(message, show)) !== show) return;
  await window.showTextDocument(Uri.joinPath(folder, "README.md"));
}

/**
 * Writes the files of a data set into a folder. `replace` is asked before anything that is there already is overwritten;
 * false where it says no: then nothing was written. Throws UserError where there is no example.
 */
export async function writeDataSet(
  report: InterrogationReport,
  options: ExportOptions,
  folder: Uri,
  replace: (names: readonly string[], folder: Uri) => Promise<boolean>,
): Promise<boolean> {
  const { files, examples } = dataSet(report, options);
  if (examples.length === 0) throw noExamples(options);
  await workspace.fs.createDirectory(folder);
  const there = new Set((await workspace.fs.readDirectory(folder)).map(([name]) => name));
  const names = dataSetFiles.filter((name) => there.has(name));
  if (names.length > 0 && !(await replace(names, folder))) return false;
  // A split that this set does not have must not stay beside it.
  for (const name of names) if (!files.has(name)) await workspace.fs.delete(Uri.joinPath(folder, name));
  for (const [name, text] of files) await workspace.fs.writeFile(Uri.joinPath(folder, name), Buffer.from(text));
  return true;
}

async function askToReplace(names: readonly string[], folder: Uri): Promise<boolean> {
  const replace = l10n.t("Replace");
  const message = l10n.t("{0} is there already in {1}.", names.join(", "), workspace.asRelativePath(folder));
  return (await window.showWarningMessage(message, { modal: true }, replace)) === replace;
}

function noExamples({ onlyAccepted }: ExportOptions): UserError {
  return new UserError(
    onlyAccepted
      ? l10n.t("No question that you accepted became an example. Accept some, or export those not looked at too.")
      : l10n.t("There is no example yet: no question was answered consistently right or wrong."),
  );
}
