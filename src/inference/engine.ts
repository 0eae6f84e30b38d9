import type { ChatMessage } from "../tokenizers/chat/messages";

/**
 * One interface for every model: the built-in one, a GGUF in the model process, a served one, an editor's chat model.
 *
 * All log-probabilities are natural logarithms of the model's raw distribution, before any sampler, unless a field's name
 * says otherwise; where an engine can only give other values, its capability says so. All methods reject with an
 * `EngineError`, or with the signal's reason once aborted; an abort takes effect within one decoding step.
 * Nothing here knows vscode: panels, the command line and tests use engines alike.
 */
export interface Engine {
  readonly model: ModelFacts;
  readonly capabilities: Capabilities;

  /** Tokens of a text. `parseSpecial` turns what spells a special token into that token; otherwise it stays plain text. */
  tokenize(text: string, options: TokenizeOptions, signal?: AbortSignal): Promise<TokenizedPrompt>;
  /** The tokens of any prompt as the model is given it: a chat through the model's own template, special tokens visible. */
  render(prompt: Prompt, signal?: AbortSignal): Promise<TokenizedPrompt>;
  /** Log-probability, rank and alternatives of every token of the prompt, in one prefill. */
  score(prompt: Prompt, options: ScoreOptions, signal?: AbortSignal): Promise<PromptScore>;
  /** What comes after the prompt: the raw distribution's top, its entropy and the mass of the rest. */
  next(prompt: Prompt, options: NextOptions, signal?: AbortSignal): Promise<Distribution>;
  /** Continuations, as they come. Ends after every sample has ended; `n` samples share the prompt's prefill. */
  sample(request: SampleRequest, signal?: AbortSignal): AsyncIterable<SampleEvent>;
}

/** What is known of a model, as plain data that goes into the record of a run. */
export interface ModelFacts {
  /** Stable while the model is the same: "specimen-chat", "gguf:/path/file.gguf", "served:https://host/v1#name", "editor:id". */
  readonly id: string;
  readonly name: string;
  readonly kind: "builtIn" | "gguf" | "served" | "editor";
  /** Tokens that prompt and answer may fill together; undefined where the server does not say. */
  readonly contextSize: number | undefined;
  readonly vocabularySize: number | undefined;
  /** Whether it has a chat template, so that `ChatPrompt` works. */
  readonly hasChatTemplate: boolean;
  /** Whether the tokenizer puts a begin-of-sequence token before a prompt by itself. */
  readonly addsBos: boolean;
  /** What gave the results: runtime and its version, compute layer ("CPU", "CUDA"), quantization. For a run's record. */
  readonly build: string;
  /** SHA-256 of the weights' file in hex, or what else names the exact weights; undefined where nobody can know. */
  readonly fingerprint: string | undefined;
}

/** Present, or missing for a reason a person can read ("This server does not return log-probabilities."). */
export type Capability<Detail = object> =
  | ({ readonly available: true } & Detail)
  | { readonly available: false; readonly reason: string };

export interface Capabilities {
  /** Raw text prompts. */
  readonly completion: Capability;
  readonly chat: Capability;
  readonly tokenize: Capability;
  /** `topK`: the most alternatives the engine gives. `exactEntropy`: over the whole vocabulary, not a lower bound. */
  readonly score: Capability<{ readonly topK: number; readonly exactEntropy: boolean }>;
  readonly next: Capability<{ readonly topK: number; readonly exactEntropy: boolean }>;
  readonly sample: Capability<{ readonly parallel: number }>;
  /** Log-probabilities of sampled tokens. `raw` false: they are after the server's sampler, and are labelled so. */
  readonly sampleLogProbs: Capability<{ readonly topK: number; readonly raw: boolean }>;
  /** The same seed gives the same text. */
  readonly seeds: Capability;
  readonly grammar: Capability;
  readonly logitBias: Capability;
}

export type Prompt = TextPrompt | ChatPrompt | TokenPrompt;

/** A raw document. The tokenizer's begin-of-sequence token is added where the model's files ask for one. */
export interface TextPrompt {
  readonly kind: "text";
  readonly text: string;
  /** Whether what spells a special token becomes one. Off unless a person asked for it. */
  readonly parseSpecial?: boolean;
}

/** A chat, rendered by the model's template. What messages spell stays plain text unless `parseSpecial`. */
export interface ChatPrompt {
  readonly kind: "chat";
  readonly messages: readonly ChatMessage[];
  /** Ends with the beginning of an answer, for the model to go on. Default true. */
  readonly addGenerationPrompt?: boolean;
  /** Text that the answer already begins with ("Answer:"), after the generation prompt. */
  readonly answerStart?: string;
  readonly parseSpecial?: boolean;
  /** Further values for the template, such as `enable_thinking`. */
  readonly templateValues?: Readonly<Record<string, string | number | boolean>>;
}

/** Tokens as they are; nothing is added. */
export interface TokenPrompt {
  readonly kind: "tokens";
  readonly ids: readonly number[];
}

export interface TokenizeOptions {
  readonly parseSpecial: boolean;
  /** Adds the begin-of-sequence token where the model's files ask for one. */
  readonly addBos: boolean;
}

/** A token with what a person sees of it. */
export interface TokenText {
  readonly id: number;
  /** Its text in its place: bytes that a character shares with the next token are shown as U+FFFD. */
  readonly text: string;
  /** Its own bytes in hex where they are no whole characters; undefined otherwise. */
  readonly bytes?: string;
  readonly special?: boolean;
}

/** A prompt as the model sees it. */
export interface TokenizedPrompt {
  readonly tokens: readonly PromptToken[];
  /** The text the tokens stand for, special tokens spelled out. */
  readonly text: string;
}

export interface PromptToken extends TokenText {
  /** UTF-16 offset in `TokenizedPrompt.text` of the character the token begins in. */
  readonly offset: number;
  /** Index of the message whose content this belongs to; undefined for the template's own and in a raw text. */
  readonly message?: number;
}

export interface ScoreOptions {
  /** Alternatives given for each token, at most the capability's `topK`. 0 for none. */
  readonly topK: number;
  /** Scores only tokens from this index on; the ones before are context. Default 0. */
  readonly from?: number;
}

export interface PromptScore {
  readonly prompt: TokenizedPrompt;
  /** Index in `prompt.tokens` of the first entry of `tokens`. */
  readonly from: number;
  readonly tokens: readonly TokenScore[];
}

export interface TokenScore {
  /** ln p(token | all before). Undefined for a token with nothing before it. */
  readonly logProb: number | undefined;
  /** 1 for the likeliest; undefined where it lies beyond what the engine looked at. */
  readonly rank: number | undefined;
  /** Entropy of the distribution the token was drawn from, in nats. */
  readonly entropy: Entropy | undefined;
  /** Likeliest first. */
  readonly top: readonly Alternative[];
}

/** In nats. A lower bound where only the top was seen, with the rest as one bucket. */
export interface Entropy {
  readonly nats: number;
  readonly exact: boolean;
}

export interface Alternative extends TokenText {
  /** Natural logarithm of its raw probability. */
  readonly logProb: number;
  /** The raw logit, where the engine gives it. */
  readonly logit?: number;
}

export interface NextOptions {
  /** At most the capability's `topK`; `Infinity` for the whole vocabulary where the engine can. */
  readonly topK: number;
  /** Tokens whose probability is wanted wherever they rank. */
  readonly ids?: readonly number[];
}

export interface Distribution {
  /** Likeliest first. */
  readonly top: readonly Alternative[];
  /** The asked-for `ids`, in their order. */
  readonly asked: readonly Alternative[];
  readonly entropy: Entropy;
  /** Probability of everything not in `top`, 0 to 1. */
  readonly tail: number;
  /** Tokens the prompt fills of the context. */
  readonly promptTokens: number;
}

/** How a token is drawn: temperature first, then top-k, top-p, min-p, in this order. */
export interface Sampler {
  /** 0 takes the likeliest token. */
  readonly temperature: number;
  /** 0 for off. */
  readonly topK: number;
  /** 1 for off. */
  readonly topP: number;
  /** 0 for off. */
  readonly minP: number;
  /** 1 for off; over the last 64 tokens. */
  readonly repetitionPenalty: number;
}

export const plainSampler: Sampler = { temperature: 1, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1 };
export const greedySampler: Sampler = { ...plainSampler, temperature: 0 };

export interface SampleRequest {
  readonly prompt: Prompt;
  /** One for each sample, each an integer of 0 to 2^32 - 1: their number is the number of samples. */
  readonly seeds: readonly number[];
  readonly sampler: Sampler;
  readonly maxTokens: number;
  /** A sample ends before any of these texts. */
  readonly stop?: readonly string[];
  /** Tokens that end a sample besides the model's own end tokens. */
  readonly stopTokens?: readonly number[];
  /** Added to a token's logit before sampling; -Infinity forbids it. */
  readonly logitBias?: readonly { readonly id: number; readonly bias: number }[];
  readonly grammar?:
    | { readonly kind: "gbnf"; readonly text: string }
    | { readonly kind: "jsonSchema"; readonly schema: object };
  /** Alternatives streamed with each token, at most the capability's. */
  readonly topK: number;
}

export type SampleEvent = SampleTokenEvent | SampleEndEvent;

export interface SampleTokenEvent {
  readonly kind: "token";
  /** Index into `SampleRequest.seeds`. */
  readonly sample: number;
  readonly token: SampledToken;
}

export interface SampledToken extends TokenText {
  /** Raw; undefined where the engine gives none. */
  readonly logProb: number | undefined;
  /** Probability the sampler drew it with, 0 to 1; undefined where the engine gives none. */
  readonly sampledWith: number | undefined;
  readonly entropy: Entropy | undefined;
  readonly top: readonly Alternative[];
}

export type StopReason = "endToken" | "stopText" | "stopToken" | "maxTokens" | "contextFull" | "grammar";

export interface SampleEndEvent {
  readonly kind: "end";
  readonly sample: number;
  readonly reason: StopReason;
  /** The whole text of the sample, without the stop text and end token. */
  readonly text: string;
  readonly tokens: number;
}

export type EngineErrorCode =
  | "contextOverflow" /** The prompt does not fit; nothing was run. */
  | "unsupported" /** The capability is missing. */
  | "badInput" /** The request itself is wrong. */
  | "loadFailed"
  | "outOfMemory"
  | "crashed" /** The process ended, or did not answer; what had arrived is kept. */
  | "network"
  | "server"
  | "unauthorized"
  | "rateLimited";

/** What a person can meet. The message says what happened, to what, and what to do next. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  constructor(
    readonly code: EngineErrorCode,
    message: string,
    /** Lines of a log or an answer that help to find the cause. */
    readonly details?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Engines may come from a bundle of their own, which has its own copy of this class: the name tells. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "EngineError";
  }
}
