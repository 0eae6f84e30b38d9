import * as v from "valibot";
import type { LlamaLoadOptions, LlamaRunning } from "../runtime/loadOptions";
import type { DeviceMemory } from "../runtime/surveyMemory";
import { outcome } from "./outcome";
import * as s from "./schemas";

/**
 * What the extension host and a model process say to each other, over Node's IPC with structured clones.
 *
 * One process holds one model. Each piece of work is a call with a number of the host's choosing; the bulk of its result
 * comes as numbered `part`s, so that neither side ever holds or copies a large message at once, and the answer says how
 * many parts there were. The host says how many parts it has taken; the process waits when too many are under way.
 */

const callId = v.pipe(v.number(), v.integer());

const gpu = v.picklist(["auto", "cuda", "vulkan", "metal", "cpu"]);

const loadOptions: v.GenericSchema<unknown, LlamaLoadOptions> = v.object({
  path: v.string(),
  id: v.string(),
  name: v.string(),
  kind: v.picklist(["builtIn", "gguf"]),
  fingerprint: v.exactOptional(v.string()),
  gpu,
  gpuLayers: v.union([v.number(), v.picklist(["auto", "max"])]),
  contextSize: v.union([v.number(), v.literal("auto")]),
  sequences: v.number(),
  threads: v.union([v.number(), v.literal("auto")]),
  flashAttention: v.union([v.boolean(), v.literal("auto")]),
  kvCacheType: v.picklist(["f32", "f16", "q8_0", "q5_1", "q5_0", "q4_1", "q4_0"]),
  batchSize: v.number(),
});

const memory: v.GenericSchema<unknown, DeviceMemory> = v.object({
  device: v.string(),
  gpuBytes: v.number(),
  isShared: v.boolean(),
});

const running: v.GenericSchema<unknown, LlamaRunning> = v.object({
  device: v.string(),
  deviceReason: v.string(),
  threads: v.number(),
  gpuLayers: v.number(),
  contextSize: v.number(),
  sequences: v.number(),
  flashAttention: v.union([v.boolean(), v.literal("auto")]),
  memory: v.object({
    weightsRam: v.number(),
    weightsVram: v.number(),
    contextRam: v.number(),
    contextVram: v.number(),
    resident: v.number(),
  }),
  prefillTokensPerSecond: v.undefinedable(v.number()),
  tokensPerSecond: v.undefinedable(v.number()),
});

const request = v.variant("kind", [
  v.object({ kind: v.literal("tokenize"), text: v.string(), options: s.tokenizeOptions }),
  v.object({ kind: v.literal("render"), prompt: s.prompt }),
  v.object({ kind: v.literal("score"), prompt: s.prompt, options: s.scoreOptions }),
  v.object({ kind: v.literal("next"), prompt: s.prompt, options: s.nextOptions }),
  v.object({ kind: v.literal("sample"), request: s.sampleRequest }),
]);
export type Request = v.InferOutput<typeof request>;

const part = v.variant("kind", [
  v.object({ kind: v.literal("tokens"), items: v.array(s.promptToken) }),
  v.object({ kind: v.literal("scores"), items: v.array(s.tokenScore) }),
  v.object({ kind: v.literal("alternatives"), items: v.array(s.alternative) }),
  v.object({ kind: v.literal("events"), items: v.array(s.sampleEvent) }),
]);
export type Part = v.InferOutput<typeof part>;
/** The items of one kind of part. */
export type Items<K extends Part["kind"]> = Extract<Part, { kind: K }>["items"];

const answer = v.variant("kind", [
  v.object({ kind: v.literal("tokenize"), text: v.string() }),
  v.object({ kind: v.literal("render"), text: v.string() }),
  v.object({ kind: v.literal("score"), text: v.string(), from: v.number() }),
  v.object({ kind: v.literal("next"), rest: s.distributionRest }),
  v.object({ kind: v.literal("sample") }),
]);
export type Answer = v.InferOutput<typeof answer>;

const nothing = v.undefined();

/** What a model process offers. */
export const processContract = {
  load: {
    args: v.strictTuple([loadOptions]),
    result: outcome(v.object({ model: s.modelFacts, capabilities: s.capabilities, running })),
  },
  ask: {
    args: v.strictTuple([callId, request]),
    /** The answer comes even when all parts have not: messages are in order, but their checks are not. */
    result: v.object({ parts: v.number(), outcome: outcome(answer) }),
  },
  /** What a loading would find; instead of one, in a process that is ended afterwards. */
  survey: { args: v.strictTuple([gpu]), result: outcome(memory) },
  cancel: { args: v.strictTuple([callId]), result: nothing },
  took: { args: v.strictTuple([callId, v.number()]), result: nothing },
  ping: { args: v.strictTuple([]), result: nothing },
} as const;

/** What the extension host offers to it. */
export const hostContract = {
  part: { args: v.strictTuple([callId, part]), result: nothing },
  progress: { args: v.strictTuple([v.number()]), result: nothing },
  running: { args: v.strictTuple([running]), result: nothing },
} as const;
