import { describe, expect, it } from "vitest";
import { catalogue, hubRepository, kvCacheBytes, listedFiles, recommended } from "../../../../src/inference/library";

const gigabyte = 1e9;

describe("the catalogue", () => {
  it("has whole entries, each once", () => {
    expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
    for (const model of catalogue) {
      expect(hubRepository(model.repository), model.id).toBe(model.repository);
      expect(model.file).toMatch(/\.gguf$/);
      expect(model.quantization, model.id).toMatch(/^(Q8_0|Q4_K_M|Q4_0)$/);
      expect(model.licence.url).toMatch(/^https:/);
      expect(model.contextSize).toBeGreaterThanOrEqual(2048);
    }
  });

  it("has sizes that parameters and quantization bear out", () => {
    for (const { id, parameters, quantization, approximateBytes } of catalogue) {
      const bits = (approximateBytes * 8) / parameters;
      // Small models keep their embedding in more bits; some repeat it as the output layer.
      const [least, most] = quantization === "Q8_0" ? [8.3, 11.2] : quantization === "Q4_0" ? [4.4, 8.5] : [4.7, 6.6];
      expect(bits, id).toBeGreaterThan(least);
      expect(bits, id).toBeLessThan(most);
    }
  });

  it("counts the parameters of each architecture to within what its repository says", () => {
    for (const { id, parameters, dimensions, kvCache } of catalogue) {
      const { embedding = 0, feedForward = 0, heads = 0, vocabularySize = 0 } = dimensions;
      const layers = kvCache.layers.length;
      const { keys = 0, values = 0 } = kvCache.layers[0] ?? {};
      const headLength = id.includes("Qwen3") ? 128 : id.includes("gemma") ? 256 : embedding / heads;
      const attention = 2 * embedding * heads * headLength + embedding * (keys + values);
      // Two matrices of the feed-forward part in Phi-2, three in all others; the output layer may share the embedding's.
      const inner = (id.includes("phi-2") ? 2 : 3) * embedding * feedForward;
      const body = layers * (attention + inner);
      const ratio = [1, 2].map((copies) => (body + copies * embedding * vocabularySize) / parameters);
      expect(Math.min(...ratio.map((each) => Math.abs(each - 1))), `${id} ${ratio}`).toBeLessThan(0.03);
    }
  });

  it("offers base and chat, with thinking and without, from 0.1 to 14 billion parameters", () => {
    const kinds = new Set(catalogue.map(({ kind, thinking }) => `${kind} ${thinking}`));
    expect([...kinds].sort()).toEqual(["base no", "chat always", "chat no", "chat switchable"]);
    const sizes = catalogue.map(({ parameters }) => parameters);
    expect(Math.min(...sizes)).toBeLessThan(0.2 * gigabyte);
    expect(Math.max(...sizes)).toBeGreaterThan(14 * gigabyte);
  });
});

describe("recommended", () => {
  it("puts the largest that fits first, and what does not fit behind", () => {
    const list = recommended(8 * gigabyte);
    expect(list).toHaveLength(catalogue.length);
    const fitting = list.filter(({ fits }) => fits);
    expect(list.slice(0, fitting.length)).toEqual(fitting);
    expect(fitting.map(({ needs }) => needs)).toEqual(fitting.map(({ needs }) => needs).sort((a, b) => b - a));
    for (const { needs, share, fits, model } of list) {
      expect(needs).toBeGreaterThan(model.approximateBytes);
      expect(share).toBeCloseTo(needs / (8 * gigabyte));
      expect(fits).toBe(needs <= 8 * gigabyte);
    }
    expect(fitting.some(({ model }) => model.parameters > 6 * gigabyte)).toBe(true);
    expect(fitting.some(({ model }) => model.parameters > 14 * gigabyte)).toBe(false);
  });

  it("needs more for a longer context, as the KV cache grows", () => {
    const needs = (context: number) =>
      recommended(8 * gigabyte, context).find(({ model }) => model.name === "Qwen3 4B")?.needs ?? 0;
    expect(needs(32_768)).toBeGreaterThan(needs(4096) + gigabyte);
    // 36 layers x 8 heads x 128 numbers x 2 bytes x keys and values.
    const { kvCache } = catalogue.find(({ name }) => name === "Qwen3 4B") ?? {};
    expect(kvCache && kvCacheBytes(kvCache, 4096)).toBe(4096 * 36 * 8 * 128 * 2 * 2);
  });
});

describe("listedFiles", () => {
  it("takes the named file, or one of its quantization where the repository was rearranged", () => {
    const [model] = catalogue;
    if (!model) throw new Error("no models");
    const offered = (path: string, quantization: string) => ({
      name: path,
      quantization,
      bytes: 1,
      files: [{ path, bytes: 1, sha256: undefined }],
    });
    const listing = (...models: ReturnType<typeof offered>[]) => ({
      repository: model.repository,
      revision: "0".repeat(40),
      gated: false,
      licence: undefined,
      models,
    });
    const named = offered(model.file, "Q8_0");
    expect(listedFiles(model, listing(offered("other-Q8_0.gguf", "Q8_0"), named))).toBe(named);
    expect(listedFiles(model, listing(offered("new/other-Q8_0.gguf", "Q8_0")))?.name).toBe("new/other-Q8_0.gguf");
    expect(listedFiles(model, listing(offered("other-Q2_K.gguf", "Q2_K")))).toBeUndefined();
  });
});
