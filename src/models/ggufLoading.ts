import { freemem } from "node:os";
import { l10n, window } from "vscode";
import { EngineError } from "../inference/engine";
import type { GgufFacts } from "../inference/library";
import { type MemoryPlan, planMemory } from "../inference/llama/memoryPlan";
import type { LlamaLoadOptions } from "../inference/llama/runtime/loadOptions";
import { formatBytes, formatCount } from "../tokens/format";
import { localSettings } from "./localSettings";
import type { ModelEntry } from "./models";

/** How a GGUF file is loaded: the settings, and what they leave open chosen by the free memory. Asks where it won't fit. */
export async function ggufLoadOptions(
  { id, name, location }: Omit<ModelEntry, "state">,
  facts: GgufFacts,
): Promise<LlamaLoadOptions> {
  const settings = localSettings();
  const free = freemem();
  const plan = planMemory(facts, settings, free);
  if (!plan.fits) await askWhetherToLoad(name, plan, free);
  const { contextSize, sequences } = plan;
  return { ...settings, id, name, kind: "gguf", path: location, contextSize, sequences };
}

async function askWhetherToLoad(name: string, { estimate, contextSize, sequences }: MemoryPlan, free: number) {
  const anyway = l10n.t("Load Anyway");
  const detail = l10n.t(
    "≈ {0} are needed: weights {1}, KV cache {2} (context of {3} tokens, {4} samples side by side), buffers ≈ {5}. {6} are free. A GPU’s own memory is not counted here: with one, it may fit. Settings promptscope.local.contextSize, .parallelSamples and .kvCacheType make it smaller.",
    ...[estimate.total, estimate.weights, estimate.kvCache].map(formatBytes),
    formatCount(contextSize),
    formatCount(sequences),
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
