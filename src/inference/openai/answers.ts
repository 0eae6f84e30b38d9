// What servers answer, as far as it is used; anything else in an answer is let pass.
import * as v from "valibot";
import { EngineError } from "../engine";

const alternative = v.object({
  token: v.string(),
  /** Null for what JSON cannot write (minus infinity). */
  logprob: v.nullable(v.number()),
  bytes: v.nullish(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255)))),
  /** llama.cpp's server says it. */
  id: v.nullish(v.number()),
});

/** Log-probabilities as chat answers have them, and llama.cpp's server everywhere. */
const listed = v.object({
  content: v.nullish(v.array(v.object({ ...alternative.entries, top_logprobs: v.nullish(v.array(alternative)) }))),
});

/** Log-probabilities as text completions have them. */
const columns = v.object({
  tokens: v.array(v.string()),
  token_logprobs: v.array(v.nullable(v.number())),
  top_logprobs: v.nullish(v.array(v.nullable(v.record(v.string(), v.nullable(v.number()))))),
});

/** vLLM's: for each token of the prompt, by id. The first one has nothing before it. */
const promptLogProbs = v.array(
  v.nullable(
    v.record(
      v.string(),
      v.object({
        logprob: v.nullable(v.number()),
        rank: v.nullish(v.number()),
        decoded_token: v.nullish(v.string()),
      }),
    ),
  ),
);

const said = v.object({
  content: v.nullish(v.string()),
  /** Thoughts, where the server keeps them apart from the answer. */
  reasoning_content: v.nullish(v.string()),
  reasoning: v.nullish(v.string()),
});

const choice = v.object({
  text: v.nullish(v.string()),
  message: v.nullish(said),
  delta: v.nullish(said),
  finish_reason: v.nullish(v.string()),
  /** vLLM: the stop text or token; null for the end of the text. */
  stop_reason: v.optional(v.nullable(v.union([v.string(), v.number()]))),
  logprobs: v.nullish(v.union([columns, listed])),
  prompt_logprobs: v.nullish(promptLogProbs),
  prompt_token_ids: v.nullish(v.array(v.number())),
  token_ids: v.nullish(v.array(v.number())),
});

const usage = v.object({ prompt_tokens: v.number(), completion_tokens: v.nullish(v.number()) });

/** An answer, or one event of a streamed one. */
const completion = v.object({
  choices: v.array(choice),
  usage: v.nullish(usage),
});

const modelList = v.object({
  data: v.array(
    v.object({
      id: v.string(),
      owned_by: v.nullish(v.string()),
      max_model_len: v.nullish(v.number()),
      meta: v.nullish(v.object({ n_vocab: v.nullish(v.number()), n_ctx_train: v.nullish(v.number()) })),
    }),
  ),
});

export type Completion = v.InferOutput<typeof completion>;
export type Choice = Completion["choices"][number];
export type PromptLogProbs = v.InferOutput<typeof promptLogProbs>;
export type ListedModel = v.InferOutput<typeof modelList>["data"][number];

/** Throws an EngineError for what is no completion, with the server's own error where it sent one instead. */
export function readCompletion(data: unknown, host: string): Completion {
  const failed = v.safeParse(v.object({ error: v.union([v.string(), v.object({ message: v.string() })]) }), data);
  if (failed.success) {
    const { error } = failed.output;
    const message = typeof error === "string" ? error : error.message;
    throw new EngineError("server", `${host} ended its answer with an error: ${message.slice(0, 500)}`);
  }
  return read(completion, data, host, "a completion");
}

export function readModelList(data: unknown, host: string): readonly ListedModel[] {
  return read(modelList, data, host, "a list of models").data;
}

/** Throws an EngineError that says what was expected and what is wrong with the answer. */
export function read<S extends v.GenericSchema>(
  schema: S,
  data: unknown,
  host: string,
  what: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, data);
  if (result.success) return result.output;
  throw new EngineError(
    "server",
    `${host} answered with something that is not ${what}. Check that the address is an OpenAI-compatible server's.`,
    `${v.summarize(result.issues)}\n${JSON.stringify(data)?.slice(0, 1_000)}`,
  );
}
