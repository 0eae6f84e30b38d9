import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Prompt, plainSampler, type Sampler } from "../../../../src/inference/engine";
import type { LlamaEngine } from "../../../../src/inference/llama/runtime/llamaEngine";
import { chiSquare, chiSquareTail } from "./chiSquare";
import { loadSpecimen, sampled } from "./engines";

/** For the plain distribution and for all stages together; single stages get by with fewer. */
const DRAWS = 4000;
const FEW_DRAWS = 1000;
/** The seeds are fixed, so this either always passes or never: a right sampler had one chance in a thousand to be refused. */
const P_VALUE = 0.001;

const prompt: Prompt = { kind: "text", text: "Once upon a time there was a" };
let engine: LlamaEngine;
beforeAll(async () => {
  engine = await loadSpecimen("base");
});
afterAll(() => engine.close());

/** The contract's stages, written out plainly over the whole vocabulary: what the sampler should draw from. */
function expectedShares(logits: ReadonlyMap<number, number>, sampler: Sampler): Map<number, number> {
  const share = (entries: [number, number][]) => {
    const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
    return entries.map(([id, weight]): [number, number] => [id, weight / total]);
  };
  const max = Math.max(...logits.values());
  let kept = share([...logits].map(([id, logit]) => [id, Math.exp((logit - max) / sampler.temperature)]));
  kept.sort((a, b) => b[1] - a[1]);
  if (sampler.topK > 0) kept = share(kept.slice(0, sampler.topK));
  if (sampler.topP < 1) {
    let before = 0;
    kept = share(
      kept.filter(([, p]) => {
        const keep = before < sampler.topP;
        before += p;
        return keep;
      }),
    );
  }
  if (sampler.minP > 0) kept = share(kept.filter(([, p]) => p >= sampler.minP * kept[0]![1]));
  return new Map(kept);
}

describe("sampled frequencies against the stated distribution", () => {
  it("has a chi-square tail that agrees with published values", () => {
    expect(chiSquareTail(3.841, 1)).toBeCloseTo(0.05, 4);
    expect(chiSquareTail(29.588, 10)).toBeCloseTo(0.001, 5);
    expect(chiSquareTail(124.342, 100)).toBeCloseTo(0.05, 4);
  });

  const samplers: Readonly<Record<string, Sampler>> = {
    plain: plainSampler,
    "temperature 0.7": { ...plainSampler, temperature: 0.7 },
    "temperature 1.8": { ...plainSampler, temperature: 1.8 },
    "top-k 12": { ...plainSampler, topK: 12 },
    "top-p 0.8": { ...plainSampler, topP: 0.8 },
    "min-p 0.1": { ...plainSampler, minP: 0.1 },
    "temperature 1.3, top-k 40, top-p 0.9, min-p 0.05": {
      ...plainSampler,
      temperature: 1.3,
      topK: 40,
      topP: 0.9,
      minP: 0.05,
    },
  };

  it.each(Object.entries(samplers))("%s", async (name, sampler) => {
    const all = await engine.next(prompt, { topK: Infinity });
    const shares = expectedShares(new Map(all.top.map(({ id, logit }) => [id, logit!])), sampler);
    const draws = name === "plain" || name.includes(",") ? DRAWS : FEW_DRAWS;
    const seeds = Array.from({ length: draws }, (_, index) => index);
    const { tokens, ends } = await sampled(engine, {
      prompt,
      seeds,
      sampler,
      maxTokens: 1,
      topK: 0,
    });
    const counts = new Map<number, number>();
    let ended = 0;
    tokens.forEach(([token], index) => {
      if (!token) {
        expect(ends[index]!.reason).toBe("endToken");
        ended++;
        return;
      }
      counts.set(token.id, (counts.get(token.id) ?? 0) + 1);
      expect(token.sampledWith).toBeCloseTo(shares.get(token.id)!, 5);
      expect(token.logProb).toBeCloseTo(all.top.find(({ id }) => id === token.id)!.logProb, 5);
    });
    const endShare = [...shares].reduce(
      (sum, [id, p]) => (all.top.find((each) => each.id === id)!.special ? sum + p : sum),
      0,
    );
    const ids = [...shares.keys()].filter((id) => !all.top.find((each) => each.id === id)!.special);
    const { statistic, df } = chiSquare(
      [...ids.map((id) => counts.get(id) ?? 0), ended],
      [...ids.map((id) => shares.get(id)! * draws), endShare * draws],
    );
    expect(df).toBeGreaterThan(2);
    expect(chiSquareTail(statistic, df)).toBeGreaterThan(P_VALUE);
    console.info(
      `chi-square ${statistic.toFixed(1)} with ${df} degrees of freedom, p = ${chiSquareTail(statistic, df).toFixed(3)}`,
    );
  });

  it("bias and penalty change what is drawn from, and leave the raw log-probabilities", async () => {
    const all = await engine.next(prompt, { topK: Infinity });
    const [first, second] = all.top;
    const request = { prompt, seeds: Array.from({ length: 400 }, (_, index) => index), maxTokens: 1, topK: 0 };
    const forbidden = await sampled(engine, {
      ...request,
      sampler: plainSampler,
      logitBias: [{ id: first!.id, bias: -Infinity }],
    });
    const left = 1 - Math.exp(first!.logProb);
    const drawn = forbidden.tokens.flat();
    expect(drawn.some(({ id }) => id === first!.id)).toBe(false);
    for (const token of drawn.filter(({ id }) => id === second!.id)) {
      expect(token.sampledWith).toBeCloseTo(Math.exp(second!.logProb) / left, 5);
      expect(token.logProb).toBeCloseTo(second!.logProb, 5);
    }
    expect(drawn.filter(({ id }) => id === second!.id).length).toBeGreaterThan(0);
  });
});
