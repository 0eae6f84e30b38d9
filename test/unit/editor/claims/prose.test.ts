import fc from "fast-check";
import { expect, it } from "vitest";
import { proseOf } from "../../../../src/editor/claims/prose";
import { claimsOf } from "../../../../src/experiments/hallucination/claims";

const claims = (text: string): string[] =>
  claimsOf(proseOf(text)).map(({ start, end }) => text.slice(start, end).replace(/\s+/g, " "));

it("makes sentences whole that go over line ends, and leaves marks of lists and quotes out", () => {
  const page = [
    "# Jane Austen was a novelist",
    "She wrote about families",
    "of the gentry. She died",
    "in 1817.",
    "",
    "- Orson Kovacs was a keeper.",
    "- Thora Achterberg was a glass",
    "  painter.",
    "> The capital of Peru is Lima.",
    "12. Mark Twain was a writer.",
  ];
  const wanted = [
    "She wrote about families of the gentry.",
    "She died in 1817.",
    "Orson Kovacs was a keeper.",
    "Thora Achterberg was a glass painter.",
    "The capital of Peru is Lima.",
    "Mark Twain was a writer.",
  ];
  expect(claims(page.join("\n"))).toEqual(wanted);
  expect(claims(page.join("\r\n"))).toEqual(wanted);
});

it("does not join tables, code or headings with what stands beside them", () => {
  expect(claims("| a table | of words |\nThe capital of Peru is Lima.\n```\nsome code is here\n```")).toContain(
    "The capital of Peru is Lima.",
  );
});

it("keeps the length of any text, so that places in it stay", () => {
  const line = fc.constantFrom("a b", "", " ", "# h", "- x", "> q", "1. y", "| t", "```", "Ünï 😀");
  fc.assert(
    fc.property(fc.array(fc.tuple(line, fc.constantFrom("\n", "\r\n", "\r"))), (lines) => {
      const text = lines.map((each) => each.join("")).join("");
      expect(proseOf(text).length).toBe(text.length);
    }),
  );
});
