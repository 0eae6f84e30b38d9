import type { Capabilities, Capability } from "../engine";
import type { Spelling } from "./placedTokens";
import type { Program } from "./program";

/** What was found out about one model of one server, as plain data. Undefined or a reason for what it cannot do. */
export interface Abilities {
  readonly program: Program;
  /** Raw text prompts. */
  readonly completion: Finding;
  readonly chat: Finding;
  /** `topK`: the most alternatives that came. `raw`: the same whatever the sampler is set to. */
  readonly logProbs: Finding<{ readonly topK: number; readonly raw: boolean }>;
  /** How the prompt's own log-probabilities come. */
  readonly promptLogProbs: Finding<{ readonly topK: number; readonly by: "echo" | "promptLogProbs" }>;
  readonly ownTokens: OwnTokens;
  readonly seeds: Finding;
  readonly jsonSchema: Finding;
  /** The name under which the most tokens of an answer are given. */
  readonly maxTokensName: "max_tokens" | "max_completion_tokens";
  /** Sampler values ("top_p") that the model refuses even where they are neutral. */
  readonly leftOut: readonly string[];
  /** Tokens of the server for a known text, which a tokenizer of ours is held against. */
  readonly probeTokens: number | undefined;
}

/** Whether the server shows its tokens by its program's own paths. */
export interface OwnTokens {
  /** `spelling`: of vLLM's tokens. llama.cpp's come with their bytes. */
  readonly text: Finding<{ readonly spelling?: Spelling }>;
  /** A chat as the model's template writes it. */
  readonly chat: Finding;
}

/** A capability of the contract: present, or missing for a reason fit for a person. */
export type Finding<Detail = object> = Capability<Detail>;

export function missing(reason: string): { readonly available: false; readonly reason: string } {
  return { available: false, reason };
}

export function tokensUnknown(host: string): string {
  return `${host} does not tell the tokens of a text, and no tokenizer here is known to be this model's.`;
}

/** Puts the findings in the contract's terms. `readsText`: whether tokens of a text are known. */
export function capabilitiesOf(found: Abilities, host: string, parallel: number, readsText: boolean): Capabilities {
  const { program, completion, chat, logProbs, promptLogProbs, ownTokens } = found;
  const tokenize: Capability = readsText ? { available: true } : ownTokens.text;
  // llama.cpp's tells them beside each log-probability as well.
  const knowsIds = program.name === "llama.cpp" || tokenize.available;
  return {
    completion,
    chat,
    tokenize,
    score: promptLogProbs.available
      ? { available: true, topK: promptLogProbs.topK, exactEntropy: false }
      : promptLogProbs,
    next: logProbs.available ? { available: true, topK: logProbs.topK, exactEntropy: false } : logProbs,
    sample: completion.available || chat.available ? { available: true, parallel } : chat,
    sampleLogProbs: logProbs,
    seeds: found.seeds,
    grammar: found.jsonSchema,
    logitBias: knowsIds
      ? { available: true }
      : missing(`${host} does not tell token ids, and no tokenizer here is known to be this model's.`),
  };
}
