import { EngineError, type SampleRequest, type Sampler } from "../engine";
import type { Abilities } from "./abilities";
import type { PreparedPrompt } from "./preparedPrompt";
import { schemaBody } from "./probe";
import { samplerBody, withoutLeftOut } from "./program";

export interface BodyOptions {
  readonly model: string;
  readonly host: string;
  readonly found: Abilities;
  readonly sampler: Sampler;
  readonly maxTokens: number;
  /** Alternatives wanted; undefined for no log-probabilities at all. */
  readonly topK: number | undefined;
}

/** What every request for text has. */
export function baseBody(prepared: PreparedPrompt, options: BodyOptions): Record<string, unknown> {
  const { model, host, found, sampler, maxTokens, topK } = options;
  // Some servers give nothing at all for 0 alternatives, not even the token's own.
  const wanted = topK === undefined ? undefined : Math.max(1, topK);
  const chat = prepared.path === "/chat/completions";
  return {
    model,
    ...(chat ? prepared.body : { prompt: prepared.prompt }),
    [chat ? found.maxTokensName : "max_tokens"]: maxTokens,
    ...withoutLeftOut(samplerBody(sampler, found.program.name, host), found.leftOut),
    ...(wanted !== undefined && (chat ? { logprobs: true, top_logprobs: wanted } : { logprobs: wanted })),
    ...(found.program.name === "vLLM" && { return_token_ids: true }),
  };
}

/** One sample's request, streamed. Throws an EngineError ("unsupported") for what this server does not know. */
export function sampleBody(
  prepared: PreparedPrompt,
  request: SampleRequest,
  seed: number,
  options: Omit<BodyOptions, "sampler" | "maxTokens" | "topK">,
): Record<string, unknown> {
  const { found, host } = options;
  const program = found.program.name;
  const topK = found.logProbs.available ? Math.min(request.topK, found.logProbs.topK) : undefined;
  return {
    ...baseBody(prepared, { ...options, sampler: request.sampler, maxTokens: request.maxTokens, topK }),
    stream: true,
    stream_options: { include_usage: true },
    // Where seeds do nothing they are left out: some servers refuse what they do not know.
    ...(found.seeds.available && { seed }),
    ...(request.stop?.length && { stop: request.stop }),
    ...stopTokens(request, program, host),
    ...logitBias(request, program),
    ...grammar(request, found, host),
  };
}

function stopTokens({ stopTokens: ids }: SampleRequest, program: string, host: string): object {
  if (!ids?.length) return {};
  if (program === "vLLM") return { stop_token_ids: ids };
  throw new EngineError("unsupported", `${host} cannot stop at single tokens. Use stop texts instead.`);
}

function logitBias({ logitBias: biases }: SampleRequest, program: string): object {
  if (!biases?.length) return {};
  if (biases.some(({ id }) => id < 0))
    throw new EngineError("unsupported", "A token whose id is not known cannot be given a bias.");
  if (program === "llama.cpp")
    return { logit_bias: biases.map(({ id, bias }) => [id, bias === Number.NEGATIVE_INFINITY ? false : bias]) };
  // The interface takes -100 to 100; -100 is as good as never.
  return {
    logit_bias: Object.fromEntries(biases.map(({ id, bias }) => [id, Math.max(-100, Math.min(100, bias))])),
  };
}

function grammar({ grammar: wanted }: SampleRequest, found: Abilities, host: string): object {
  if (!wanted) return {};
  const program = found.program.name;
  if (wanted.kind === "gbnf") {
    if (program === "llama.cpp" || program === "llama-cpp-python") return { grammar: wanted.text };
    throw new EngineError("unsupported", `${host} takes no GBNF grammar. Use a JSON schema, or a llama.cpp server.`);
  }
  if (!found.jsonSchema.available) throw new EngineError("unsupported", found.jsonSchema.reason);
  return schemaBody(wanted.schema, program);
}
