import { describe, expect, it } from "vitest";
import { chunksText } from "../../../src/editor/commands/splitByBudget";
import { parseWhole } from "../../../src/editor/commands/subject";
import { checkIds, idsText, parseIds } from "../../../src/editor/commands/tokenIds";

const text = (ids: number[], format: "ids" | "python"): string => [...idsText(ids, format)].join("");

describe("token ids as text", () => {
  it("reads what it writes, also long lists", () => {
    const ids = Array.from({ length: 10_001 }, (_, index) => index * 7);
    expect(parseIds(text(ids, "ids"))).toEqual(ids);
    expect(parseIds(text(ids, "python"))).toEqual(ids);
    expect(text([], "python")).toBe("[]");
  });

  it.each([
    ["1 2 3"],
    ["1, 2, 3"],
    ["[1, 2, 3,]"],
    ["(1,2,3)".replace("(", "[").replace(")", "]")],
    ["[[1, 2, 3]]"],
    ['{"tokens": [{"id": 1}, {"id": 2}, {"id": 3}]}'],
    ['{"input_ids": [[1, 2, 3]]}'],
    ["tensor([[1, 2,\n 3]])"],
    ["1\n2\n3\n"],
  ])("reads %s", (written) => {
    expect(parseIds(written)).toEqual([1, 2, 3]);
  });

  it("names the first item that is no id", () => {
    expect(() => parseIds("1 2 x3")).toThrow("Item 3 of the clipboard, “x3”, is no token id");
    expect(() => parseIds("[1, -2]")).toThrow("Item 2");
    expect(() => parseIds("[1, 2.5]")).toThrow("“2.5”");
    expect(() => parseIds("  ")).toThrow("holds no text");
  });

  it("names the first id that the vocabulary lacks", () => {
    expect(() => checkIds([1, 300_000], (id) => id < 100, "o200k_base", 200_019)).toThrow(
      "Item 2, 300000, is no token of o200k_base, whose ids run from 0 to 200,018",
    );
  });

  it("reads numbers with separators", () => {
    expect(["1,024", "1 024", "12", "1.5", "-3", ""].map(parseWhole)).toEqual([
      1024,
      1024,
      12,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("split text", () => {
  it("puts each chunk under a line that counts it", () => {
    const chunks = [
      { start: 0, end: 6, tokens: 2 },
      { start: 6, end: 9, tokens: 1 },
    ];
    expect(chunksText("first\nend", chunks, "o200k_base")).toBe(
      "===== chunk 1 of 2 · 2 tokens (o200k_base) · characters 1 to 6 =====\nfirst\n\n" +
        "===== chunk 2 of 2 · 1 token (o200k_base) · characters 7 to 9 =====\nend\n",
    );
  });
});
