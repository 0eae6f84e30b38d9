/** A model (or a line of models that count alike) and the tokenizer its text is counted with. */
export interface CatalogueModel {
  /** The usual name, lower case: "gpt-4o", "llama-3.1". */
  readonly name: string;
  /** For people: "Llama 3.1". */
  readonly label: string;
  /** Who makes it: "OpenAI". */
  readonly maker: string;
  /** A shipped tokenizer's name. */
  readonly tokenizer: string;
  /** "exact": the model's own tokenizer. "estimate": the nearest one here; `reason` says why and what would be exact. */
  readonly kind: "exact" | "estimate";
  /** A sentence or two for a tooltip; always there for estimates. */
  readonly reason?: string;
  /** Context window, tokens (prompt and answer together); undefined where unknown. */
  readonly contextTokens?: number;
  /** Repository on the Hugging Face hub that holds the model's own tokenizer.json, to offer as "add from hub". */
  readonly hubId?: string;
  /** Recognises the model's names; matched against `normalizeModelName`. */
  readonly pattern: RegExp;
}

// Sources: OpenAI's tokenizers from tiktoken's model table (tiktoken/model.py); context windows from the makers' model
// pages and the config.json of open models. Where a range of sizes shares a name, the window is the common one of the
// current instruct models. The first pattern that fits wins, so special cases stand above general ones.

type Entry = Omit<CatalogueModel, "maker">;

const CLOSED_CLAUDE =
  "Anthropic publishes no tokenizer for Claude 3 and later. The count is GPT-4o's (o200k_base); how far off that is differs by text and was not measured. Anthropic's token counting API gives the exact number.";
const CLOSED_GEMINI =
  "Google publishes no Gemini tokenizer as such. The count is GPT-4o's (o200k_base). Google's SDK counts some Gemini models with Gemma 3's vocabulary: adding google/gemma-3-1b-it from the hub should come nearer.";
const LLAMA_3 =
  "Llama 3's tokenizer is under Meta's licence and does not ship. The count is cl100k_base's, from which it was extended: within about 1 % on our samples of English and code, up to 40 % too high in other scripts. For exact counts add the model's tokenizer.json or GGUF.";
const SENTENCEPIECE_32K =
  "This model's 32,000-token SentencePiece vocabulary does not ship. The count is p50k_base's: within about 6 % of Llama 2's on our samples of English and code, up to 60 % too high in other scripts. For exact counts add the model's tokenizer.json or GGUF.";
const GEMMA =
  "Gemma's tokenizer is under Google's terms and does not ship. The count is o200k_base's: within about 13 % of Gemma 3's on our samples of code, English and other scripts. For exact counts add the model's tokenizer.json or GGUF.";
const OWN_TOKENIZER =
  "This model's own tokenizer does not ship. The count is o200k_base's. For exact counts add the model's tokenizer.json or GGUF.";
const NOT_PUBLIC = "The maker publishes no tokenizer for this model. The count is GPT-4o's (o200k_base).";
// mistral-common 1.5.4: tekken_240718 and tekken_240911 have the same pattern and the same 130,072 ordinary tokens.
const LATER_TEKKEN =
  "Counted with Mistral Nemo's Tekken vocabulary. Ordinary text splits the same; control tokens differ between Mistral's models.";

const openAI: readonly Entry[] = [
  exact("gpt-5", "GPT-5", "o200k_base", 400_000, /^gpt-5/),
  exact("gpt-4.1", "GPT-4.1", "o200k_base", 1_047_576, /^gpt-4\.1/),
  exact("gpt-4.5", "GPT-4.5 (preview)", "o200k_base", 128_000, /^gpt-4\.5/),
  exact("gpt-4o", "GPT-4o", "o200k_base", 128_000, /^(chatgpt|gpt)-?4o/),
  exact("o4-mini", "o4-mini", "o200k_base", 200_000, /^o4-mini/),
  exact("o3", "o3, o3-mini, o3-pro", "o200k_base", 200_000, /^o3(-|$)/),
  exact("o1-mini", "o1-mini, o1-preview", "o200k_base", 128_000, /^o1-(mini|preview)/),
  exact("o1", "o1, o1-pro", "o200k_base", 200_000, /^o1(-|$)/),
  exact("codex-mini", "codex-mini", "o200k_base", 200_000, /^codex-mini/),
  exact("gpt-oss", "gpt-oss 20B, 120B", "o200k_harmony", 131_072, /^gpt-oss/),
  exact("gpt-4-turbo", "GPT-4 Turbo", "cl100k_base", 128_000, /^gpt-4-(turbo|1106|0125|vision)/),
  exact("gpt-4-32k", "GPT-4 32k", "cl100k_base", 32_768, /^gpt-4-32k/),
  exact("gpt-4", "GPT-4", "cl100k_base", 8_192, /^gpt-?4(-|$)/),
  exact("gpt-3.5-turbo-instruct", "GPT-3.5 Turbo Instruct", "cl100k_base", 4_096, /^gpt-3\.?5-turbo-instruct/),
  exact("gpt-3.5-turbo", "GPT-3.5 Turbo", "cl100k_base", 16_385, /^gpt-3\.?5/),
  exact("text-embedding-3", "text-embedding-3, ada-002", "cl100k_base", 8_191, /^text-embedding-(3|ada-002)/),
  exact("davinci-002", "davinci-002, babbage-002", "cl100k_base", 16_384, /^(davinci|babbage)-002/),
  exact("text-davinci-edit", "text-davinci-edit-001", "p50k_edit", 2_049, /^(text|code)-davinci-edit/),
  exact("text-davinci-003", "text-davinci-002, -003", "p50k_base", 4_097, /^text-davinci-00[23]/),
  exact(
    "code-davinci-002",
    "Codex (code-davinci-002)",
    "p50k_base",
    8_001,
    /^(code-(davinci|cushman)-00|davinci-codex|cushman-codex)/,
  ),
  exact(
    "davinci",
    "GPT-3 (davinci, curie, babbage, ada)",
    "r50k_base",
    2_049,
    /^(text-)?(davinci|curie|babbage|ada)(-001)?$/,
  ),
  exact("gpt2", "GPT-2", "r50k_base", 1_024, /^gpt-?2|^distilgpt2/),
  estimate(
    "gpt",
    "Other GPT models",
    "o200k_base",
    undefined,
    /^gpt(-|$)|^o\d(-|$)/,
    "An OpenAI model this version does not know. The count is o200k_base's, which all of OpenAI's models since May 2024 use as far as published.",
  ),
];

const anthropic: readonly Entry[] = [estimate("claude", "Claude", "o200k_base", 200_000, /claude/, CLOSED_CLAUDE)];

const google: readonly Entry[] = [
  estimate("gemini-1.5-pro", "Gemini 1.5 Pro", "o200k_base", 2_097_152, /^gemini-1\.5-pro/, CLOSED_GEMINI),
  estimate("gemini", "Gemini", "o200k_base", 1_048_576, /^gemini/, CLOSED_GEMINI),
  estimate("gemma-3n", "Gemma 3n", "o200k_base", 32_768, /^gemma-?3n/, GEMMA, "google/gemma-3n-E4B-it"),
  estimate(
    "gemma-3-1b",
    "Gemma 3 1B, 270M",
    "o200k_base",
    32_768,
    /^gemma-?3-(1b|270m)/,
    GEMMA,
    "google/gemma-3-1b-it",
  ),
  estimate("gemma-3", "Gemma 3", "o200k_base", 131_072, /^gemma-?3/, GEMMA, "google/gemma-3-4b-it"),
  estimate("gemma", "Gemma 1 and 2", "o200k_base", 8_192, /gemma/, GEMMA, "google/gemma-2-2b-it"),
];

const meta: readonly Entry[] = [
  estimate(
    "llama-4-scout",
    "Llama 4 Scout",
    "o200k_base",
    10_485_760,
    /llama-?4.*scout/,
    OWN_TOKENIZER,
    "meta-llama/Llama-4-Scout-17B-16E-Instruct",
  ),
  estimate(
    "llama-4",
    "Llama 4",
    "o200k_base",
    1_048_576,
    /llama-?4/,
    OWN_TOKENIZER,
    "meta-llama/Llama-4-Maverick-17B-128E-Instruct",
  ),
  estimate(
    "llama-3.1",
    "Llama 3.1, 3.2, 3.3",
    "cl100k_base",
    131_072,
    /llama-?3[.-][123](?![\dbm])|deepseek-r1-distill-llama/,
    LLAMA_3,
    "meta-llama/Llama-3.1-8B-Instruct",
  ),
  estimate("llama-3", "Llama 3", "cl100k_base", 8_192, /llama-?3/, LLAMA_3, "meta-llama/Meta-Llama-3-8B-Instruct"),
  estimate(
    "codellama",
    "Code Llama",
    "p50k_base",
    16_384,
    /code-?llama/,
    SENTENCEPIECE_32K,
    "codellama/CodeLlama-7b-Instruct-hf",
  ),
  estimate(
    "llama-2",
    "Llama 2",
    "p50k_base",
    4_096,
    /llama-?2|^vicuna|tinyllama/,
    SENTENCEPIECE_32K,
    "meta-llama/Llama-2-7b-chat-hf",
  ),
];

const alibaba: readonly Entry[] = [
  estimate(
    "deepseek-r1-distill-qwen",
    "DeepSeek R1 Distill Qwen",
    "qwen2.5",
    131_072,
    /deepseek-r1-distill-qwen/,
    "Counted with Qwen 2.5's vocabulary, on which the model is built: ordinary text splits the same, special tokens are DeepSeek's.",
  ),
  exact("qwen3-2507", "Qwen 3 (2507), Qwen3 Coder", "qwen3", 262_144, /qwen-?3(.*2507|-coder)/),
  exact("qwen3", "Qwen 3", "qwen3", 32_768, /qwen-?3(-(?!next|vl|omni)|$)/),
  exact("qwen2.5-1m", "Qwen 2.5 1M", "qwen2.5", 1_010_000, /qwen-?2\.5.*-1m/),
  exact("qwen2.5", "Qwen 2.5, Qwen 2.5 Coder", "qwen2.5", 32_768, /qwen-?2\.5(?!-(omni|vl))/),
  exact("qwq", "QwQ 32B", "qwen2.5", 131_072, /^qwq/),
  estimate(
    "qwen2",
    "Qwen 1.5 and 2",
    "qwen2.5",
    32_768,
    /qwen-?(2|1\.5)(-|$)/,
    "Counted with Qwen 2.5's vocabulary: ordinary text splits the same, some special tokens are newer.",
  ),
  estimate(
    "qwen",
    "Other Qwen models",
    "qwen3",
    undefined,
    /qwen/,
    "A Qwen model this version does not know. Counted with Qwen 3's vocabulary.",
  ),
];

const deepSeek: readonly Entry[] = [
  exact("deepseek-v3", "DeepSeek V3", "deepseek-v3", 131_072, /^deepseek-?v3$|^deepseek-?v3-(base|0324)/),
  estimate(
    "deepseek-r1",
    "DeepSeek R1",
    "deepseek-v3",
    131_072,
    /^deepseek-?r1/,
    "Counted with DeepSeek V3's vocabulary, on which R1 is built: ordinary text splits the same, <think> and </think> are tokens of R1's own.",
  ),
  estimate(
    "deepseek-chat",
    "Other DeepSeek models",
    "deepseek-v3",
    131_072,
    /^deepseek-?(v3|chat|reasoner)/,
    "Counted with DeepSeek V3's vocabulary: ordinary text splits the same as far as published, special tokens may differ.",
  ),
  estimate(
    "deepseek-v2",
    "DeepSeek V2, Coder",
    "deepseek-v3",
    undefined,
    /^deepseek/,
    "Older DeepSeek models have a vocabulary of their own. Counted with DeepSeek V3's. For exact counts add the model's tokenizer.json or GGUF.",
  ),
];

const mistral: readonly Entry[] = [
  exact("mistral-nemo", "Mistral Nemo", "mistral-nemo", 131_072, /mistral-?nemo/),
  estimate(
    "mistral-small",
    "Mistral Small 3, Ministral, Pixtral",
    "mistral-nemo",
    131_072,
    /mistral-small|ministral|pixtral|magistral|devstral|mistral-medium|mistral-large-25/,
    LATER_TEKKEN,
  ),
  estimate(
    "mixtral",
    "Mixtral",
    "p50k_base",
    32_768,
    /mixtral/,
    SENTENCEPIECE_32K,
    "mistralai/Mixtral-8x7B-Instruct-v0.1",
  ),
  estimate("codestral", "Codestral", "p50k_base", 32_768, /codestral/, SENTENCEPIECE_32K),
  estimate(
    "mistral",
    "Mistral 7B, Large 2",
    "p50k_base",
    32_768,
    /mistral/,
    SENTENCEPIECE_32K,
    "mistralai/Mistral-7B-Instruct-v0.3",
  ),
];

const microsoft: readonly Entry[] = [
  estimate(
    "phi-4-mini",
    "Phi-4 mini",
    "o200k_base",
    131_072,
    /phi-?4-mini/,
    "Phi-4 mini's vocabulary is o200k_base with special tokens of its own: ordinary text should split the same.",
    "microsoft/Phi-4-mini-instruct",
  ),
  estimate(
    "phi-4",
    "Phi-4",
    "cl100k_base",
    16_384,
    /phi-?4/,
    "Phi-4's vocabulary is cl100k_base with special tokens of its own: ordinary text should split the same.",
    "microsoft/phi-4",
  ),
  estimate(
    "phi-3-small",
    "Phi-3 small",
    "cl100k_base",
    131_072,
    /phi-?3-small/,
    "Phi-3 small's vocabulary is cl100k_base with special tokens of its own: ordinary text should split the same.",
  ),
  estimate(
    "phi-3",
    "Phi-3, Phi-3.5",
    "p50k_base",
    131_072,
    /phi-?3/,
    SENTENCEPIECE_32K,
    "microsoft/Phi-3.5-mini-instruct",
  ),
  estimate(
    "phi-2",
    "Phi-1, Phi-1.5, Phi-2",
    "p50k_base",
    2_048,
    /phi-?[12]/,
    "Phi-2 uses CodeGen's tokenizer: GPT-2's vocabulary with runs of spaces and tabs, which p50k_base nearly is.",
    "microsoft/phi-2",
  ),
];

const others: readonly Entry[] = [
  { ...exact("smollm2", "SmolLM2", "smollm2", 8_192, /smollm-?2/), hubId: "HuggingFaceTB/SmolLM2-135M-Instruct" },
  estimate("smollm3", "SmolLM3", "cl100k_base", 65_536, /smollm-?3/, LLAMA_3, "HuggingFaceTB/SmolLM3-3B"),
  exact("smollm", "SmolLM", "smollm2", 2_048, /smollm/),
  estimate("grok", "Grok", "o200k_base", undefined, /^grok/, NOT_PUBLIC),
  estimate("command-r", "Command R, Command A", "o200k_base", 128_000, /command-?[ra]/, OWN_TOKENIZER),
  estimate("kimi-k2", "Kimi K2", "o200k_base", 131_072, /kimi/, OWN_TOKENIZER, "moonshotai/Kimi-K2-Instruct"),
  estimate("glm-4", "GLM 4", "o200k_base", 131_072, /glm-?4/, OWN_TOKENIZER, "zai-org/GLM-4.5"),
];

export const MODELS: readonly CatalogueModel[] = [
  ...by("OpenAI", openAI),
  ...by("Alibaba", alibaba),
  ...by("Anthropic", anthropic),
  ...by("Google", google),
  ...by("Meta", meta),
  ...by("DeepSeek", deepSeek),
  ...by("Mistral AI", mistral),
  ...by("Microsoft", microsoft),
  ...by("Others", others),
];

function by(maker: string, entries: readonly Entry[]): CatalogueModel[] {
  return entries.map((entry) => ({ ...entry, maker }));
}

function exact(name: string, label: string, tokenizer: string, contextTokens: number, pattern: RegExp): Entry {
  return { name, label, tokenizer, kind: "exact", contextTokens, pattern };
}

function estimate(
  name: string,
  label: string,
  tokenizer: string,
  contextTokens: number | undefined,
  pattern: RegExp,
  reason: string,
  hubId?: string,
): Entry {
  return {
    name,
    label,
    tokenizer,
    kind: "estimate",
    reason,
    pattern,
    ...(contextTokens !== undefined && { contextTokens }),
    ...(hubId !== undefined && { hubId }),
  };
}
