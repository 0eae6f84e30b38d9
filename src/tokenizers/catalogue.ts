import { type CatalogueModel, MODELS } from "./catalogueModels";
import { SHIPPED, type TokenizerInfo } from "./catalogueTokenizers";

export type { CatalogueModel } from "./catalogueModels";
export type { TokenizerInfo } from "./catalogueTokenizers";

/** What a name the user wrote means. */
export interface Resolution {
  /** A shipped tokenizer's name. */
  readonly tokenizer: string;
  readonly kind: "exact" | "estimate";
  readonly reason?: string;
  readonly contextTokens?: number;
  /** The model the name stands for; undefined when it names a tokenizer alone. */
  readonly model?: CatalogueModel;
}

/** The tokenizers that ship with the extension, in the order a picker shows them. */
export function shippedTokenizers(): readonly TokenizerInfo[] {
  return SHIPPED;
}

/** The models known by name, grouped by maker, in the order a picker shows them. */
export function catalogueModels(): readonly CatalogueModel[] {
  return MODELS;
}

/**
 * Finds the tokenizer for a tokenizer's or a model's name.
 *
 * Case, dates and other suffixes ("gpt-4o-2024-08-06"), provider and repository prefixes ("openai/",
 * "meta-llama/Llama-3.1-8B-Instruct"), Ollama tags ("qwen2.5:7b") and Bedrock ids ("us.anthropic.claude-...") are
 * understood. A name that is both ("qwen3") gives the model, so that its context window is known. Undefined when nothing here fits.
 */
export function resolve(nameOrModel: string): Resolution | undefined {
  const plain = nameOrModel.trim().toLowerCase();
  const name = normalizeModelName(plain);
  const named = MODELS.find((candidate) => candidate.name === name);
  if (!named && SHIPPED.some((info) => info.name === plain)) return { tokenizer: plain, kind: "exact" };
  const model = named ?? MODELS.find((candidate) => candidate.pattern.test(name));
  if (!model) return undefined;
  return {
    tokenizer: model.tokenizer,
    kind: model.kind,
    ...(model.reason !== undefined && { reason: model.reason }),
    ...(model.contextTokens !== undefined && { contextTokens: model.contextTokens }),
    model,
  };
}

/**
 * "openrouter/openai/GPT_4o:extended" to "gpt-4o": lower case, the last part of a path, no fine-tune or provider
 * prefix, no tag, hyphens for spaces and underscores.
 */
export function normalizeModelName(name: string): string {
  const last = name.trim().toLowerCase().replace(/\/+$/, "").split("/").at(-1) ?? "";
  return last
    .replace(/^ft:/, "")
    .replace(/:.*$/, "")
    .replace(/^(?:[a-z]+\.)+/, "")
    .replace(/[\s_]+/g, "-");
}
