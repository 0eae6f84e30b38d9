import { describe, expect, it } from "vitest";
import { QueryError, VocabularySearch } from "../../../src/panels/inspector/vocabularySearch";

const texts = [" straw", "Straw", "strawberry", "a", "", "\n\n", "<|end|>", " STRAW"];
const encoded = texts.map((text) => new TextEncoder().encode(text));
const bytes = new Uint8Array(encoded.reduce((sum, { length }) => sum + length, 0));
const ends = new Uint32Array(texts.length);
let filled = 0;
for (const [i, token] of encoded.entries()) {
  bytes.set(token, filled);
  filled += token.length;
  ends[i] = filled;
}
const search = new VocabularySearch({ bytes, ends, special: Uint32Array.of(6), used: 7 });
const find = (query: Partial<Parameters<typeof search.find>[0]>) => [
  ...search.find({ kind: "text", text: "", filter: "all", ...query }),
];

describe("searching a vocabulary", () => {
  it("finds text; capitals count when the query has any; whole tokens come first", () => {
    expect(find({ text: "straw" })).toEqual([0, 1, 2, 7]);
    expect(find({ text: "Straw" })).toEqual([1]);
  });
  it("leaves out ids without a token", () => expect(find({})).toEqual([0, 1, 2, 3, 5, 6, 7]));
  it("finds ids and ranges", () => expect(find({ kind: "id", text: "1-2, 6 99" })).toEqual([1, 2, 6]));
  it("finds by regular expression", () => expect(find({ kind: "regex", text: "^\\s+$" })).toEqual([5]));
  it("says what is wrong with a query", () => {
    expect(() => find({ kind: "regex", text: "(" })).toThrow(QueryError);
    expect(() => find({ kind: "id", text: "1-x" })).toThrow("“1-x” is no id");
  });
  it("puts the longest first and leaves special tokens out of them", () => {
    expect(find({ filter: "longest" })).toEqual([2, 0, 7, 1, 5]);
  });
  it("knows single bytes and special tokens", () => {
    expect(find({ filter: "bytes" })).toEqual([3]);
    expect(find({ filter: "special" })).toEqual([6]);
  });
});
