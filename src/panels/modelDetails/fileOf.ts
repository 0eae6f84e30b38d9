import { l10n } from "vscode";
import type { Memory, ModelFile } from "../../../webview/modelDetails/protocol";
import { type GgufFacts, kvCacheBytes, type MetadataEntry } from "../../inference/library";

/** What the page shows of a GGUF. `freeBytes` is the memory that is free on this machine. */
export function fileOf(facts: GgufFacts, freeBytes: number): ModelFile {
  const { dimensions, tensors, tokenizer } = facts;
  return {
    files: facts.files.map(({ path, bytes }) => ({ path, bytes })),
    bytes: facts.bytes,
    version: facts.version,
    name: facts.name ?? null,
    architecture: facts.architecture,
    quantization: facts.quantization,
    licence: facts.licence ?? null,
    baseModels: [...facts.baseModels],
    dimensions: dimensionRows(facts),
    contextSize: dimensions.contextSize ?? null,
    parameters: tensors.parameters,
    tensorCount: tensors.count,
    tiedOutput: tensors.tiedOutput,
    parts: tensors.byPart.map((part) => ({ ...part })),
    quantizations: tensors.byType.map((type) => ({ ...type })),
    tensors: tensors.groups.map((group) => ({ ...group, shape: [...group.shape] })),
    tokenizer: tokenizer
      ? {
          kind: tokenizer.kind,
          preTokenizer: tokenizer.preTokenizer ?? null,
          size: tokenizer.size,
          bosId: tokenizer.bosId ?? null,
          eosId: tokenizer.eosId ?? null,
          addsBos: tokenizer.addsBos ?? null,
        }
      : null,
    chatTemplate: facts.chatTemplate ?? null,
    metadata: facts.metadata.map((entry) => ({ key: entry.key, type: entry.type, value: shown(entry) })),
    memory: memoryOf(facts, freeBytes),
  };
}

/**
 * Contexts that a plot shows: doublings up to what the model was trained for, at most ten, and that itself. Below 256 tokens
 * a KV cache is no smaller.
 */
export function contextSteps(largest: number): number[] {
  const steps: number[] = [];
  const most = 2 ** Math.floor(Math.log2(largest));
  for (let tokens = Math.max(256, most / 256); tokens < largest; tokens *= 2) steps.push(tokens);
  return [...steps, largest];
}

function memoryOf({ tensors, dimensions, kvCache }: GgufFacts, free: number): Memory | null {
  const { contextSize } = dimensions;
  if (contextSize === undefined || contextSize < 1) return null;
  const weights = tensors.bytes;
  const points = contextSteps(contextSize).map((tokens) => ({
    tokens,
    f16: weights + kvCacheBytes(kvCache, tokens),
    q8: weights + kvCacheBytes(kvCache, tokens, { keys: "Q8_0", values: "Q8_0" }),
  }));
  return { weights, points, free, uncertain: kvCache.uncertain ?? null };
}

function dimensionRows({ dimensions }: GgufFacts): { name: string; value: number }[] {
  const rows: [string, number | undefined][] = [
    [l10n.t("Context it was trained for"), dimensions.contextSize],
    [l10n.t("Layers"), dimensions.layers],
    [l10n.t("Width of the embedding"), dimensions.embedding],
    [l10n.t("Width of the feed-forward part"), dimensions.feedForward],
    [l10n.t("Attention heads"), dimensions.heads],
    [l10n.t("Heads of keys and values"), dimensions.kvHeads],
    [l10n.t("Length of a key"), dimensions.keyLength],
    [l10n.t("Length of a value"), dimensions.valueLength],
    [l10n.t("Vocabulary"), dimensions.vocabularySize],
    [l10n.t("Experts"), dimensions.experts],
    [l10n.t("Experts used for a token"), dimensions.expertsUsed],
    [l10n.t("Sliding window"), dimensions.slidingWindow],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

function shown({ value, length }: MetadataEntry): string {
  const text = Array.isArray(value) ? value.map((item) => JSON.stringify(item)).join(", ") : String(value);
  if (length === undefined) return text;
  return Array.isArray(value)
    ? l10n.t("{0}, … ({1} in all)", text, length)
    : l10n.t("{0}… ({1} bytes in all)", text, length);
}
