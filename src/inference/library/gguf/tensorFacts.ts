import type { ModelPart, TensorFacts, TensorGroup, TensorTotals } from "./ggufFacts";
import type { Tensor } from "./readTensors";

/** Counts tensors and parameters by part of the model, by type, and by name without the layer. */
export function tensorFacts(tensors: readonly Tensor[]): TensorFacts {
  const groups = new Map<string, TensorGroup>();
  const byPart = new Map<ModelPart, TensorTotals>();
  const byType = new Map<string, TensorTotals>();
  for (const tensor of tensors) {
    const name = tensor.name.replace(/\bblk\.\d+\./, "blk.*.");
    const part = modelPart(tensor.name);
    const key = `${name} ${tensor.type}`;
    const group = groups.get(key) ?? { name, part, type: tensor.type, shape: tensor.shape, ...none };
    groups.set(key, { ...group, ...plus(group, tensor) });
    byPart.set(part, plus(byPart.get(part) ?? none, tensor));
    byType.set(tensor.type, plus(byType.get(tensor.type) ?? none, tensor));
  }
  const all = tensors.reduce<TensorTotals>(plus, none);
  return {
    ...all,
    byPart: [...byPart].map(([part, totals]) => ({ part, ...totals })).sort(byParameters),
    byType: [...byType]
      .map(([type, totals]) => ({ type, ...totals, bitsPerWeight: (totals.bytes * 8) / totals.parameters }))
      .sort(byParameters),
    groups: [...groups.values()],
    tiedOutput: byPart.has("embedding") && !byPart.has("output"),
  };
}

const none: TensorTotals = { count: 0, parameters: 0, bytes: 0 };

function plus(totals: TensorTotals, tensor: Tensor): TensorTotals {
  return {
    count: totals.count + 1,
    parameters: totals.parameters + tensor.parameters,
    bytes: totals.bytes + tensor.bytes,
  };
}

function byParameters(a: TensorTotals, b: TensorTotals): number {
  return b.parameters - a.parameters;
}

/** By llama.cpp's names of tensors (llama-arch.cpp); the first that fits. */
const parts: readonly (readonly [pattern: RegExp, part: ModelPart])[] = [
  [/norm/, "norm"],
  [/^(token_embd|token_types|position_embd|per_layer_token_embd)\b/, "embedding"],
  [/^(output|cls)\b/, "output"],
  [/\.(ssm|shortconv|time_mix|channel_mix)_/, "recurrent"],
  [/\.shortconv\./, "recurrent"],
  [/\.attn_/, "attention"],
  [/\.ffn_.*(exps|chexps|gate_inp|exp_probs|\.\d+\.)/, "experts"],
  [/\.ffn_/, "feedForward"],
];

function modelPart(name: string): ModelPart {
  return parts.find(([pattern]) => pattern.test(name))?.[1] ?? "other";
}
