import type { LlamaSettings } from "../inference/llama/runtime/loadOptions";
import { defaultSettings } from "../inference/llama/runtime/loadOptions";
import { setting } from "../platform/configuration";

const switches = { auto: "auto", on: true, off: false } as const;

/** What the settings `promptscope.local.*` ask for; what they leave open the runtime fits into the memory it finds. */
export function localSettings(): LlamaSettings {
  return {
    ...defaultSettings,
    gpu: setting("promptscope.local.gpu"),
    gpuLayers: setting("promptscope.local.gpuLayers") ?? "auto",
    contextSize: setting("promptscope.local.contextSize") ?? "auto",
    sequences: setting("promptscope.local.parallelSamples"),
    threads: setting("promptscope.local.threads") ?? "auto",
    flashAttention: switches[setting("promptscope.local.flashAttention")],
    kvCacheType: setting("promptscope.local.kvCacheType"),
  };
}
