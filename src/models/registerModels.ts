import { type Disposable, type ExtensionContext, l10n, Uri, commands as vscodeCommands, window } from "vscode";
import { commands } from "../contributions";
import { NetworkConsent } from "../platform/consent";
import { DisposableStore } from "../platform/disposables";
import type { Log } from "../platform/log";
import type { Tokenizer } from "../tokenizers";
import { registerChatProvider } from "./chatProvider";
import { EditorModels } from "./editorModels";
import { LocalModels } from "./localModels";
import { ModelLibrary } from "./modelLibrary";
import { pickModel } from "./modelPicker";
import { type ModelCrash, ModelService } from "./modelService";
import { registerServedModels } from "./registerServedModels";
import { ServedModels } from "./servedModels";
import { Servers } from "./servers";

export interface AllModels {
  readonly models: ModelService;
  /** The built-in ones and the listed files, whose list a person changes. */
  readonly local: LocalModels;
  /** What can be downloaded, and is being. */
  readonly library: ModelLibrary;
  readonly consent: NetworkConsent;
}

/** Shipped tokenizers by name, for served models whose names say which is theirs. */
export interface Tokenizers {
  load(name: string): Promise<Tokenizer>;
}

/** Every source of models brought together, with the picker and the message after a crash. */
export function createModels(context: ExtensionContext, tokenizers: Tokenizers, log: Log): AllModels & Disposable {
  const store = new DisposableStore();
  const servers = store.add(new Servers(context.secrets, log));
  const served = () => import("../inference/openai/openServed");
  const local = new LocalModels({
    processEntry: context.asAbsolutePath("dist/modelProcess.mjs"),
    builtInFolder: context.asAbsolutePath("media/models"),
    binariesFolder: Uri.joinPath(context.globalStorageUri, "runtime").fsPath,
    log,
  });
  const models: ModelService = new ModelService({
    sources: [
      local,
      new ServedModels({ servers, served, loadTokenizer: (name) => tokenizers.load(name), log }),
      new EditorModels(log),
    ],
    log,
    pick: (options) => pickModel(models, (id) => models.capabilities(id), options),
  });
  const library = store.add(
    new ModelLibrary({
      folder: Uri.joinPath(context.globalStorageUri, "models").fsPath,
      secrets: context.secrets,
      keep: (file) => local.add(file),
      log,
    }),
  );
  models.onDidCrash((crash) => void tellCrash(models, log, crash));
  store.add(models);
  const consent = new NetworkConsent(context.globalState);
  store.add(registerServedModels({ servers, served, consent, models, log }));
  store.add(registerChatProvider(models, log));
  return { models, local, library, consent, dispose: () => store.dispose() };
}

/** Says what ended and offers to go on. The state in the Models view says the same as long as nobody restarts it. */
async function tellCrash(models: ModelService, log: Log, { entry, error }: ModelCrash): Promise<void> {
  const restart = l10n.t("Restart");
  const details = l10n.t("Details");
  const showLog = l10n.t("Show Log");
  const chosen = await window.showErrorMessage(error.message, restart, details, showLog);
  if (chosen === showLog) log.show();
  // The page has the last lines of the log.
  if (chosen === details) await vscodeCommands.executeCommand(commands.modelsDetails, entry.id);
  if (chosen !== restart) return;
  await models.engine(entry.id).catch((again: unknown) => {
    log.error("model not restarted", again, { id: entry.id });
    void window.showErrorMessage(again instanceof Error ? again.message : String(again));
  });
}
