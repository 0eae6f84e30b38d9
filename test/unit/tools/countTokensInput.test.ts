import { describe, expect, it } from "vitest";
import { maxFiles, parseCountTokensInput } from "../../../src/tools/countTokensInput";

describe("what an assistant sends", () => {
  it.each([
    [{ text: "" }],
    [{ text: "hello", tokenizer: "gpt-4o" }],
    [{ files: ["a.md"] }],
    [{ text: "x", files: ["a.md", "b/c.py"], tokenizer: "qwen3" }],
  ])("takes %j", (input) => {
    expect(parseCountTokensInput(input)).toEqual(input);
  });

  it.each([
    [undefined, "promptscope_countTokens: "],
    [{}, "Give “text”, “files”, or both."],
    [{ files: [] }, "Give “text”, “files”, or both."],
    [{ text: 5 }, "“text” must be a string."],
    [{ files: "a.md" }, "promptscope_countTokens: "],
    [{ files: [""] }, "“files” holds an empty path."],
    [{ files: [1] }, "“files” must hold paths."],
    [{ text: "x", tokenizer: "" }, "“tokenizer” is empty."],
    [{ text: "x", model: "gpt-4o" }, "promptscope_countTokens: "],
    [{ files: Array.from({ length: maxFiles + 1 }, () => "a") }, `${maxFiles} paths at most`],
  ])("refuses %j and says why", (input, message) => {
    expect(() => parseCountTokensInput(input)).toThrow(message);
  });
});
