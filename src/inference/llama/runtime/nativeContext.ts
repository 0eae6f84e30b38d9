import type { Llama, LlamaContext, LlamaGrammarEvaluationState, LlamaModel } from "node-llama-cpp";
import { EngineError } from "../../engine";

/**
 * The parts of node-llama-cpp's native binding that the engine drives itself. They are not in its typings, so the package
 * is pinned to one version, and {@link nativeParts} refuses another one that lacks them.
 *
 * Why not `LlamaContextSequence`: it mixes whatever is queued into one batch, so that a request's numbers could depend on
 * what else runs; it creates a sampler for every call; it gives one set of logits for each evaluated token, while the
 * whole vocabulary's weight and the sorted top cost a fifth when asked for apart; and it cannot copy a sequence's state.
 */
export interface NativeContext {
  initBatch(tokens: number): void;
  /** `wanted`: indices into `tokens` whose logits are kept. Gives their rows in the batch, for `sampleToken`. */
  addToBatch(sequence: number, position: number, tokens: Uint32Array, wanted: Uint32Array): Uint32Array;
  decodeBatch(): Promise<void>;
  sampleToken(
    row: number,
    sampler: NativeSampler,
    probabilities: boolean,
    confidence: boolean,
    /** `true` for all candidates; otherwise [tokens, max, min, selected, top]. `max` is broken in 3.22.1. */
    logits: boolean | readonly [readonly number[], boolean, boolean, boolean, number],
    totalLogitWeight: boolean,
  ): Promise<NativeSample>;
  disposeSequence(sequence: number): void;
  removeTokenCellsFromSequence(sequence: number, from: number, to: number): boolean;
  copySequenceStateFromOtherSequence(target: number, source: number): Promise<number>;
}

/** [token, probabilities, confidence, logits as id, logit, id, logit…, sum of e^(logit - max)]. */
export type NativeSample = readonly [number, unknown, unknown, readonly number[] | undefined, number | undefined];

export interface NativeSampler {
  applyConfig(config: NativeSamplerConfig): void;
  dispose(): void;
}

/** Without `temperature` the likeliest token is taken. Stages left out are not run; their order is the library's. */
export interface NativeSamplerConfig {
  temperature?: number;
  topK?: number;
  minP?: number;
  seed?: number;
  tokenBiasKeys?: Uint32Array;
  tokenBiasValues?: Float32Array;
  grammarEvaluationState?: unknown;
}

export interface NativeParts {
  readonly context: NativeContext;
  newSampler(): NativeSampler;
  /** A token that was taken, for the grammar to go on from. Throws when the grammar forbids it. */
  acceptGrammarToken(state: LlamaGrammarEvaluationState, token: number): void;
  grammarHandle(state: LlamaGrammarEvaluationState): unknown;
  /** Whether a text is whole under the grammar: it may end here. */
  matchesGrammar(grammar: object, text: string): boolean;
}

interface Bindings {
  AddonSampler: {
    new (model: unknown): NativeSampler;
    acceptGrammarEvaluationStateToken(state: unknown, token: number): void;
  };
}

/** Reaches the native parts of a loaded model. Throws EngineError "loadFailed" when the library is not as expected. */
export function nativeParts(llama: Llama, model: LlamaModel, context: LlamaContext): NativeParts {
  const bindings = (llama as unknown as { _bindings?: Bindings })._bindings;
  const nativeModel = (model as unknown as { _model?: unknown })._model;
  const native = (context as unknown as { _ctx?: NativeContext })._ctx;
  const needed: readonly (keyof NativeContext)[] = [
    "initBatch",
    "addToBatch",
    "decodeBatch",
    "sampleToken",
    "disposeSequence",
    "removeTokenCellsFromSequence",
    "copySequenceStateFromOtherSequence",
  ];
  const missing = needed.filter((name) => typeof native?.[name] !== "function");
  if (!bindings?.AddonSampler?.acceptGrammarEvaluationStateToken || !nativeModel || !native || missing.length > 0) {
    throw new EngineError(
      "loadFailed",
      "The installed node-llama-cpp is another version than Promptscope was built for. Reinstall the extension.",
      `Missing in its binding: ${missing.join(", ") || "AddonSampler"}`,
    );
  }
  const { AddonSampler } = bindings;
  const grammarHandle = (state: LlamaGrammarEvaluationState) => (state as unknown as { _state: unknown })._state;
  return {
    context: native,
    newSampler: () => new AddonSampler(nativeModel),
    acceptGrammarToken: (state, token) => AddonSampler.acceptGrammarEvaluationStateToken(grammarHandle(state), token),
    grammarHandle,
    matchesGrammar: (grammar, text) => (grammar as { _testText(text: string): boolean })._testText(text),
  };
}
