import { describe, expect, it } from "vitest";
import { catalogueModels, normalizeModelName, resolve, shippedTokenizers } from "../../../src/tokenizers/catalogue";

const shippedNames = new Set(shippedTokenizers().map((info) => info.name));

describe("catalogue", () => {
  it.each([
    ["gpt-4o", "gpt-4o", "o200k_base", "exact"],
    ["gpt-4o-2024-08-06", "gpt-4o", "o200k_base", "exact"],
    ["openai/GPT-4o-mini", "gpt-4o", "o200k_base", "exact"],
    ["openrouter/openai/gpt-4o:extended", "gpt-4o", "o200k_base", "exact"],
    ["ft:gpt-4o-mini-2024-07-18:org::abc", "gpt-4o", "o200k_base", "exact"],
    ["chatgpt-4o-latest", "gpt-4o", "o200k_base", "exact"],
    ["gpt-4.1-nano", "gpt-4.1", "o200k_base", "exact"],
    ["gpt-4-0613", "gpt-4", "cl100k_base", "exact"],
    ["gpt-4-1106-preview", "gpt-4-turbo", "cl100k_base", "exact"],
    ["gpt-35-turbo", "gpt-3.5-turbo", "cl100k_base", "exact"],
    ["gpt-5-mini", "gpt-5", "o200k_base", "exact"],
    ["o3-mini", "o3", "o200k_base", "exact"],
    ["o1-preview-2024-09-12", "o1-mini", "o200k_base", "exact"],
    ["openai/gpt-oss-20b", "gpt-oss", "o200k_harmony", "exact"],
    ["gpt2", "gpt2", "r50k_base", "exact"],
    ["gpt-9-ultra", "gpt", "o200k_base", "estimate"],
    ["us.anthropic.claude-sonnet-4-20250514-v1:0", "claude", "o200k_base", "estimate"],
    ["models/gemini-2.5-flash", "gemini", "o200k_base", "estimate"],
    ["meta-llama/Llama-3.1-8B-Instruct", "llama-3.1", "cl100k_base", "estimate"],
    ["meta-llama/Meta-Llama-3-8B", "llama-3", "cl100k_base", "estimate"],
    ["llama3.2:1b", "llama-3.1", "cl100k_base", "estimate"],
    ["Llama-3-1B-finetune", "llama-3", "cl100k_base", "estimate"],
    ["meta-llama/Llama-2-7b-chat-hf", "llama-2", "p50k_base", "estimate"],
    ["deepseek-ai/DeepSeek-R1-Distill-Llama-8B", "llama-3.1", "cl100k_base", "estimate"],
    ["deepseek-ai/DeepSeek-R1-Distill-Qwen-7B", "deepseek-r1-distill-qwen", "qwen2.5", "estimate"],
    ["deepseek-ai/DeepSeek-V3", "deepseek-v3", "deepseek-v3", "exact"],
    ["deepseek-r1", "deepseek-r1", "deepseek-v3", "estimate"],
    ["Qwen/Qwen2.5-Coder-7B-Instruct", "qwen2.5", "qwen2.5", "exact"],
    ["qwen2.5:7b-instruct-q4_K_M", "qwen2.5", "qwen2.5", "exact"],
    ["Qwen/Qwen3-4B-Instruct-2507", "qwen3-2507", "qwen3", "exact"],
    ["qwen3:8b", "qwen3", "qwen3", "exact"],
    ["google/gemma-3-1b-it", "gemma-3-1b", "o200k_base", "estimate"],
    ["gemma2:2b", "gemma", "o200k_base", "estimate"],
    ["mistralai/Mistral-Nemo-Instruct-2407", "mistral-nemo", "mistral-nemo", "exact"],
    ["mistral-small-latest", "mistral-small", "mistral-nemo", "estimate"],
    ["mistralai/Mistral-7B-Instruct-v0.1", "mistral", "p50k_base", "estimate"],
    ["microsoft/phi-4", "phi-4", "cl100k_base", "estimate"],
    ["phi3:mini", "phi-3", "p50k_base", "estimate"],
    ["HuggingFaceTB/SmolLM2-135M-Instruct", "smollm2", "smollm2", "exact"],
    ["grok-4", "grok", "o200k_base", "estimate"],
  ])("%s is %s, counted with %s (%s)", (name, model, tokenizer, kind) => {
    expect(resolve(name)).toMatchObject({ tokenizer, kind, model: { name: model } });
  });

  it("takes a tokenizer's own name", () => {
    for (const name of shippedNames) expect(resolve(name)).toMatchObject({ tokenizer: name, kind: "exact" });
    expect(resolve(" O200K_base ")).toEqual({ tokenizer: "o200k_base", kind: "exact" });
  });

  it("knows nothing of a name it does not know", () => {
    expect(resolve("no-such-model")).toBeUndefined();
    expect(resolve("")).toBeUndefined();
  });

  it("gives every estimate a reason and every model a shipped tokenizer", () => {
    for (const model of catalogueModels()) {
      expect(shippedNames, model.name).toContain(model.tokenizer);
      if (model.kind === "estimate") expect(model.reason, model.name).toMatch(/\w.*\.$/);
    }
  });

  it("finds every model by its own name, each name once", () => {
    const names = catalogueModels().map((model) => model.name);
    expect(new Set(names).size).toBe(names.length);
    for (const model of catalogueModels()) {
      expect(resolve(model.name)?.model?.name).toBe(model.name);
    }
  });

  it("normalises names", () => {
    expect(normalizeModelName("openrouter/openai/GPT_4o:extended")).toBe("gpt-4o");
    expect(normalizeModelName("Qwen 2.5")).toBe("qwen-2.5");
    expect(normalizeModelName("us.anthropic.claude-3-5-sonnet-20241022-v2:0")).toBe("claude-3-5-sonnet-20241022-v2");
    expect(normalizeModelName("models/gemini-2.5-pro/")).toBe("gemini-2.5-pro");
  });
});
