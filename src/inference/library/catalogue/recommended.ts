import { estimateMemory } from "../../llama/memoryEstimate";
import type { HubListing, HubModelFiles } from "../hub/hubModels";
import { catalogue } from "./catalogue";
import type { CatalogueModel, Recommendation } from "./catalogueModel";

/**
 * The catalogue for a machine with `memoryBytes` to give to a model: first what fits with a context of `contextTokens` (or the
 * model's own, if that is shorter), largest first; then what does not, smallest first. For one sample at a time.
 */
export function recommended(memoryBytes: number, contextTokens = 4096): readonly Recommendation[] {
  const all = catalogue.map((model) => {
    const needs = memoryNeeded(model, Math.min(contextTokens, model.contextSize));
    return { model, needs, share: needs / memoryBytes, fits: needs <= memoryBytes };
  });
  const fitting = all.filter(({ fits }) => fits).sort((a, b) => b.needs - a.needs);
  return [...fitting, ...all.filter(({ fits }) => !fits).sort((a, b) => a.needs - b.needs)];
}

function memoryNeeded({ approximateBytes, kvCache, dimensions }: CatalogueModel, contextSize: number): number {
  const facts = { bytes: approximateBytes, kvCache, dimensions: { ...unknown, ...dimensions } };
  const use = { contextSize, sequences: 1, kvCacheType: "f16", batchSize: 512, flashAttention: true } as const;
  return estimateMemory(facts, use).total;
}

const unknown = {
  contextSize: undefined,
  layers: undefined,
  kvHeads: undefined,
  keyLength: undefined,
  valueLength: undefined,
  experts: undefined,
  expertsUsed: undefined,
  slidingWindow: undefined,
};

/**
 * A catalogue's model in what its repository offers now: the file of that name, or else one of the same quantization, which
 * repositories that were rearranged still have. Undefined where there is neither; the listing shows what there is.
 */
export function listedFiles({ file, quantization }: CatalogueModel, listing: HubListing): HubModelFiles | undefined {
  const byName = listing.models.find((model) => model.files.length === 1 && model.files[0]?.path === file);
  return byName ?? listing.models.find((model) => model.quantization === quantization);
}
