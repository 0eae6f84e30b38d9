import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import path from "node:path";
import { extensions } from "vscode";
import { ProcessEngine } from "../../src/inference/llama/process/processEngine";
import { LocalModels } from "../../src/models/localModels";
import { ModelService } from "../../src/models/modelService";
import type { Log } from "../../src/platform/log";

/** Promptscope itself, as it is installed here. */
export const extension = installed();

/**
 * The real source of models with those that are shipped, in the real process; no binaries were installed for it. `picked` is
 * the model a person picks where they are asked for one (without it they leave).
 */
export function builtInModels(log: Log, picked?: string): ModelService {
  const local = new LocalModels({
    processEntry: path.join(extension.extensionPath, "dist", "modelProcess.mjs"),
    builtInFolder: path.join(extension.extensionPath, "media", "models"),
    binariesFolder: path.join(tmpdir(), "promptscope-no-binaries"),
    log,
  });
  return new ModelService({ sources: [local], log, pick: async () => picked });
}

/** Ends the process a model runs in, as a crash in native code does. */
export async function killProcessOf(models: ModelService, id: string): Promise<void> {
  const engine = await models.engine(id);
  assert.ok(engine instanceof ProcessEngine && engine.pid !== undefined);
  process.kill(engine.pid, "SIGKILL");
}

function installed() {
  const found = extensions.getExtension("promptscope.promptscope");
  assert.ok(found);
  return found;
}
