import {
  type GgmlType,
  InsufficientMemoryError,
  type Llama,
  type LlamaContext,
  type LlamaContextOptions,
  type LlamaModel,
} from "node-llama-cpp";
import { type Capabilities, EngineError, type ModelFacts } from "../../engine";
import { isBatchInvariant } from "./batchInvariance";
import { causeOf } from "./cause";
import { type ContextPlan, planContext, READING_SEQUENCES } from "./contextPlan";
import { Decoder } from "./decoder";
import { type Device, openDevice, threadsFor } from "./device";
import { grammarFor } from "./grammars";
import type { LlamaEngine } from "./llamaEngine";
import type { LlamaHooks, LlamaLoadOptions, LoadLlamaEngine } from "./loadOptions";
import { LocalEngine } from "./localEngine";
import { nativeParts } from "./nativeContext";
import { noNumbers } from "./noNumbers";
import { PromptReader } from "./promptReader";
import { RowReader } from "./rowReader";
import { RunningState } from "./runningState";
import { Scorer } from "./scoring";
import { Slots } from "./slots";
import { Vocabulary } from "./vocabulary";

/** Bytes of logits kept at once while scoring. */
const LOGITS_BYTES = 64 << 20;

export const loadLlamaEngine: LoadLlamaEngine = async (options, hooks = {}) => {
  hooks.signal?.throwIfAborted();
  const device = await openDevice(options.gpu, hooks, options.kind === "builtIn");
  try {
    return await loadOn(device, options, hooks);
  } catch (error) {
    await device.llama.dispose();
    throw loadError(error, options, hooks.signal);
  }
};

async function loadOn(device: Device, options: LlamaLoadOptions, hooks: LlamaHooks): Promise<LlamaEngine> {
  const { llama } = device;
  const kvType = options.kvCacheType.toUpperCase() as keyof typeof GgmlType;
  const model = await llama.loadModel({
    modelPath: options.path,
    gpuLayers: llama.gpu ? options.gpuLayers : 0,
    defaultContextFlashAttention: options.flashAttention,
    experimentalDefaultContextKvCacheKeyType: kvType,
    experimentalDefaultContextKvCacheValueType: kvType,
    defaultContextSwaFullCache: true, // so that any prefix of what was evaluated can be gone back to
    ...(hooks.onProgress && { onLoadProgress: hooks.onProgress }),
    ...(hooks.signal && { loadSignal: hooks.signal }),
  });
  const threads = threadsFor(options.threads, model.size, llama.cpuMathCores);
  const plan = planContext(options, model.trainContextSize, await cellsThatFit(llama, model));
  const context = await createContext(model, options, plan, threads, hooks.signal);
  const native = nativeParts(llama, model, context);
  const vocabulary = new Vocabulary(model);
  const state = new RunningState(device, model, context, options, plan, threads, hooks);
  const rows = new RowReader(native, vocabulary.size, () => noNumbers(options.name, device.name));
  const decoder = new Decoder(native.context, options.batchSize, (tokens, time) => state.prefilled(tokens, time));
  const total = plan.sequences + READING_SEQUENCES;
  decoder.batchInvariant = await isBatchInvariant(decoder, rows, total, vocabulary.size);
  hooks.onLog?.("info", `Same numbers in any batch: ${decoder.batchInvariant ? "yes" : "no"}`);
  const template = model.fileInfo.metadata.tokenizer?.chat_template;
  // Low numbers for samples: neighbours make one batch of llama.cpp.
  const slots = new Slots(0, plan.sequences);
  const reading = new Slots(plan.sequences, READING_SEQUENCES);
  const mostRows = Math.max(8, Math.floor(LOGITS_BYTES / (4 * vocabulary.size)));
  return new LocalEngine({
    model: factsOf(device, model, options, plan, vocabulary, template !== undefined),
    capabilities: capabilitiesOf(vocabulary, plan, template !== undefined),
    prompts: new PromptReader(model, vocabulary, template),
    scorer: new Scorer(decoder, rows, reading, vocabulary, mostRows),
    decoder,
    rows,
    slots,
    reading,
    vocabulary,
    contextSize: plan.contextSize,
    running: () => state.facts(),
    newGrammar: (wanted) => grammarFor(llama, model, wanted),
    acceptGrammarToken: native.acceptGrammarToken,
    onSampled: (tokens, time) => state.sampled(tokens, time),
    async dispose() {
      state.close();
      rows.close();
      await context.dispose();
      await model.dispose();
      await llama.dispose();
    },
  });
}

/** Tokens that the KV cache may hold in all, for "auto": half of the free RAM, or eight tenths of the free VRAM. */
async function cellsThatFit(llama: Llama, model: LlamaModel): Promise<number> {
  const estimate = (contextSize: number) =>
    model.fileInsights.estimateContextResourceRequirements({
      contextSize,
      modelGpuLayers: model.gpuLayers,
      sequences: 1,
      includeGraphOverhead: false,
      swaFullCache: true,
      kvCacheKeyType: model.defaultContextKvCacheKeyType,
      kvCacheValueType: model.defaultContextKvCacheValueType,
    });
  const [small, large] = [estimate(1024), estimate(2048)];
  const [ram, vram] = [large.cpuRam - small.cpuRam, large.gpuVram - small.gpuVram].map((bytes) => bytes / 1024);
  const freeRam = (await llama.getRamState()).free;
  const freeVram = llama.gpu ? (await llama.getVramState()).free : 0;
  return Math.min(ram! > 0 ? (freeRam * 0.5) / ram! : Infinity, vram! > 0 ? (freeVram * 0.8) / vram! : Infinity);
}

async function createContext(
  model: LlamaModel,
  options: LlamaLoadOptions,
  plan: ContextPlan,
  threads: number,
  signal: AbortSignal | undefined,
): Promise<LlamaContext> {
  const wanted: LlamaContextOptions = {
    contextSize: plan.contextSize,
    sequences: plan.sequences + READING_SEQUENCES,
    batchSize: options.batchSize,
    threads,
    failedCreationRemedy: false,
    ...(signal && { createSignal: signal }),
  };
  return model.createContext(wanted);
}

function factsOf(
  device: Device,
  model: LlamaModel,
  options: LlamaLoadOptions,
  plan: ContextPlan,
  vocabulary: Vocabulary,
  hasChatTemplate: boolean,
): ModelFacts {
  const { release } = device.llama.llamaCppRelease;
  return {
    id: options.id,
    name: options.name,
    kind: options.kind,
    contextSize: plan.contextSize,
    vocabularySize: vocabulary.size,
    hasChatTemplate,
    addsBos: vocabulary.addsBos,
    build: `llama.cpp ${release} (node-llama-cpp 3.22.1), ${device.name}, ${model.typeDescription}`,
    fingerprint: options.fingerprint,
  };
}

function capabilitiesOf(vocabulary: Vocabulary, plan: ContextPlan, hasChatTemplate: boolean): Capabilities {
  const yes = { available: true } as const;
  const topK = Math.min(vocabulary.size, 1024);
  return {
    completion: yes,
    chat: hasChatTemplate ? yes : { available: false, reason: "This model has no chat template." },
    tokenize: yes,
    score: { available: true, topK, exactEntropy: true },
    next: { available: true, topK: vocabulary.size, exactEntropy: true },
    sample: { available: true, parallel: plan.sequences },
    sampleLogProbs: { available: true, topK, raw: true },
    seeds: yes,
    grammar: yes,
    logitBias: yes,
  };
}

/** What a person should read when loading failed. */
function loadError(error: unknown, { name, path }: LlamaLoadOptions, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof EngineError) return error;
  const cause = causeOf(error);
  const memory =
    error instanceof InsufficientMemoryError || /insufficient memory|out of memory|not enough|alloc/i.test(cause);
  return memory
    ? new EngineError(
        "outOfMemory",
        `There is not enough memory for ${name}: ${cause} Set a smaller context, fewer GPU layers or fewer parallel samples, or choose a smaller model.`,
        path,
        { cause: error },
      )
    : new EngineError(
        "loadFailed",
        `${name} could not be loaded: ${cause} The file may be damaged, or of a kind that this llama.cpp does not know.`,
        path,
        { cause: error },
      );
}
