/** What the details page of a model and the extension host say to each other. Sizes are bytes, contexts are tokens. */
import * as v from "valibot";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const nothing = v.optional(v.null());
const text = v.nullable(v.string());
const amount = v.nullable(v.number());

/** One thing an engine can or cannot do. */
const capability = v.object({
  name: v.string(),
  available: v.boolean(),
  /** What exactly it gives, or why it is missing. */
  note: v.string(),
});
export type CapabilityRow = v.InferOutput<typeof capability>;

const state = v.variant("kind", [
  v.object({ kind: v.literal("notLoaded") }),
  v.object({ kind: v.literal("loading"), fraction: amount, message: v.string() }),
  v.object({
    kind: v.literal("ready"),
    device: v.string(),
    memoryBytes: amount,
    tokensPerSecond: amount,
    contextSize: amount,
    build: v.string(),
    fingerprint: text,
  }),
  v.object({ kind: v.literal("failed"), message: v.string(), details: text }),
]);

/** What the list says of the model, and what it is doing. */
const summary = v.object({
  id: v.string(),
  name: v.string(),
  kind: v.picklist(["builtIn", "gguf", "served", "editor"]),
  description: v.string(),
  location: v.string(),
  bytes: v.nullable(natural),
  roles: v.array(v.picklist(["base", "chat", "judge"])),
  /** Roles it is the default for. */
  defaults: v.array(v.picklist(["base", "chat", "judge"])),
  state,
  /** Null until the model runs. */
  capabilities: v.nullable(v.array(capability)),
});
export type Summary = v.InferOutput<typeof summary>;

const totals = { count: natural, parameters: natural, bytes: natural };
const part = v.object({ part: v.string(), ...totals });
const quantization = v.object({ type: v.string(), bitsPerWeight: v.number(), ...totals });
const tensorGroup = v.object({
  name: v.string(),
  part: v.string(),
  type: v.string(),
  shape: v.array(natural),
  ...totals,
});
export type TensorRow = v.InferOutput<typeof tensorGroup>;

/** Bytes needed with a context of so many tokens, one sequence: weights and KV cache, by the cache's number format. */
const memoryPoint = v.object({ tokens: natural, f16: v.number(), q8: v.number() });
export type MemoryPoint = v.InferOutput<typeof memoryPoint>;

const memory = v.object({
  weights: natural,
  /** Ascending by tokens, doubling. */
  points: v.array(memoryPoint),
  /** Memory of this machine that is free now. */
  free: natural,
  /** Why the figures may be off. */
  uncertain: text,
});
export type Memory = v.InferOutput<typeof memory>;

const tokenizer = v.object({
  kind: v.string(),
  preTokenizer: text,
  size: natural,
  bosId: amount,
  eosId: amount,
  addsBos: v.nullable(v.boolean()),
});

/** What stands in the model's file. */
const file = v.object({
  files: v.array(v.object({ path: v.string(), bytes: natural })),
  bytes: natural,
  version: natural,
  name: text,
  architecture: v.string(),
  quantization: v.string(),
  licence: text,
  baseModels: v.array(v.string()),
  /** In words and numbers: "Layers", 30. */
  dimensions: v.array(v.object({ name: v.string(), value: v.number() })),
  contextSize: amount,
  parameters: natural,
  tensorCount: natural,
  tiedOutput: v.boolean(),
  parts: v.array(part),
  quantizations: v.array(quantization),
  tensors: v.array(tensorGroup),
  tokenizer: v.nullable(tokenizer),
  chatTemplate: text,
  metadata: v.array(v.object({ key: v.string(), type: v.string(), value: v.string() })),
  memory: v.nullable(memory),
});
export type ModelFile = v.InferOutput<typeof file>;

export const role = v.picklist(["base", "chat", "judge"]);
export type Role = v.InferOutput<typeof role>;

export const section = v.picklist(["overview", "tensors", "tokenizer", "metadata"]);
export type Section = v.InferOutput<typeof section>;

/** Kept by VS Code with the panel, and handed back after a reload. */
export const panelState = v.object({ version: v.literal(1), id: v.string(), section });

const action = v.picklist(["load", "unload", "reveal", "copyPath", "copyTemplate", "addTokenizer", "showLog"]);
export type Action = v.InferOutput<typeof action>;

export const hostContract = {
  /** The page is drawn; null where the model is gone from the list. */
  start: { args: v.strictTuple([]), result: v.nullable(summary) },
  /** What stands in the file; null for a model without one. Rejects with the reason where it cannot be read. */
  file: { args: v.strictTuple([]), result: v.nullable(file) },
  run: { args: v.strictTuple([action]), result: nothing },
  setDefault: { args: v.strictTuple([role]), result: nothing },
} as const;

export const panelContract = {
  /** State, speed or default changed; null where the model is gone from the list. */
  summary: { args: v.strictTuple([v.nullable(summary)]), result: nothing },
} as const;
