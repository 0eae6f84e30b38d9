import type { ModelDimensions } from "../gguf/ggufFacts";
import type { KvCacheShape } from "../gguf/kvCache";

/** An open model that can be recommended. What is listed here was known when it was written; the hub says what is there now. */
export interface CatalogueModel {
  /** Stable: repository and file name. */
  readonly id: string;
  readonly name: string;
  /** "Qwen3", "SmolLM2". */
  readonly family: string;
  readonly parameters: number;
  /** `base` goes on with a text, `chat` answers. */
  readonly kind: "base" | "chat";
  /** Whether it thinks before it answers; `switchable` ones do so when asked. */
  readonly thinking: "no" | "always" | "switchable";
  readonly licence: { readonly name: string; readonly url: string };
  /** Needs an account at the hub that accepted the licence. */
  readonly gated: boolean;
  readonly contextSize: number;
  readonly quantization: string;
  /** Of all files; shown with ≈, since the hub's listing alone has the exact size. */
  readonly approximateBytes: number;
  /** "owner/name" at the hub. */
  readonly repository: string;
  /** Path in the repository. */
  readonly file: string;
  /** One line. */
  readonly goodFor: string;
  readonly dimensions: Pick<ModelDimensions, "embedding" | "feedForward" | "heads" | "vocabularySize">;
  readonly kvCache: KvCacheShape;
}

export interface Recommendation {
  readonly model: CatalogueModel;
  /** Estimated bytes with the context asked for: weights, KV cache and buffers. */
  readonly needs: number;
  /** `needs` in parts of the memory given; over 1 does not fit. */
  readonly share: number;
  readonly fits: boolean;
}
