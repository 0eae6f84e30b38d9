import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { loadTokenizer, type Tokenizer } from "../../../src/tokenizers";
import { directorySource } from "../../../src/tokenizers/node/nodeSource";

export const names = ["o200k_base", "o200k_harmony", "cl100k_base", "p50k_base", "p50k_edit", "r50k_base"] as const;

interface Golden {
  readonly specialTokens: Readonly<Record<string, number>>;
  readonly vocabularySize: number;
  /** Ids by document, or the name of the encoding that has the same. */
  readonly text: string | Readonly<Record<string, readonly number[]>>;
  /** Where special tokens are read and that makes a difference. */
  readonly parse: Readonly<Record<string, readonly number[]>>;
}

interface Goldens {
  readonly documents: Readonly<Record<string, string>>;
  readonly encodings: Readonly<Record<string, Golden>>;
}

/** What Python tiktoken gave (test/fixtures/tiktoken/goldens.py). */
export const goldens: Goldens = JSON.parse(
  gunzipSync(readFileSync("test/fixtures/tiktoken/goldens.json.gz")).toString("utf8"),
);

export function loadShipped(name: string): Promise<Tokenizer> {
  return loadTokenizer(name, directorySource("dist"));
}

/** Offsets of the tokens by the rule of Encoding.offsets, from the bytes of the tokens and nothing else. */
export function offsetsByBytes(tokenizer: Tokenizer, text: string, ids: Uint32Array): number[] {
  const offsets: number[] = [];
  const encoder = new TextEncoder();
  let unit = 0;
  let token = 0;
  let tokenByte = 0;
  let pointByte = 0;
  for (const point of text) {
    pointByte += encoder.encode(point).length;
    while (token < ids.length && tokenByte < pointByte) {
      offsets.push(unit);
      tokenByte += tokenizer.tokenBytes(ids[token++]!)!.length;
    }
    unit += point.length;
  }
  return [...offsets, unit];
}
