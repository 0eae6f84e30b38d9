import { type ExtensionContext, l10n, window } from "vscode";
import type { Log } from "../platform/log";
import { LocalModels } from "./localModels";
import { pickModel } from "./modelPicker";
import { type ModelCrash, ModelService } from "./modelService";

export interface AllModels {
  readonly models: ModelService;
  /** The built-in ones and the listed files, whose list a person changes. */
  readonly local: LocalModels;
}

/** Every source of models brought together, with the picker and the message after a crash. The caller disposes `models`. */
export function createModels(context: ExtensionContext, log: Log): AllModels {
  const local = new LocalModels({
    processEntry: context.asAbsolutePath("dist/modelProcess.mjs"),
    builtInFolder: context.asAbsolutePath("media/models"),
    log,
  });
  const models: ModelService = new ModelService({
    sources: [local],
    log,
    pick: (options) => pickModel(models, (id) => models.capabilities(id), options),
  });
  models.onDidCrash((crash) => void tellCrash(models, log, crash));
  return { models, local };
}

/** Says what ended and offers to go on. The state in the Models view says the same as long as nobody restarts it. */
async function tellCrash(models: ModelService, log: Log, { entry, error }: ModelCrash): Promise<void> {
  const restart = l10n.t("Restart");
  const showLog = l10n.t("Show Log");
  const chosen = await window.showErrorMessage(error.message, restart, showLog);
  if (chosen === showLog) log.show();
  if (chosen !== restart) return;
  await models.engine(entry.id).catch((again: unknown) => {
    log.error("model not restarted", again, { id: entry.id });
    void window.showErrorMessage(again instanceof Error ? again.message : String(again));
  });
}
