import { type Disposable, l10n, type TreeView, type Uri, window, workspace } from "vscode";
import { commands, views } from "../../contributions";
import type { LocalModels } from "../../models/localModels";
import type { ModelLibrary } from "../../models/modelLibrary";
import type { Models } from "../../models/models";
import { registerCommand, UserError } from "../../platform/commands";
import type { NetworkConsent } from "../../platform/consent";
import { DisposableStore } from "../../platform/disposables";
import { hubAddress } from "../../platform/hubAddress";
import type { Log } from "../../platform/log";
import { downloadCommands, downloadMessages } from "./downloadCommands";
import { LoadingNotices } from "./loadingNotice";
import { entryOf, modelCommands, type Subject } from "./modelCommands";
import type { ViewNode } from "./modelNodes";
import { ModelsHeader } from "./modelsHeader";
import { ModelsTree } from "./modelsTree";

export interface ModelsViewParts {
  readonly models: Models;
  readonly local: LocalModels;
  readonly library: ModelLibrary;
  readonly consent: NetworkConsent;
  readonly log: Log;
}

/** The Models view in the side bar, its commands, and the notices of loadings that take a while. */
export function registerModelsView({ models, local, library, consent, log }: ModelsViewParts): Disposable {
  const store = new DisposableStore();
  const tree = store.add(new ModelsTree(models, library));
  const view: TreeView<ViewNode> = store.add(
    window.createTreeView(views.models, { treeDataProvider: tree, showCollapseAll: true }),
  );
  store.add(new ModelsHeader(models, view));
  store.add(new LoadingNotices(models));
  store.add(downloadMessages(library, log));
  // What an earlier window left unfinished is looked for once somebody looks.
  const lookForDownloads = (): void => {
    if (view.visible && workspace.isTrusted) library.open().catch((error: unknown) => log.error("downloads", error));
  };
  store.add(view.onDidChangeVisibility(lookForDownloads));
  lookForDownloads();
  const run: Record<string, (given?: never) => unknown> = {
    ...modelCommands(models, log),
    ...downloadCommands(library),
    [commands.modelsAdd]: async () => (await import("./addModel")).chooseWayToAdd(),
    [commands.modelsAddFromFile]: async (uri?: Uri) => (await import("./addModel")).addFromFile(local, uri),
    [commands.modelsScan]: async () => (await import("./scanFolders")).scanFolders(local, log),
    [commands.modelsDownload]: async (node?: ViewNode) => {
      const { downloadRecommended } = await import("./downloadRecommended");
      return downloadRecommended(library, consent, node?.kind === "available" ? node.recommendation : undefined);
    },
    [commands.modelsSearchHub]: async () => (await import("./searchHub")).searchForModels(library, consent, log),
    [commands.modelsHubToken]: (address?: string) => setHubToken(library, address ? new URL(address) : hubAddress()),
    [commands.modelsAddCuda]: async () => (await import("./addCudaRuntime")).addCudaRuntime({ local, consent, log }),
    [commands.modelsRemove]: (subject?: Subject) => removeFromList(models, local, subject),
  };
  for (const [id, work] of Object.entries(run)) store.add(registerCommand(id, log, (given) => work(given as never)));
  return store;
}

/** Ends the model and takes it out of the list; its file stays. */
async function removeFromList(models: Models, local: LocalModels, subject: Subject): Promise<void> {
  const entry = await entryOf(models, subject, l10n.t("Remove a model from the list"));
  if (!entry) return;
  if (entry.kind !== "gguf")
    throw new UserError(l10n.t("{0} is no file that was added, so it stays in the list.", entry.name));
  await models.unload(entry.id);
  await local.remove(entry.id);
}

/** Keeps the token of an account at the hub where VS Code keeps secrets; an empty answer forgets it. Tells whether there is one. */
async function setHubToken(library: ModelLibrary, { host, origin }: URL): Promise<boolean> {
  const token = await window.showInputBox({
    title: l10n.t("Access token for {0}", host),
    prompt: l10n.t("Sent to {0} alone, to list and download a model's files. Leave empty to forget it.", host),
    password: true,
  });
  if (token !== undefined) await library.setToken(origin, token.trim() || undefined);
  return Boolean(token?.trim());
}
