import { l10n, window } from "vscode";
import { EngineError } from "../inference/engine";
import type { GgufFacts } from "../inference/library";
import { estimateMemory, leastUse, type MemoryEstimate, type MemoryUse } from "../inference/llama/memoryEstimate";
import type { LlamaLoadOptions } from "../inference/llama/runtime/loadOptions";
import type { DeviceMemory } from "../inference/llama/runtime/surveyMemory";
import { formatBytes, formatCount } from "../tokens/format";
import { availableMemory } from "./availableMemory";
import { localSettings } from "./localSettings";
import type { ModelEntry } from "./models";

/** Of the free memory; the rest is for everybody else. */
const share = 0.9;

/**
 * How a GGUF file is loaded, by the settings. Asks first where it may not fit into memory; only then is the GPU's memory
 * asked for, which takes a process of its own.
 */
export async function ggufLoadOptions(
  { id, name, location }: Omit<ModelEntry, "state">,
  facts: GgufFacts,
  survey: (gpu: LlamaLoadOptions["gpu"]) => Promise<DeviceMemory | undefined>,
): Promise<LlamaLoadOptions> {
  const settings = localSettings();
  const use = leastUse(settings);
  const estimate = estimateMemory(facts, use);
  const ram = await availableMemory();
  if (estimate.total > ram * share) {
    const device = settings.gpu === "cpu" ? undefined : await survey(settings.gpu);
    const gpu = device && device.gpuBytes > 0 ? device : undefined;
    if (estimate.total > freeMemory(ram, gpu) * share) await askWhetherToLoad(name, estimate, use, ram, gpu);
  }
  return { ...settings, id, name, kind: "gguf", path: location };
}

/** Layers lie on the GPU or in RAM, so both count, unless they are one memory. */
export function freeMemory(ram: number, gpu: DeviceMemory | undefined): number {
  if (!gpu) return ram;
  return gpu.isShared ? Math.max(ram, gpu.gpuBytes) : ram + gpu.gpuBytes;
}

async function askWhetherToLoad(
  name: string,
  estimate: MemoryEstimate,
  use: MemoryUse,
  ram: number,
  gpu: DeviceMemory | undefined,
): Promise<void> {
  const anyway = l10n.t("Load Anyway");
  const detail = [
    l10n.t(
      "≈ {0} are needed at least: weights {1}, KV cache {2} (context of {3} tokens, one sample at a time), buffers ≈ {4}.",
      formatBytes(estimate.total),
      formatBytes(estimate.weights),
      formatBytes(estimate.kvCache),
      formatCount(use.contextSize),
      formatBytes(estimate.buffers),
    ),
    freeText(ram, gpu),
    estimate.kvCache > estimate.total / 10
      ? l10n.t("A smaller promptscope.local.contextSize or another promptscope.local.kvCacheType makes it less.")
      : l10n.t("A smaller model, or the same one in a smaller quantization, needs less."),
  ].join("\n");
  const title = l10n.t("“{0}” may not fit into memory. Load it all the same?", name);
  if ((await window.showWarningMessage(title, { modal: true, detail }, anyway)) === anyway) return;
  throw new EngineError("outOfMemory", l10n.t("“{0}” was not loaded: it may not fit into memory.", name), detail);
}

function freeText(ram: number, gpu: DeviceMemory | undefined): string {
  if (!gpu) return l10n.t("{0} of memory are free, and no GPU takes part.", formatBytes(ram));
  const [device, bytes] = [gpu.device, formatBytes(gpu.gpuBytes)];
  return gpu.isShared
    ? l10n.t("{0} of memory are free; {1} shares it and may use {2}.", formatBytes(ram), device, bytes)
    : l10n.t("{0} of memory and {1} on {2} are free.", formatBytes(ram), bytes, device);
}

/** After a failed loading: asks what else to try and gives the options for it; undefined when there is nothing, or they leave. */
export async function askForAnotherTry(
  load: LlamaLoadOptions,
  error: EngineError,
  layers: number | undefined,
): Promise<LlamaLoadOptions | undefined> {
  const choices = otherTries(load, error, layers);
  if (choices.length === 0) return undefined;
  // Modal, because the loading waits for the answer.
  const chosen = await window.showErrorMessage(error.message, { modal: true }, ...choices.map(({ title }) => title));
  return choices.find(({ title }) => title === chosen)?.load;
}

/** What may work where this loading did not: less on the GPU where it had to do with it, fewer samples where memory ran out. */
export function otherTries(
  load: LlamaLoadOptions,
  { code, message, details }: EngineError,
  layers: number | undefined,
): readonly { readonly title: string; readonly load: LlamaLoadOptions }[] {
  const noMemory = code === "outOfMemory";
  const byGpu =
    load.gpu !== "cpu" && (noMemory || (code === "loadFailed" && /cuda|vulkan|metal/i.test(`${message} ${details}`)));
  const fewer = Math.floor((typeof load.gpuLayers === "number" ? load.gpuLayers : (layers ?? 0)) / 2);
  return [
    ...(byGpu && fewer > 0
      ? [{ title: l10n.t("Try With {0} Layers on the GPU", fewer), load: { ...load, gpuLayers: fewer } }]
      : []),
    ...(byGpu ? [{ title: l10n.t("Try on the CPU"), load: { ...load, gpu: "cpu" as const } }] : []),
    ...(noMemory && load.sequences > 1
      ? [{ title: l10n.t("Try With One Sample at a Time"), load: { ...load, sequences: 1 } }]
      : []),
  ];
}
