import type { LlamaEngine } from "./llamaEngine";

/** What to load and how, as plain data: it goes to the model process. Defaults are {@link defaultLoadOptions}. */
export interface LlamaLoadOptions extends LlamaSettings {
  /** Path of the GGUF; of the first part where it is split. */
  readonly path: string;
  /** As `ModelFacts.id`. */
  readonly id: string;
  readonly name: string;
  readonly kind: "builtIn" | "gguf";
  /** SHA-256 of the file in hex, where the caller knows it. Otherwise the engine has no fingerprint. */
  readonly fingerprint?: string;
}

export type GpuChoice = "auto" | "cuda" | "vulkan" | "metal" | "cpu";
export type KvCacheType = "f32" | "f16" | "q8_0" | "q5_1" | "q5_0" | "q4_1" | "q4_0";

export interface LlamaSettings {
  /** "auto" takes the best that works; a named one fails where it does not. */
  readonly gpu: GpuChoice;
  /** Layers kept on the GPU. "auto" fits them into the free memory; ignored on a CPU. */
  readonly gpuLayers: number | "auto" | "max";
  /**
   * Tokens that a prompt and its answer may fill together. "auto": what the model was trained on, as far as memory
   * reaches, and at most 8,192.
   */
  readonly contextSize: number | "auto";
  /** Samples that run side by side; more wait for their turn. Each one adds a KV cache of `contextSize`. */
  readonly sequences: number;
  /** "auto": one for a tiny model, otherwise the physical cores, less one when there are more than two. */
  readonly threads: number | "auto";
  readonly flashAttention: boolean | "auto";
  /** Less than f16 saves memory and costs exactness. */
  readonly kvCacheType: KvCacheType;
  /** Tokens of one batch of a prefill, at most. Slow machines take smaller ones, so that cancelling never waits long. */
  readonly batchSize: number;
}

export const defaultSettings: LlamaSettings = {
  gpu: "auto",
  gpuLayers: "auto",
  contextSize: "auto",
  sequences: 10,
  threads: "auto",
  flashAttention: "auto",
  kvCacheType: "f16",
  batchSize: 256,
};

/** What the loading and the running engine tell their owner. All may be called at any time until `close` resolves. */
export interface LlamaHooks {
  /** Reading the weights, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
  /** A line of llama.cpp's own log. */
  readonly onLog?: (level: LlamaLogLevel, line: string) => void;
  /** A fact of `LlamaEngine.running` changed: a speed was measured. */
  readonly onRunning?: (running: LlamaRunning) => void;
  /** Aborts the loading. */
  readonly signal?: AbortSignal;
}

export type LlamaLogLevel = "error" | "warn" | "info" | "debug";

/** What a loaded model really runs on, as plain data. */
export interface LlamaRunning {
  /** "CPU, 1 thread", "CUDA (NVIDIA H100), all 31 layers". */
  readonly device: string;
  /** Why: "No GPU was found.", "Set by promptscope.…". One sentence. */
  readonly deviceReason: string;
  readonly threads: number;
  readonly gpuLayers: number;
  readonly contextSize: number;
  /** Samples that run side by side: as asked for, or fewer where memory is short. */
  readonly sequences: number;
  readonly flashAttention: boolean | "auto";
  readonly memory: LlamaMemory;
  /** Of the last prefill of at least 16 tokens; undefined until there was one. */
  readonly prefillTokensPerSecond: number | undefined;
  /** Of the last samples, all together; undefined until there were some. */
  readonly tokensPerSecond: number | undefined;
}

/** Bytes, as the runtime reports them after loading. */
export interface LlamaMemory {
  readonly weightsRam: number;
  readonly weightsVram: number;
  /** KV cache of all sequences and compute buffers. */
  readonly contextRam: number;
  readonly contextVram: number;
  /** Resident set of the whole process. */
  readonly resident: number;
}

/** Loads a model. Rejects with an `EngineError` ("loadFailed", "outOfMemory", "badInput"), or the signal's reason. */
export type LoadLlamaEngine = (options: LlamaLoadOptions, hooks?: LlamaHooks) => Promise<LlamaEngine>;
