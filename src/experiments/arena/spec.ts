import * as v from "valibot";
import { modelFacts, sampler, seed } from "../schemas";

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const id = v.pipe(v.string(), v.minLength(1));

/** A model with a way to ask it: what is compared may be models, prompts or settings. */
export const contestant = v.object({
  /** Unique in a run. */
  id,
  /** Hidden until the vote. */
  name: v.string(),
  model: v.string(),
  system: v.optional(v.string()),
  /** What is sent; `{prompt}` stands for the person's own prompt. */
  template: v.string(),
  /** Whether a model with a chat template is asked in it. */
  chat: v.boolean(),
  /** Texts that end an answer. */
  stops: v.optional(v.array(v.string())),
  sampler,
  maxTokens: count,
});
export type Contestant = v.InferOutput<typeof contestant>;

export const arenaSpec = v.object({
  contestants: v.pipe(v.array(contestant), v.minLength(2), v.maxLength(16)),
  prompts: v.pipe(v.array(v.object({ id, text: v.pipe(v.string(), v.minLength(1)) })), v.minLength(1)),
  /** How often each pair of contestants meets on each prompt, with other samples each time. */
  rounds: count,
  seed,
});
export type ArenaSpec = v.InferOutput<typeof arenaSpec>;

const choice = v.picklist(["left", "right", "tie", "bothBad"]);
export type Choice = v.InferOutput<typeof choice>;

const side = v.object({ text: v.string(), seed, tokens: v.pipe(v.number(), v.integer(), v.minValue(0)) });

export const arenaEvent = v.variant("type", [
  v.object({ type: v.literal("model"), model: modelFacts }),
  /** Both answers of a match (`matches.ts` says who is left and who right). */
  v.object({ type: v.literal("match"), match: v.string(), left: side, right: side }),
  v.object({ type: v.literal("failed"), match: v.string(), message: v.string() }),
  /** A person's vote; null takes it back. */
  v.object({ type: v.literal("vote"), match: v.string(), choice: v.nullable(choice) }),
  v.object({ type: v.literal("ended"), reason: v.picklist(["done", "stopped"]) }),
]);
export type ArenaEvent = v.InferOutput<typeof arenaEvent>;
export type MatchEvent = Extract<ArenaEvent, { type: "match" }>;
