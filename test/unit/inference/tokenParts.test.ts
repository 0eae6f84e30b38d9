import { expect, it } from "vitest";
import { TokenParts } from "../../../src/inference/tokenParts";

it("gives a shared character with the last of its tokens: the parts join to the text", () => {
  const parts = new TokenParts();
  const tokens = [
    { text: "a " },
    { text: "\uFFFD", bytes: "f09f" },
    { text: "\uFFFD", bytes: "9982" },
    { text: "\uFFFD", bytes: "e6" },
    { text: "\uFFFDx", bytes: "97a578" },
    { text: "." },
  ];
  const added = tokens.map((token) => parts.add(token));
  expect(added).toEqual(["a ", "", "🙂", "", "日x", "."]);
  expect(added.join("")).toBe("a 🙂日x.");
});
