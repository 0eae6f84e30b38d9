import { describe, expect, it } from "vitest";
import { shippedTokenizers } from "../../../src/tokenizers/catalogue";
import { DEFAULT_SIZES } from "../../../src/tokenizers/document/sizes";
import { loadTokenizer } from "../../../src/tokenizers/loadTokenizer";
import { directorySource } from "../../../src/tokenizers/node/nodeSource";
import { describeMismatch, fuzzEdits, SMALL_SIZES } from "./tokenDocument.fuzz";

/** PROMPTSCOPE_LONG=1 makes at least 20,000 edits for each tokenizer, other ones each time PROMPTSCOPE_SEED is given. */
const long = process.env.PROMPTSCOPE_LONG === "1";
const firstSeed = Number(process.env.PROMPTSCOPE_SEED ?? 1);
const documents = long ? 420 : 40;
const editsEach = 50;

describe(`${documents * editsEach} random edits equal the text encoded anew`, () => {
  const source = directorySource("dist");
  for (const { name } of shippedTokenizers()) {
    it(name, { timeout: 600_000 }, async () => {
      const tokenizer = await loadTokenizer(name, source);
      expect(tokenizer.windows, "every shipped tokenizer is incremental").toBeDefined();
      const mismatches: string[] = [];
      for (let i = 0; i < documents && mismatches.length < 3; i++) {
        const seed = firstSeed + i;
        const mismatch = fuzzEdits(tokenizer, {
          seed,
          edits: editsEach,
          sizes: i % 3 === 0 ? DEFAULT_SIZES : SMALL_SIZES,
          fillAlways: i % 4 !== 3,
        });
        if (mismatch) mismatches.push(describeMismatch(tokenizer, mismatch));
      }
      expect(mismatches).toEqual([]);
    });
  }
});
