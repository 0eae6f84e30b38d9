import * as v from "valibot";
import { modelFacts, sampler, seed } from "../schemas";
import { generated } from "../tokenCount";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const id = v.pipe(v.string(), v.minLength(1));

/** Nobody votes on more, and a file that says so must not fill the memory. */
export const mostPrompts = 1000;
export const mostAnswers = 5000;
export const mostMatches = 2000;
export const mostContestants = 8;

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

/** When it is said who wrote what: always (side by side), after each vote, or after the last one. */
export const names = v.picklist(["always", "afterVote", "atEnd"]);

/** Where the prompts come from, for people. */
export const promptSource = v.variant("kind", [
  v.object({ kind: v.literal("typed") }),
  /** "persona.md:12". */
  v.object({ kind: v.literal("editor"), place: v.string() }),
  v.object({ kind: v.literal("file"), name: v.string() }),
]);
export type PromptSource = v.InferOutput<typeof promptSource>;

const fields = v.object({
  contestants: v.pipe(v.array(contestant), v.minLength(2), v.maxLength(mostContestants)),
  prompts: v.pipe(
    v.array(v.object({ id, text: v.pipe(v.string(), v.minLength(1)) })),
    v.minLength(1),
    v.maxLength(mostPrompts),
  ),
  source: v.optional(promptSource),
  names: v.optional(names, "afterVote"),
  /** How often each contestant answers each prompt, with other samples each time. */
  rounds: count,
  /** Of the answers. */
  seed,
  /**
   * Of the pairs' order and sides; `seed` where there is none. Drawn anew for each run and not shown: a person who runs the
   * same again must not know the sides from the last time.
   */
  sides: v.optional(seed),
});

/** What a run's size follows from. */
type Sizes = Pick<v.InferOutput<typeof fields>, "contestants" | "prompts" | "rounds" | "names">;

/** Answers a run comes to. */
export function answersIn({ contestants, prompts, rounds }: Omit<Sizes, "names">): number {
  return contestants.length * prompts.length * rounds;
}

/** Pairs a run has to vote on; none where names are shown. */
export function matchesIn({ contestants, prompts, rounds, names: when }: Sizes): number {
  return when === "always" ? 0 : ((contestants.length * (contestants.length - 1)) / 2) * prompts.length * rounds;
}

/** The whole comparison; more answers or pairs than anybody looks at are refused. */
export const arenaSpec = v.pipe(
  fields,
  v.check((spec) => answersIn(spec) <= mostAnswers, `A comparison has at most ${mostAnswers} answers.`),
  v.check((spec) => matchesIn(spec) <= mostMatches, `A comparison has at most ${mostMatches} pairs to vote on.`),
);
export type ArenaSpec = v.InferOutput<typeof arenaSpec>;

const choice = v.picklist(["left", "right", "tie", "bothBad"]);
export type Choice = v.InferOutput<typeof choice>;
export const choices = choice.options;

/** Why an answer ended: `StopReason` of engine.ts. */
export const stopReason = v.picklist(["endToken", "stopText", "stopToken", "maxTokens", "contextFull", "grammar"]);

/** An answer's place in a run. */
export const answerId = v.object({ prompt: v.string(), contestant: v.string(), round: natural });
export type AnswerId = v.InferOutput<typeof answerId>;

export function answerKey({ prompt, contestant: who, round }: AnswerId): string {
  return JSON.stringify([prompt, who, round]);
}

export const arenaEvent = v.variant("type", [
  v.object({ type: v.literal("model"), model: modelFacts }),
  v.object({
    type: v.literal("answer"),
    ...answerId.entries,
    seed,
    text: v.string(),
    reason: stopReason,
    tokens: v.array(v.string()),
    /** Raw, natural; as many as tokens, null where the model gave none. */
    logProbs: v.array(v.nullable(v.number())),
    generated,
  }),
  v.object({ type: v.literal("failed"), ...answerId.entries, message: v.string() }),
  /** A person's vote (`matches.ts` says who was left and who right); null takes it back. */
  v.object({ type: v.literal("vote"), match: v.string(), choice: v.nullable(choice) }),
  /** A person wants to know all names now: there are no more votes. */
  v.object({ type: v.literal("revealed") }),
  v.object({ type: v.literal("ended"), reason: v.picklist(["done", "stopped"]) }),
]);
export type ArenaEvent = v.InferOutput<typeof arenaEvent>;
export type AnswerEvent = Extract<ArenaEvent, { type: "answer" }>;
