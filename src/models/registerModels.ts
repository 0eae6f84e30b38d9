import { type Disposable, l10n, window } from "vscode";
import type { Log } from "../platform/log";
import { pickModel } from "./modelPicker";
import { type ModelCrash, ModelService } from "./modelService";
import type { ModelSource } from "./models";

/** All models from the given sources, with the picker and the message after a crash. */
export function createModels(sources: readonly ModelSource[], log: Log): ModelService & Disposable {
  const models: ModelService = new ModelService({
    sources,
    log,
    pick: (options) => pickModel(models, (id) => models.capabilities(id), options),
  });
  models.onDidCrash((crash) => void tellCrash(models, log, crash));
  return models;
}

/** Says what ended and offers to go on. The state in the Models view says the same as long as nobody restarts it. */
async function tellCrash(models: ModelService, log: Log, { entry, error }: ModelCrash): Promise<void> {
  const restart = l10n.t("Restart");
  const showLog = l10n.t("Show Log");
  const chosen = await window.showErrorMessage(l10n.t("{0} ended. {1}", entry.name, error.message), restart, showLog);
  if (chosen === showLog) log.show();
  if (chosen !== restart) return;
  await models.engine(entry.id).catch((again: unknown) => {
    log.error("model not restarted", again, { id: entry.id });
    void window.showErrorMessage(again instanceof Error ? again.message : String(again));
  });
}
