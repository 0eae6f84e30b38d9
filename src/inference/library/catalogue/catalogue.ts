import { modelName, quantizationInName } from "../gguf/splitFiles";
import { type ArchitectureName, sizesOf } from "./architectures";
import type { CatalogueModel } from "./catalogueModel";

const licences = {
  apache: { name: "Apache 2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
  mit: { name: "MIT", url: "https://opensource.org/license/mit" },
  llama2: { name: "Llama 2 Community", url: "https://ai.meta.com/llama/license/" },
  llama3: { name: "Llama 3 Community", url: "https://www.llama.com/llama3/license/" },
  llama31: { name: "Llama 3.1 Community", url: "https://www.llama.com/llama3_1/license/" },
  llama32: { name: "Llama 3.2 Community", url: "https://www.llama.com/llama3_2/license/" },
  gemma: { name: "Gemma Terms of Use", url: "https://ai.google.dev/gemma/terms" },
} as const;

type Licence = keyof typeof licences;
const million = 1e6;
const billion = 1e9;
const k = 1024;

/**
 * Known open models, smallest first within a family. Sizes are those of the named quantization, rounded; contexts are what the
 * makers state.
 */
// biome-ignore format: one line for each model
export const catalogue: readonly CatalogueModel[] = [
  ...family("SmolLM2", "apache", "no", [
    chat("SmolLM2 135M Instruct", 135 * million, 0.145, "smol135m", 8 * k, "bartowski/SmolLM2-135M-Instruct-GGUF", "SmolLM2-135M-Instruct-Q8_0.gguf", "Runs anywhere; shows where small models fail"),
    chat("SmolLM2 360M Instruct", 362 * million, 0.386, "smol360m", 8 * k, "HuggingFaceTB/SmolLM2-360M-Instruct-GGUF", "smollm2-360m-instruct-q8_0.gguf", "Quick answers on a small machine"),
    chat("SmolLM2 1.7B Instruct", 1.71 * billion, 1.06, "smol17b", 8 * k, "HuggingFaceTB/SmolLM2-1.7B-Instruct-GGUF", "smollm2-1.7b-instruct-q4_k_m.gguf", "Plain instructions and rewriting"),
  ]),
  ...family("SmolLM3", "apache", "switchable", [
    chat("SmolLM3 3B", 3.08 * billion, 1.92, "smol3b", 64 * k, "unsloth/SmolLM3-3B-GGUF", "SmolLM3-3B-Q4_K_M.gguf", "The same model with and without thinking"),
  ]),
  ...family("Qwen3", "apache", "switchable", [
    chat("Qwen3 0.6B", 596 * million, 0.64, "qwen3small", 32 * k, "Qwen/Qwen3-0.6B-GGUF", "Qwen3-0.6B-Q8_0.gguf", "Thinking in the smallest size"),
    chat("Qwen3 1.7B", 1.72 * billion, 1.83, "qwen3two", 32 * k, "Qwen/Qwen3-1.7B-GGUF", "Qwen3-1.7B-Q8_0.gguf", "Step by step against answering at once"),
    chat("Qwen3 4B", 4.02 * billion, 2.5, "qwen3four", 32 * k, "Qwen/Qwen3-4B-GGUF", "Qwen3-4B-Q4_K_M.gguf", "A good first choice with 8 GB"),
    chat("Qwen3 8B", 8.19 * billion, 5.03, "qwen3eight", 32 * k, "Qwen/Qwen3-8B-GGUF", "Qwen3-8B-Q4_K_M.gguf", "Reasoning and judging with 16 GB"),
    chat("Qwen3 14B", 14.77 * billion, 9, "qwen3fourteen", 32 * k, "Qwen/Qwen3-14B-GGUF", "Qwen3-14B-Q4_K_M.gguf", "A strong judge with 24 GB"),
  ]),
  ...family("Qwen3", "apache", "no", [
    chat("Qwen3 4B Instruct 2507", 4.02 * billion, 2.5, "qwen3four", 256 * k, "unsloth/Qwen3-4B-Instruct-2507-GGUF", "Qwen3-4B-Instruct-2507-Q4_K_M.gguf", "Direct answers, long prompts"),
    base("Qwen3 0.6B Base", 596 * million, 0.64, "qwen3small", 32 * k, "mradermacher/Qwen3-0.6B-Base-GGUF", "Qwen3-0.6B-Base.Q8_0.gguf", "Surprisal and continuations, small"),
    base("Qwen3 4B Base", 4.02 * billion, 2.5, "qwen3four", 32 * k, "mradermacher/Qwen3-4B-Base-GGUF", "Qwen3-4B-Base.Q4_K_M.gguf", "Base against assistant, beside Qwen3 4B"),
    base("Qwen3 8B Base", 8.19 * billion, 5.03, "qwen3eight", 32 * k, "mradermacher/Qwen3-8B-Base-GGUF", "Qwen3-8B-Base.Q4_K_M.gguf", "Surprisal of many languages"),
  ]),
  ...family("Qwen3", "apache", "always", [
    chat("Qwen3 4B Thinking 2507", 4.02 * billion, 2.5, "qwen3four", 256 * k, "unsloth/Qwen3-4B-Thinking-2507-GGUF", "Qwen3-4B-Thinking-2507-Q4_K_M.gguf", "Long thoughts before each answer"),
  ]),
  ...family("Qwen2.5", "apache", "no", [
    chat("Qwen2.5 0.5B Instruct", 494 * million, 0.68, "qwen25half", 32 * k, "Qwen/Qwen2.5-0.5B-Instruct-GGUF", "qwen2.5-0.5b-instruct-q8_0.gguf", "Small, without thinking"),
    chat("Qwen2.5 1.5B Instruct", 1.54 * billion, 1.12, "qwen25onehalf", 32 * k, "Qwen/Qwen2.5-1.5B-Instruct-GGUF", "qwen2.5-1.5b-instruct-q4_k_m.gguf", "Many languages in about 1 GB"),
    chat("Qwen2.5 Coder 1.5B Instruct", 1.54 * billion, 1.12, "qwen25onehalf", 32 * k, "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF", "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf", "Questions about code"),
    base("Qwen2.5 Coder 1.5B", 1.54 * billion, 1.65, "qwen25onehalf", 32 * k, "ggml-org/Qwen2.5-Coder-1.5B-Q8_0-GGUF", "qwen2.5-coder-1.5b-q8_0.gguf", "Surprisal of code, continuing code"),
    base("Qwen2.5 Coder 7B", 7.62 * billion, 8.1, "qwen25seven", 32 * k, "ggml-org/Qwen2.5-Coder-7B-Q8_0-GGUF", "qwen2.5-coder-7b-q8_0.gguf", "The same with more knowledge"),
  ]),
  ...family("DeepSeek R1 Distill", "mit", "always", [
    chat("DeepSeek R1 Distill Qwen 1.5B", 1.78 * billion, 1.12, "qwen25onehalf", 128 * k, "unsloth/DeepSeek-R1-Distill-Qwen-1.5B-GGUF", "DeepSeek-R1-Distill-Qwen-1.5B-Q4_K_M.gguf", "Long mathematical thoughts, small"),
    chat("DeepSeek R1 Distill Qwen 7B", 7.62 * billion, 4.68, "qwen25seven", 128 * k, "bartowski/DeepSeek-R1-Distill-Qwen-7B-GGUF", "DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf", "Mathematics with 8 GB"),
    chat("DeepSeek R1 Distill Qwen 14B", 14.77 * billion, 8.99, "qwen25fourteen", 128 * k, "bartowski/DeepSeek-R1-Distill-Qwen-14B-GGUF", "DeepSeek-R1-Distill-Qwen-14B-Q4_K_M.gguf", "Mathematics with 16 GB and more"),
  ]),
  ...family("Gemma 3", "gemma", "no", [
    chat("Gemma 3 270M", 268 * million, 0.29, "gemma270m", 32 * k, "ggml-org/gemma-3-270m-it-GGUF", "gemma-3-270m-it-Q8_0.gguf", "Runs anywhere; a large vocabulary in a small model"),
    base("Gemma 3 270M base", 268 * million, 0.29, "gemma270m", 32 * k, "ggml-org/gemma-3-270m-GGUF", "gemma-3-270m-Q8_0.gguf", "Surprisal with little memory"),
    chat("Gemma 3 1B", 1 * billion, 0.81, "gemma1b", 32 * k, "ggml-org/gemma-3-1b-it-GGUF", "gemma-3-1b-it-Q4_K_M.gguf", "Fluent short answers"),
    base("Gemma 3 1B base", 1 * billion, 1, "gemma1b", 32 * k, "google/gemma-3-1b-pt-qat-q4_0-gguf", "gemma-3-1b-pt-q4_0.gguf", "Base against assistant, beside Gemma 3 1B", true),
    chat("Gemma 3 4B", 3.88 * billion, 2.49, "gemma4b", 128 * k, "ggml-org/gemma-3-4b-it-GGUF", "gemma-3-4b-it-Q4_K_M.gguf", "Writing in many languages"),
    chat("Gemma 3 12B", 11.8 * billion, 7.3, "gemma12b", 128 * k, "ggml-org/gemma-3-12b-it-GGUF", "gemma-3-12b-it-Q4_K_M.gguf", "Writing and judging with 16 GB"),
  ]),
  ...family("Llama 3.2", "llama32", "no", [
    chat("Llama 3.2 1B Instruct", 1.24 * billion, 0.81, "llama1b", 128 * k, "bartowski/Llama-3.2-1B-Instruct-GGUF", "Llama-3.2-1B-Instruct-Q4_K_M.gguf", "Long prompts in little memory"),
    chat("Llama 3.2 3B Instruct", 3.21 * billion, 2.02, "llama3b", 128 * k, "bartowski/Llama-3.2-3B-Instruct-GGUF", "Llama-3.2-3B-Instruct-Q4_K_M.gguf", "Summaries and rewriting"),
  ]),
  ...family("Llama 3.1", "llama31", "no", [
    chat("Llama 3.1 8B Instruct", 8.03 * billion, 4.92, "llama8b", 128 * k, "bartowski/Meta-Llama-3.1-8B-Instruct-GGUF", "Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf", "Knowledge questions"),
  ]),
  ...family("Llama 3", "llama3", "no", [
    base("Llama 3 8B base", 8.03 * billion, 4.92, "llama8b", 8 * k, "QuantFactory/Meta-Llama-3-8B-GGUF", "Meta-Llama-3-8B.Q4_K_M.gguf", "What a large base model expects"),
  ]),
  ...family("Llama 2", "llama2", "no", [
    base("Llama 2 7B base", 6.74 * billion, 4.08, "llama2seven", 4 * k, "TheBloke/Llama-2-7B-GGUF", "llama-2-7b.Q4_K_M.gguf", "The model of many published studies"),
  ]),
  ...family("Mistral", "apache", "no", [
    base("Mistral 7B v0.1 base", 7.24 * billion, 4.37, "mistral7b", 32 * k, "TheBloke/Mistral-7B-v0.1-GGUF", "mistral-7b-v0.1.Q4_K_M.gguf", "A base model with an open licence"),
    chat("Mistral 7B Instruct v0.3", 7.25 * billion, 4.37, "mistral7b", 32 * k, "bartowski/Mistral-7B-Instruct-v0.3-GGUF", "Mistral-7B-Instruct-v0.3-Q4_K_M.gguf", "Plain answers with an open licence"),
    chat("Mistral Nemo 12B Instruct", 12.2 * billion, 7.48, "nemo", 128 * k, "bartowski/Mistral-Nemo-Instruct-2407-GGUF", "Mistral-Nemo-Instruct-2407-Q4_K_M.gguf", "Many languages, long prompts"),
  ]),
  ...family("Phi", "mit", "no", [
    base("Phi-2", 2.78 * billion, 1.79, "phi2", 2 * k, "TheBloke/phi-2-GGUF", "phi-2.Q4_K_M.gguf", "A base model of textbooks and code"),
    chat("Phi-4 mini", 3.84 * billion, 2.49, "phi4mini", 128 * k, "unsloth/Phi-4-mini-instruct-GGUF", "Phi-4-mini-instruct-Q4_K_M.gguf", "Mathematics and instructions with 8 GB"),
    chat("Phi-4", 14.66 * billion, 9.05, "phi4", 16 * k, "bartowski/phi-4-GGUF", "phi-4-Q4_K_M.gguf", "Mathematics and judging with 24 GB"),
  ]),
  ...family("Phi", "mit", "always", [
    chat("Phi-4 mini reasoning", 3.84 * billion, 2.49, "phi4mini", 128 * k, "unsloth/Phi-4-mini-reasoning-GGUF", "Phi-4-mini-reasoning-Q4_K_M.gguf", "Beside Phi-4 mini: what thinking adds"),
  ]),
  ...family("Granite 3.3", "apache", "switchable", [
    chat("Granite 3.3 2B", 2.53 * billion, 1.55, "granite2b", 128 * k, "ibm-granite/granite-3.3-2b-instruct-GGUF", "granite-3.3-2b-instruct-Q4_K_M.gguf", "Answers from a given text"),
    chat("Granite 3.3 8B", 8.17 * billion, 4.94, "granite8b", 128 * k, "ibm-granite/granite-3.3-8b-instruct-GGUF", "granite-3.3-8b-instruct-Q4_K_M.gguf", "Answers from a given text, with thinking when asked"),
  ]),
  ...family("OLMo 2", "apache", "no", [
    chat("OLMo 2 1B Instruct", 1.48 * billion, 0.94, "olmo1b", 4 * k, "allenai/OLMo-2-0425-1B-Instruct-GGUF", "OLMo-2-0425-1B-Instruct-Q4_K_M.gguf", "Its training data are public: check what it knows against them"),
  ]),
];

type Entry = Omit<CatalogueModel, "family" | "licence" | "thinking">;

function family(name: string, licence: Licence, thinking: CatalogueModel["thinking"], entries: readonly Entry[]) {
  return entries.map((entry) => ({ ...entry, family: name, licence: licences[licence], thinking }));
}

function chat(...row: Row): Entry {
  return entry("chat", row);
}

function base(...row: Row): Entry {
  return entry("base", row);
}

type Row = readonly [
  name: string,
  parameters: number,
  gigabytes: number,
  architecture: ArchitectureName,
  contextSize: number,
  repository: string,
  file: string,
  goodFor: string,
  gated?: boolean,
];

function entry(kind: CatalogueModel["kind"], row: Row): Entry {
  const [name, parameters, gigabytes, architecture, contextSize, repository, file, goodFor, gated = false] = row;
  return {
    id: `${repository}/${file}`,
    name,
    parameters,
    kind,
    gated,
    contextSize,
    quantization: quantizationInName(modelName(file)) ?? "",
    approximateBytes: gigabytes * billion,
    repository,
    file,
    goodFor,
    ...sizesOf(architecture),
  };
}
