import { createRequire } from "node:module";
import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import { loadTokenizer } from "../../src/tokenizers";
import { directorySource } from "../../src/tokenizers/node/nodeSource";
import type { Corpus } from "./corpora";
import { hubDefinition } from "./hubDefinition";
import { startPython } from "./python";

/** One maker's tokenizer. */
export interface Engine {
  readonly name: string;
  /** Encodes the corpus once, by its own clock where it has one. */
  encode(corpus: Corpus): Promise<{ seconds: number; tokens: number }>;
  close?(): void;
}

export type TokenizerName = "o200k_base" | "cl100k_base";

/** Everyone's engine for one vocabulary, and those that are not to be had with the reason. */
export async function engines(tokenizer: TokenizerName): Promise<{ engines: Engine[]; skipped: string[] }> {
  const require = createRequire(`${process.cwd()}/package.json`);
  const ours = await loadTokenizer(tokenizer, directorySource("dist"));
  const gpt = require(`gpt-tokenizer/encoding/${tokenizer}`);
  const js = new (require("js-tiktoken/lite").Tiktoken)(require(`js-tiktoken/ranks/${tokenizer}`));
  const wasm = require("tiktoken").get_encoding(tokenizer);
  const tokens = Array.from({ length: ours.vocabularySize }, (_, id) => ours.tokenBytes(id));
  const ordinary = tokens.slice(0, tokens.indexOf(undefined)) as Uint8Array[];
  const hub = new HuggingFaceTokenizer(hubDefinition(tokenizer, ordinary), {});
  const found: Engine[] = [
    timed("promptscope", (text) => ours.encode(text).ids.length),
    timed("promptscope, count", (text) => ours.count(text)),
    timed("gpt-tokenizer", (text) => gpt.encode(text).length),
    timed(
      "gpt-tokenizer, cold",
      (text) => gpt.encode(text).length,
      () => gpt.clearMergeCache(),
    ),
    timed("tiktoken (wasm)", (text) => wasm.encode_ordinary(text).length),
    timed("js-tiktoken", (text) => js.encode(text, [], []).length),
    timed("@huggingface/tokenizers", (text) => hub.encode(text).ids.length),
  ];
  const python = await startPython(tokenizer);
  if (typeof python === "string") return { engines: found, skipped: [`Python tiktoken: ${python}`] };
  return { engines: [...found, python], skipped: [] };
}

function timed(name: string, encode: (text: string) => number, before = () => {}): Engine {
  return {
    name,
    encode: async ({ text }) => {
      before();
      const start = performance.now();
      const tokens = encode(text);
      return { seconds: (performance.now() - start) / 1000, tokens };
    },
  };
}
