import { beforeAll, describe, expect, it } from "vitest";
import type { Tokenizer } from "../../../src/tokenizers";
import { goldens, loadShipped, names, offsetsByBytes } from "./tiktoken.shared";

describe.each(names)("%s against Python tiktoken", (name) => {
  const golden = goldens.encodings[name]!;
  const text = typeof golden.text === "string" ? goldens.encodings[golden.text]!.text : golden.text;
  const expected = Object.entries(text as Record<string, number[]>);
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await loadShipped(name);
  });

  it("has documents to compare", () => expect(expected.length).toBeGreaterThan(350));

  it.each(expected)("text: %s", (document, ids) => {
    const source = goldens.documents[document]!;
    const encoding = tokenizer.encode(source);
    expect(Array.from(encoding.ids)).toEqual(ids);
    expect(Array.from(encoding.offsets)).toEqual(offsetsByBytes(tokenizer, source, encoding.ids));
    expect(tokenizer.count(source)).toBe(ids.length);
  });

  it.each(Object.entries(golden.parse))("special tokens read: %s", (document, ids) => {
    const source = goldens.documents[document]!;
    const encoding = tokenizer.encode(source, { special: "parse" });
    expect(Array.from(encoding.ids)).toEqual(ids);
    expect(Array.from(encoding.offsets)).toEqual(offsetsByBytes(tokenizer, source, encoding.ids));
    expect(tokenizer.count(source, { special: "parse" })).toBe(ids.length);
  });

  it("has tiktoken's special tokens and vocabulary size", () => {
    expect(Object.fromEntries(tokenizer.specialTokens)).toEqual(golden.specialTokens);
    expect(tokenizer.vocabularySize).toBe(golden.vocabularySize);
  });
});
