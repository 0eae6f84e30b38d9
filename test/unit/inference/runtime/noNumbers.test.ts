import { describe, expect, it } from "vitest";
import type {
  NativeParts,
  NativeSample,
  NativeSamplerConfig,
} from "../../../../src/inference/llama/runtime/nativeContext";
import { noNumbers } from "../../../../src/inference/llama/runtime/noNumbers";
import { RowReader } from "../../../../src/inference/llama/runtime/rowReader";

/** A row of logits as the binding answers for it; top-k by plain comparisons, which a NaN slips through. */
function rowOf(logits: readonly number[]): RowReader {
  let config: NativeSamplerConfig = {};
  const sampleToken = async (_row: number, _sampler: unknown, _p: boolean, _c: boolean, wanted: unknown) => {
    const forbidden = new Set(config.tokenBiasKeys);
    const left = logits.map((logit, id) => ({ id, logit: forbidden.has(id) ? logit - Infinity : logit }));
    const sorted = left.toSorted((a, b) => (b.logit > a.logit ? 1 : -1)).slice(0, config.topK);
    const max = Math.max(...sorted.map(({ logit }) => logit));
    const weight = left.reduce((sum, { logit }) => sum + Math.exp(logit - max), 0);
    const pairs = wanted ? sorted.flatMap(({ id, logit }) => [id, logit]) : undefined;
    return [0, undefined, undefined, pairs, weight] as NativeSample;
  };
  const newSampler = () => ({
    applyConfig: (given: NativeSamplerConfig) => {
      config = given;
    },
    dispose: () => undefined,
  });
  const native = { context: { sampleToken }, newSampler } as unknown as NativeParts;
  return new RowReader(native, logits.length, () => noNumbers("Gemma", "Vulkan"));
}

const plain = [1, 4, 2, 3, 0, -1];

describe("a row of logits", () => {
  it("is read where all of them are numbers", async () => {
    const total = Math.log(plain.reduce((sum, logit) => sum + Math.exp(logit), 0));
    for (const k of [3, 6]) expect((await rowOf(plain).raw(0, k)).logWeight).toBeCloseTo(total, 10);
    expect((await rowOf(plain).measured(0, 3, [4])).asked.get(4)).toBe(0);
  });

  it.each([
    ["NaN throughout", plain.map(() => NaN)],
    ["NaN among the likely ones", plain.with(1, NaN)],
    ["NaN among the rest", plain.with(5, NaN)],
    ["an overflow", plain.with(1, Infinity)],
    ["nothing that is possible", plain.map(() => -Infinity)],
  ])("is refused with what to do about it: %s", async (_, logits) => {
    const rows = rowOf(logits);
    for (const read of [rows.raw(0, 3), rows.raw(0, 6), rows.measured(0, 3), rows.measured(0, 6)])
      await expect(read).rejects.toThrow(/“Gemma” gives no numbers on this device \(Vulkan\).*Try the CPU/);
  });
});

it("does not send those to the CPU who are there", () => {
  expect(noNumbers("Gemma", "CPU").message).toMatch(/\(CPU\): its file may be damaged/);
  expect(noNumbers("Gemma", "CPU").message).not.toMatch(/cuda|vulkan|metal|Try the CPU/i);
});
