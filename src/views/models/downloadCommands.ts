import { l10n, commands as vscodeCommands, window } from "vscode";
import { commands } from "../../contributions";
import type { DownloadState, DownloadStatus } from "../../inference/library";
import type { ModelLibrary } from "../../models/modelLibrary";
import { UserError } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import type { Log } from "../../platform/log";
import { formatBytes } from "../../tokens/format";
import { downloadText } from "./downloadText";
import type { ViewNode } from "./modelNodes";
import { revealFile } from "./revealFile";

type Given = ViewNode | string | undefined;

/** Pause, resume and cancel; from the palette they ask which download is meant. */
export function downloadCommands(library: ModelLibrary): Record<string, (given?: Given) => Promise<void>> {
  const on = async (
    given: Given,
    states: readonly DownloadState[],
    title: string,
  ): Promise<DownloadStatus | undefined> => {
    const downloads = (await library.open()).list().filter(({ state }) => states.includes(state));
    const id = typeof given === "string" ? given : given?.kind === "download" ? given.status.id : undefined;
    if (id !== undefined) return downloads.find((status) => status.id === id);
    if (downloads.length === 0) throw new UserError(l10n.t("There is no download for this."));
    const items = downloads.map((status) => ({
      label: status.request.name,
      description: downloadText(status),
      status,
    }));
    return (await window.showQuickPick(items, { title }))?.status;
  };
  return {
    [commands.modelsPauseDownload]: async (given) => {
      const status = await on(given, ["waiting", "running", "verifying"], l10n.t("Pause a download"));
      if (status) await (await library.open()).pause(status.id);
    },
    [commands.modelsResumeDownload]: async (given) => {
      const status = await on(given, ["paused", "failed"], l10n.t("Resume a download"));
      if (status) (await library.open()).resume(status.id);
    },
    [commands.modelsCancelDownload]: async (given) => {
      const states: DownloadState[] = ["waiting", "running", "verifying", "paused", "failed"];
      const status = await on(given, states, l10n.t("Cancel a download"));
      if (status && (await sure(status))) await (await library.open()).remove(status.id);
    },
  };
}

/** What was fetched is lost: small amounts need no question. */
async function sure({ request, receivedBytes }: DownloadStatus): Promise<boolean> {
  if (receivedBytes < 10_000_000) return true;
  const remove = l10n.t("Remove");
  const detail = l10n.t(
    "The {0} fetched so far are deleted. To go on later, pause it instead.",
    formatBytes(receivedBytes),
  );
  const question = l10n.t("Cancel the download of {0}?", request.name);
  return (await window.showWarningMessage(question, { modal: true, detail }, remove)) === remove;
}

/** Tells of downloads that ended, with what can be done next. */
export function downloadMessages(library: ModelLibrary, log: Log): DisposableStore {
  const store = new DisposableStore();
  store.add(
    library.onDidFinish(async ({ status, modelId }) => {
      const load = l10n.t("Load");
      const details = l10n.t("Details");
      const message = l10n.t("{0} was downloaded and checked.", status.request.name);
      const chosen = await window.showInformationMessage(message, load, details);
      if (chosen === load) await vscodeCommands.executeCommand(commands.modelsLoad, modelId);
      if (chosen === details) await vscodeCommands.executeCommand(commands.modelsDetails, modelId);
    }),
  );
  store.add(
    library.onDidNotList(async ({ status, file, error }) => {
      const reveal = l10n.t("Reveal File");
      const showLog = l10n.t("Show Log");
      const why = error instanceof Error ? error.message : String(error);
      const message = l10n.t("{0} was downloaded, but is not in the list of models. {1}", status.request.name, why);
      const chosen = await window.showErrorMessage(message, reveal, showLog);
      if (chosen === reveal) await revealFile(file);
      if (chosen === showLog) log.show();
    }),
  );
  store.add(
    library.onDidFail(async ({ id, request, error }) => {
      const setToken = l10n.t("Set Access Token…");
      const again = l10n.t("Try Again");
      const showLog = l10n.t("Show Log");
      const message = l10n.t("{0} was not downloaded. {1}", request.name, error?.message ?? "");
      const buttons = error?.code === "unauthorized" ? [setToken, again, showLog] : [again, showLog];
      const chosen = await window.showErrorMessage(message, ...buttons);
      const askToken = () => vscodeCommands.executeCommand<boolean>(commands.modelsHubToken, request.files[0]?.url);
      const hasToken = chosen === setToken && (await askToken());
      if (chosen === again || hasToken) (await library.open()).resume(id);
      if (chosen === showLog) log.show();
    }),
  );
  return store;
}
