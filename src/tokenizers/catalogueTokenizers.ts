/** One tokenizer that ships with the extension. */
export interface TokenizerInfo {
  /** What `loadTokenizer` takes: "o200k_base", "qwen2.5". */
  readonly name: string;
  /** For people: "Qwen 2.5". */
  readonly label: string;
  readonly family: "tiktoken" | "Hugging Face";
  /** Ids run from 0 to one less. */
  readonly vocabularySize: number;
  /** SPDX identifier of the vocabulary's licence; origins are in media/vocabularies/LICENSES.md. */
  readonly licence: string;
  /** One line: who uses it. */
  readonly description: string;
  /** Always true for shipped ones; the user's own may go through the general, slower library. */
  readonly fast: boolean;
}

const tiktoken = { family: "tiktoken", licence: "MIT", fast: true } as const;
const huggingFace = { family: "Hugging Face", fast: true } as const;

/** In the order a picker shows them. */
export const SHIPPED: readonly TokenizerInfo[] = [
  {
    ...tiktoken,
    name: "o200k_base",
    label: "o200k (GPT-4o, GPT-5)",
    vocabularySize: 200019,
    description: "OpenAI models since May 2024: GPT-4o, GPT-4.1, GPT-5, o1, o3, o4-mini",
  },
  {
    ...tiktoken,
    name: "o200k_harmony",
    label: "o200k harmony (gpt-oss)",
    vocabularySize: 201088,
    description: "OpenAI's open-weight gpt-oss: o200k with the special tokens of the harmony chat format",
  },
  {
    ...tiktoken,
    name: "cl100k_base",
    label: "cl100k (GPT-4, GPT-3.5)",
    vocabularySize: 100277,
    description: "GPT-4, GPT-4 Turbo, GPT-3.5 Turbo and the text-embedding-3 models",
  },
  {
    ...tiktoken,
    name: "p50k_base",
    label: "p50k (Codex)",
    vocabularySize: 50281,
    description: "text-davinci-002 and -003, Codex: GPT-2's vocabulary with runs of spaces",
  },
  {
    ...tiktoken,
    name: "p50k_edit",
    label: "p50k edit",
    vocabularySize: 50284,
    description: "The retired edit models: p50k with fill-in-the-middle tokens",
  },
  {
    ...tiktoken,
    name: "r50k_base",
    label: "r50k (GPT-2, GPT-3)",
    vocabularySize: 50257,
    description: "GPT-2 and the first GPT-3 models",
  },
  {
    ...huggingFace,
    name: "qwen2.5",
    label: "Qwen 2.5",
    vocabularySize: 151665,
    licence: "Apache-2.0",
    description: "Qwen 2 and 2.5, Qwen Coder, QwQ; digits one by one, text normalised to NFC",
  },
  {
    ...huggingFace,
    name: "qwen3",
    label: "Qwen 3",
    vocabularySize: 151669,
    licence: "Apache-2.0",
    description: "Qwen 3: Qwen 2.5's vocabulary with tokens for thinking and tool responses",
  },
  {
    ...huggingFace,
    name: "deepseek-v3",
    label: "DeepSeek V3, R1",
    vocabularySize: 128815,
    licence: "MIT",
    description: "DeepSeek V3 and R1; Chinese and Japanese runs kept apart, digits in threes",
  },
  {
    ...huggingFace,
    name: "mistral-nemo",
    label: "Mistral Nemo (Tekken)",
    vocabularySize: 131072,
    licence: "Apache-2.0",
    description: "Mistral Nemo: the first Tekken vocabulary, digits one by one",
  },
  {
    ...huggingFace,
    name: "smollm2",
    label: "SmolLM2",
    vocabularySize: 49152,
    licence: "Apache-2.0",
    description: "SmolLM and SmolLM2: a small vocabulary for small models",
  },
];
