// Reads a tokenizer's definition and packs it for the engine: seconds of work, so in a thread of its own.
import { open, readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { readGgufTokenizer } from "../tokenizers/gguf/ggufTokenizer";
import { planGguf } from "../tokenizers/gguf/planGguf";
import { planVocabulary } from "../tokenizers/huggingFace/plan";
import { parseTokenizerJson } from "../tokenizers/huggingFace/tokenizerJson";
import { packVocabulary } from "../tokenizers/packVocabulary";

export interface PackRequest {
  readonly name: string;
  /** Absolute path of a tokenizer.json or a GGUF file. */
  readonly file: string;
}

export type PackAnswer =
  | {
      readonly kind: "packed";
      readonly bytes: Uint8Array;
      /** Context window of the model, as far as the file says. */
      readonly contextTokens?: number;
      /** The model's own chat template (Jinja) with its special tokens. */
      readonly chat?: { readonly template: string; readonly bosToken: string; readonly eosToken: string };
    }
  /** The engine cannot encode exactly as the file says; `reason` completes a sentence: "..., since REASON". */
  | { readonly kind: "unsupported"; readonly reason: string; readonly format: "json" | "gguf" }
  | { readonly kind: "failed"; readonly message: string };

async function answer({ name, file }: PackRequest): Promise<PackAnswer> {
  const handle = await open(file);
  try {
    const magic = Buffer.alloc(4);
    await handle.read(magic, 0, 4, 0);
    if (magic.toString("latin1") !== "GGUF") {
      const plan = planVocabulary(name, parseTokenizerJson(await readFile(file)));
      if ("unsupported" in plan) return { kind: "unsupported", reason: plan.unsupported, format: "json" };
      return { kind: "packed", bytes: packVocabulary(plan.vocabulary) };
    }
    const { size } = await handle.stat();
    const read = async (offset: number, length: number): Promise<Uint8Array> => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    };
    const gguf = await readGgufTokenizer({ size, read });
    const plan = planGguf(name, gguf);
    if ("unsupported" in plan) return { kind: "unsupported", reason: plan.unsupported, format: "gguf" };
    const { chatTemplate: template, bosToken = "", eosToken = "", contextTokens } = gguf;
    return {
      kind: "packed",
      bytes: packVocabulary(plan.vocabulary),
      ...(contextTokens !== undefined && { contextTokens }),
      ...(template !== undefined && { chat: { template, bosToken, eosToken } }),
    };
  } finally {
    await handle.close();
  }
}

answer(workerData as PackRequest)
  .catch(
    (error: unknown): PackAnswer => ({
      kind: "failed",
      message: error instanceof Error ? error.message : String(error),
    }),
  )
  .then((result) => parentPort?.postMessage(result));
