import * as v from "valibot";
import * as d from "./data";

/** What an exploration starts from. */
export const explorerSpec = v.object({
  model: d.model,
  prompt: d.prompt,
  sampler: d.sampler,
  /** Of the coin and of drawn continuations. */
  seed: d.seed,
});
export type ExplorerSpec = v.InferOutput<typeof explorerSpec>;

const side = v.picklist(["own", "rival"]);
export type Side = v.InferOutput<typeof side>;

export const explorerEvent = v.variant("type", [
  /** Another model or prompt: a new tree. */
  v.object({ type: v.literal("begin"), model: d.model, prompt: d.prompt }),
  /** What the model says of itself, once it is there. */
  v.object({ type: v.literal("model"), model: d.model }),
  /** The prompt as the model gets it. */
  v.object({ type: v.literal("prompt"), side, tokens: d.promptTokens }),
  v.object({ type: v.literal("scores"), side, scores: v.array(d.tokenScore) }),
  /** What the model expects after a node's path. */
  v.object({ type: v.literal("outlook"), side, node: d.natural, distribution: d.distribution }),
  v.object({
    type: v.literal("grow"),
    parent: d.natural,
    tokens: d.grownTokens,
    origin: d.origin,
    /** Whether one stands on the last of them then. */
    move: v.boolean(),
    /** Belongs to the growth before: undone together with it. */
    joined: v.boolean(),
  }),
  v.object({ type: v.literal("go"), node: d.natural }),
  v.object({ type: v.literal("prune"), node: d.natural, pruned: v.boolean() }),
  v.object({ type: v.literal("undo") }),
  v.object({ type: v.literal("sampler"), side, sampler: d.sampler }),
  v.object({ type: v.literal("seed"), seed: d.seed }),
  /** How often the coin was tossed at a node, in all. */
  v.object({ type: v.literal("tosses"), node: d.natural, tosses: d.natural }),
  v.object({ type: v.literal("rival"), rival: v.nullable(d.rival) }),
  /** The rival's model as it is, and whether its token ids mean the same. */
  v.object({ type: v.literal("rivalModel"), model: d.model, sameVocabulary: v.boolean() }),
]);
export type ExplorerEvent = v.InferOutput<typeof explorerEvent>;
