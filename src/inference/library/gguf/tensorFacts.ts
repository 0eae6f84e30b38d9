import type { ModelPart, TensorFacts, TensorGroup, TensorTotals } from "./ggufFacts";
import type { Tensor } from "./readTensors";
import type { Turns } from "./turns";

/** Counts tensors and parameters by part of the model, by type, and by name without the layer. */
export async function tensorFacts(tensors: readonly Tensor[], turns: Turns): Promise<TensorFacts> {
  const groups = new Map<string, Writable<TensorGroup>>();
  const byPart = new Map<ModelPart, Totals>();
  const byType = new Map<string, Totals>();
  const all = none();
  for (const tensor of tensors) {
    const name = tensor.name.replace(/\bblk\.\d+\./, "blk.*.");
    const part = modelPart(tensor.name);
    const key = `${name} ${tensor.type}`;
    add(
      given(groups, key, () => ({ name, part, type: tensor.type, shape: tensor.shape, ...none() })),
      tensor,
    );
    add(given(byPart, part, none), tensor);
    add(given(byType, tensor.type, none), tensor);
    add(all, tensor);
    if (turns.due) await turns.next();
  }
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

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Totals = Writable<TensorTotals>;

const none = (): Totals => ({ count: 0, parameters: 0, bytes: 0 });

/** In place: there may be tens of thousands of tensors. */
function add(totals: Totals, tensor: Tensor): void {
  totals.count++;
  totals.parameters += tensor.parameters;
  totals.bytes += tensor.bytes;
}

function given<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const there = map.get(key);
  if (there !== undefined) return there;
  const made = make();
  map.set(key, made);
  return made;
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
