/**
 * What an exploration is made of, as schemas that check files and messages and as types. All of it is plain JSON data:
 * null stands where a thing is not known. Log-probabilities are natural logs of the model's raw distribution.
 */
import * as v from "valibot";
import { sampler, seed } from "../schemas";

export { sampler, seed };

export const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
const unit = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** Rounding leaves a log-probability of a sure token a hair above 0. */
const logProb = v.pipe(v.number(), v.finite(), v.maxValue(1e-3));

const tokenFields = {
  id: natural,
  /** Its text in its place; bytes that a character shares with its neighbour are U+FFFD. */
  text: v.string(),
  /** Its own bytes in hex where they are no whole characters. */
  bytes: v.exactOptional(v.string()),
  special: v.exactOptional(v.boolean()),
};
export const token = v.object(tokenFields);
export type Token = v.InferOutput<typeof token>;

const entry = v.object({ ...tokenFields, logProb });
/** A token that could come next. */
export type Entry = v.InferOutput<typeof entry>;

const entropy = v.object({ nats: v.pipe(v.number(), v.minValue(0)), exact: v.boolean() });
/** In nats; not exact: a lower bound, the rest being seen as one bucket. */
export type EntropyValue = v.InferOutput<typeof entropy>;

export const distribution = v.object({
  /** Likeliest first. The whole vocabulary when `tail` is 0 and `tailTokens` is 0. */
  entries: v.pipe(v.array(entry), v.minLength(1)),
  /** No token outside of `entries` is likelier than this; entries below it are known, but not their rank. */
  ceiling: v.number(),
  /** Probability of all tokens that are not in `entries`. */
  tail: unit,
  /** How many they are; null where the size of the vocabulary is unknown. */
  tailTokens: v.nullable(natural),
  entropy,
  /** logit - logProb, the same for every token; null where the engine gives no logits (no repetition penalty then). */
  logitShift: v.nullable(finite),
});
/** What the model expects next, raw. */
export type NextDistribution = v.InferOutput<typeof distribution>;

export const message = v.object({ role: v.string(), content: v.string(), name: v.exactOptional(v.string()) });

export const promptAs = v.picklist(["text", "chat"]);
export type PromptAs = v.InferOutput<typeof promptAs>;

export const prompt = v.variant("as", [
  /** A raw document that the model goes on with. */
  v.object({ as: v.literal("text"), text: v.string(), parseSpecial: v.boolean() }),
  /** A chat through the model's own template; `answerStart` is how the answer already begins. */
  v.object({
    as: v.literal("chat"),
    messages: v.pipe(v.array(message), v.minLength(1)),
    answerStart: v.string(),
    parseSpecial: v.boolean(),
  }),
]);
export type ExploredPrompt = v.InferOutput<typeof prompt>;

const promptToken = v.object({
  ...tokenFields,
  /** Index of the message it belongs to; null for the template's own tokens and in a raw text. */
  message: v.nullable(natural),
});
/** A token of the prompt as the model gets it. */
export type ExploredToken = v.InferOutput<typeof promptToken>;

export const promptTokens = v.array(promptToken);

export const tokenScore = v.object({
  logProb: v.nullable(logProb),
  /** 1 for the likeliest. */
  rank: v.nullable(natural),
  /** Of what the model expected before this token. */
  entropy: v.nullable(entropy),
});
export type ExploredScore = v.InferOutput<typeof tokenScore>;

/** As `ModelFacts`, with null for undefined. */
export const model = v.object({
  id: v.string(),
  name: v.string(),
  kind: v.picklist(["builtIn", "gguf", "served", "editor"]),
  contextSize: v.nullable(natural),
  vocabularySize: v.nullable(natural),
  hasChatTemplate: v.boolean(),
  addsBos: v.boolean(),
  build: v.string(),
  fingerprint: v.nullable(v.string()),
});
export type ExploredModel = v.InferOutput<typeof model>;

export const origin = v.picklist(["taken", "written", "drawn", "greedy", "beam"]);
/** How a token came into the tree: chosen by a person, written by hand, or by the model's continuation. */
export type Origin = v.InferOutput<typeof origin>;

const grownToken = v.object({
  ...tokenFields,
  /** Raw; null where the engine gave none. */
  logProb: v.nullable(logProb),
  /** Entropy before it. */
  entropy: v.nullable(entropy),
});
/** A token that goes into the tree. */
export type GrownToken = v.InferOutput<typeof grownToken>;
export const grownTokens = v.pipe(v.array(grownToken), v.minLength(1));

export const treeNode = v.object({
  /** Unique in the exploration, never used again. */
  id: natural,
  /** null for the root, which stands for the prompt and has no token. */
  parent: v.nullable(natural),
  token: v.nullable(grownToken),
  origin: v.nullable(origin),
  /** Set aside: drawn dotted, left out of the beam. What comes after it is left out as well. */
  pruned: v.boolean(),
});
export type TreeNode = v.InferOutput<typeof treeNode>;

export const tree = v.object({
  /** In the order they were added, the root first: a parent always stands before its children. */
  nodes: v.pipe(v.array(treeNode), v.minLength(1)),
  /** Id of the node one stands on; what comes next is asked after its path. */
  hand: natural,
});
export type Tree = v.InferOutput<typeof tree>;

export const rival = v.object({
  /** Another model; null for the same. */
  model: v.nullable(v.object({ id: v.string(), name: v.string() })),
  /** Another prompt; null for the same one. The path in hand is appended to it. */
  prompt: v.nullable(prompt),
  /** Its own sampler: the two distributions may differ in this alone, which needs no model call. */
  sampler,
});
/** The other side of a comparison. */
export type Rival = v.InferOutput<typeof rival>;
