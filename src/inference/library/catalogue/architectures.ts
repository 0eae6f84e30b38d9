import type { KvCacheShape } from "../gguf/kvCache";
import type { CatalogueModel } from "./catalogueModel";

/** The sizes that memory follows from, as the models' own config.json files give them. */
type Row = readonly [
  layers: number,
  embedding: number,
  feedForward: number,
  heads: number,
  kvHeads: number,
  headLength: number,
  vocabulary: number,
];

const rows = {
  smol135m: [30, 576, 1536, 9, 3, 64, 49_152],
  smol360m: [32, 960, 2560, 15, 5, 64, 49_152],
  smol17b: [24, 2048, 8192, 32, 32, 64, 49_152],
  smol3b: [36, 2048, 11_008, 16, 4, 128, 128_256],
  qwen25half: [24, 896, 4864, 14, 2, 64, 151_936],
  qwen25onehalf: [28, 1536, 8960, 12, 2, 128, 151_936],
  qwen25seven: [28, 3584, 18_944, 28, 4, 128, 152_064],
  qwen25fourteen: [48, 5120, 13_824, 40, 8, 128, 152_064],
  qwen3small: [28, 1024, 3072, 16, 8, 128, 151_936],
  qwen3two: [28, 2048, 6144, 16, 8, 128, 151_936],
  qwen3four: [36, 2560, 9728, 32, 8, 128, 151_936],
  qwen3eight: [36, 4096, 12_288, 32, 8, 128, 151_936],
  qwen3fourteen: [40, 5120, 17_408, 40, 8, 128, 151_936],
  llama1b: [16, 2048, 8192, 32, 8, 64, 128_256],
  llama3b: [28, 3072, 8192, 24, 8, 128, 128_256],
  llama8b: [32, 4096, 14_336, 32, 8, 128, 128_256],
  llama2seven: [32, 4096, 11_008, 32, 32, 128, 32_000],
  mistral7b: [32, 4096, 14_336, 32, 8, 128, 32_768],
  nemo: [40, 5120, 14_336, 32, 8, 128, 131_072],
  phi2: [32, 2560, 10_240, 32, 32, 80, 51_200],
  phi4mini: [32, 3072, 8192, 24, 8, 128, 200_064],
  phi4: [40, 5120, 17_920, 40, 10, 128, 100_352],
  granite2b: [40, 2048, 8192, 32, 8, 64, 49_159],
  granite8b: [40, 4096, 12_800, 32, 8, 128, 49_159],
  olmo1b: [16, 2048, 8192, 16, 16, 128, 100_352],
  gemma270m: [18, 640, 2048, 4, 1, 256, 262_144],
  gemma1b: [26, 1152, 6912, 4, 1, 256, 262_144],
  gemma4b: [34, 2560, 10_240, 8, 4, 256, 262_208],
  gemma12b: [48, 3840, 15_360, 16, 8, 256, 262_208],
} as const satisfies Record<string, Row>;

export type ArchitectureName = keyof typeof rows;

export function sizesOf(name: ArchitectureName): Pick<CatalogueModel, "dimensions" | "kvCache"> {
  const [layers, embedding, feedForward, heads, kvHeads, headLength, vocabularySize] = rows[name];
  const numbers = kvHeads * headLength;
  const kvCache: KvCacheShape = {
    layers: Array.from({ length: layers }, () => ({ keys: numbers, values: numbers })),
    fixedBytes: 0,
    uncertain: undefined,
  };
  return { dimensions: { embedding, feedForward, heads, vocabularySize }, kvCache };
}
