import * as v from "valibot";
import { EngineError, type Sampler } from "../engine";
import type { ListedModel } from "./answers";
import type { ServerClient } from "./client";

/** The server programs whose own ways are known. */
export type ProgramName = "llama.cpp" | "vLLM" | "llama-cpp-python" | "Ollama" | "LM Studio" | "other";

/** What is known of a server program beyond the common paths. */
export interface Program {
  readonly name: ProgramName;
  readonly version: string | undefined;
  /** Tokens of the context, where the server says so. */
  readonly contextSize: number | undefined;
  readonly vocabularySize: number | undefined;
  /** Requests it works on at the same time, where it says so. */
  readonly slots: number | undefined;
}

const props = v.object({
  /** "router": a server of several models, each in a process of its own. */
  role: v.nullish(v.string()),
  default_generation_settings: v.object({ n_ctx: v.nullish(v.number()) }),
  total_slots: v.nullish(v.number()),
  build_info: v.nullish(v.string()),
});
const version = v.object({ version: v.string() });
const described = v.object({ info: v.object({ title: v.string(), version: v.string() }) });

/** Finds out which program answers: by what it says of its models, then by paths that only one of them has. */
export async function recognise(
  client: ServerClient,
  model: ListedModel | undefined,
  signal?: AbortSignal,
): Promise<Program> {
  const ask = async <S extends v.GenericSchema>(path: string, schema: S): Promise<v.InferOutput<S> | undefined> => {
    try {
      const result = v.safeParse(schema, await client.ownGet(path, { ...(signal && { signal }), once: true }));
      return result.success ? result.output : undefined;
    } catch (error) {
      // A path that is not there is the answer to the question; a server that is gone is not.
      if (error instanceof EngineError && error.code !== "network") return undefined;
      throw error;
    }
  };
  const known = { version: undefined, contextSize: undefined, vocabularySize: undefined, slots: undefined };
  const owner = model?.owned_by ?? "";
  if (owner === "vllm" || (model?.max_model_len ?? undefined) !== undefined)
    return {
      ...known,
      name: "vLLM",
      version: (await ask("/version", version))?.version,
      contextSize: model?.max_model_len ?? undefined,
    };
  const llama = owner === "me" ? undefined : await ask("/props", props);
  if (llama) {
    // A router's own answer says nothing of a model. Asked about one, it loads it, as the first prompt would.
    const own =
      llama.role === "router" && model ? await ask(`/props?model=${encodeURIComponent(model.id)}`, props) : llama;
    return {
      name: "llama.cpp",
      version: llama.build_info ?? undefined,
      // 0 stands for nothing known.
      contextSize: own?.default_generation_settings.n_ctx || undefined,
      vocabularySize: model?.meta?.n_vocab ?? undefined,
      slots: own?.total_slots ?? undefined,
    };
  }
  if (owner === "me") {
    const title = await ask("/openapi.json", described);
    if (title?.info.title.includes("llama.cpp"))
      return { ...known, name: "llama-cpp-python", version: title.info.version, slots: 1 };
  }
  const ollama = await ask("/api/version", version);
  if (ollama) return { ...known, name: "Ollama", version: ollama.version };
  if (await ask("/api/v0/models", v.object({ data: v.array(v.unknown()) }))) return { ...known, name: "LM Studio" };
  return { ...known, name: "other" };
}

/**
 * The sampler in the program's own words. Everything a program knows is sent, neutral values too, since each has
 * defaults of its own (llama.cpp top-k 40, vLLM what the model's makers wrote). Throws an EngineError ("unsupported")
 * for what the program does not know and would leave out in silence.
 */
export function samplerBody(sampler: Sampler, program: ProgramName, host: string): Record<string, unknown> {
  const common = { temperature: sampler.temperature, top_p: sampler.topP };
  const { topK, minP, repetitionPenalty } = sampler;
  switch (program) {
    case "llama.cpp":
      return {
        ...common,
        top_k: topK,
        min_p: minP,
        repeat_penalty: repetitionPenalty,
        repeat_last_n: 64,
        // The contract's order; the program's own puts the temperature last.
        samplers: ["penalties", "temperature", "top_k", "top_p", "min_p"],
      };
    case "llama-cpp-python":
      return { ...common, top_k: topK, min_p: minP, repeat_penalty: repetitionPenalty };
    case "vLLM":
      return { ...common, top_k: topK === 0 ? -1 : topK, min_p: minP, repetition_penalty: repetitionPenalty };
    case "LM Studio":
      refuseUnless(minP === 0, "min-p", host);
      return { ...common, top_k: topK, repeat_penalty: repetitionPenalty };
    case "Ollama":
    case "other":
      refuseUnless(topK === 0, "top-k", host);
      refuseUnless(minP === 0, "min-p", host);
      refuseUnless(repetitionPenalty === 1, "a repetition penalty", host);
      return common;
  }
}

/** Without the values that a model refuses to hear of even where they are neutral. Others stay, for the server to refuse. */
export function withoutLeftOut(body: Record<string, unknown>, leftOut: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([name, value]) => value !== 1 || !leftOut.includes(name)));
}

/** What of the contract's sampler a program does in its own way; for the record of a run. */
export function samplerRemark(program: ProgramName): string | undefined {
  switch (program) {
    case "vLLM":
      return "min-p before top-k and top-p";
    case "llama-cpp-python":
      return "temperature after top-k, top-p and min-p";
    case "Ollama":
      return "top-k and repetition penalty of its model file stay on";
    case "LM Studio":
    case "other":
      return "order of the sampler not known";
    case "llama.cpp":
      return undefined;
  }
}

function refuseUnless(neutral: boolean, what: string, host: string): void {
  if (neutral) return;
  throw new EngineError(
    "unsupported",
    `${host} is not known to take ${what} through this interface, and may leave it out in silence. Turn it off, or use a llama.cpp or vLLM server.`,
  );
}
