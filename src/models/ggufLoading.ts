import { freemem } from "node:os";
import { l10n, window } from "vscode";
import { EngineError } from "../inference/engine";
import type { GgufFacts } from "../inference/library";
import { estimateMemory, leastUse, type MemoryEstimate, type MemoryUse } from "../inference/llama/memoryEstimate";
import type { LlamaLoadOptions } from "../inference/llama/runtime/loadOptions";
import { formatBytes, formatCount } from "../tokens/format";
import { localSettings } from "./localSettings";
import type { ModelEntry } from "./models";

/** Of the free memory; the rest is for everybody else. */
const share = 0.9;

/** How a GGUF file is loaded, by the settings. Asks first where it may not fit into memory. */
export async function ggufLoadOptions(
  { id, name, location }: Omit<ModelEntry, "state">,
  facts: GgufFacts,
): Promise<LlamaLoadOptions> {
  const settings = localSettings();
  const use = leastUse(settings);
  const estimate = estimateMemory(facts, use);
  const free = freemem();
  if (estimate.total > free * share) await askWhetherToLoad(name, estimate, use, free);
  return { ...settings, id, name, kind: "gguf", path: location };
}

async function askWhetherToLoad(name: string, estimate: MemoryEstimate, use: MemoryUse, free: number): Promise<void> {
  const anyway = l10n.t("Load Anyway");
  const detail = l10n.t(
    "≈ {0} are needed at least: weights {1}, KV cache {2} (context of {3} tokens, one sample at a time), buffers ≈ {4}. {5} are free. A GPU’s own memory is not counted here: with one, it may fit. A smaller promptscope.local.contextSize or another promptscope.local.kvCacheType makes it less.",
    formatBytes(estimate.total),
    formatBytes(estimate.weights),
    formatBytes(estimate.kvCache),
    formatCount(use.contextSize),
    formatBytes(estimate.buffers),
    formatBytes(free),
  );
  const title = l10n.t("“{0}” may not fit into memory. Load it all the same?", name);
  if ((await window.showWarningMessage(title, { modal: true, detail }, anyway)) === anyway) return;
  throw new EngineError("outOfMemory", l10n.t("“{0}” was not loaded: it may not fit into memory.", name), detail);
}

/** After a failed loading: what else a person may try, and the options for it; undefined when they leave it. */
export async function askForAnotherTry(
  load: LlamaLoadOptions,
  error: EngineError,
  layers: number | undefined,
): Promise<LlamaLoadOptions | undefined> {
  if (error.code !== "outOfMemory" && error.code !== "loadFailed") return undefined;
  const choices = otherTries(load, layers);
  const chosen = await window.showErrorMessage(error.message, ...choices.map(({ title }) => title));
  return choices.find(({ title }) => title === chosen)?.load;
}

function otherTries(load: LlamaLoadOptions, layers: number | undefined) {
  const choices: { readonly title: string; readonly load: LlamaLoadOptions }[] = [];
  const onGpu = typeof load.gpuLayers === "number" ? load.gpuLayers : layers;
  const fewer = onGpu === undefined ? 0 : Math.floor(onGpu / 2);
  if (load.gpu !== "cpu") {
    if (fewer > 0) {
      choices.push({ title: l10n.t("Try With {0} Layers on the GPU", fewer), load: { ...load, gpuLayers: fewer } });
    }
    choices.push({ title: l10n.t("Try on the CPU"), load: { ...load, gpu: "cpu" } });
  }
  if (load.sequences > 1)
    choices.push({ title: l10n.t("Try With One Sample at Once"), load: { ...load, sequences: 1 } });
  return choices;
}
