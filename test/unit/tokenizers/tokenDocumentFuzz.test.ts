import { describe, expect, it } from "vitest";
import { DEFAULT_SIZES } from "../../../src/tokenizers/document/sizes";
import { describeMismatch, fuzzEdits, SMALL_SIZES } from "./tokenDocument.fuzz";
import { bytePairs, prefixed, sparse } from "./tokenDocument.reference";

describe("a document after random edits equals its text encoded anew", () => {
  for (const tokenizer of [bytePairs(), sparse(), prefixed()]) {
    for (const [name, sizes] of [
      ["usual sizes", DEFAULT_SIZES],
      ["small blocks and windows", SMALL_SIZES],
    ] as const) {
      for (const fillAlways of [true, false]) {
        it(`${tokenizer.name}, ${name}, ${fillAlways ? "filled after each edit" : "filled now and then"}`, () => {
          for (let seed = 1; seed <= 20; seed++) {
            const mismatch = fuzzEdits(tokenizer, { seed, edits: 40, sizes, fillAlways });
            expect(mismatch && describeMismatch(tokenizer, mismatch)).toBeUndefined();
          }
        });
      }
    }
  }
});
