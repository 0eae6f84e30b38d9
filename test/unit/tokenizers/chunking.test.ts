import { describe, expect, it } from "vitest";
import { BudgetError, chunk, truncate } from "../../../src/tokenizers/chunking";
import { loadTokenizer } from "../../../src/tokenizers/loadTokenizer";
import { directorySource } from "../../../src/tokenizers/node/nodeSource";
import { ALPHABETS, Random, randomText } from "./tokenDocument.fuzz";
import { bytePairs } from "./tokenDocument.reference";

const tokenizer = bytePairs();
const source = directorySource("dist");
const real = [tokenizer, await loadTokenizer("o200k_base", source), await loadTokenizer("qwen3", source)];
const cut = (text: string, maxTokens: number, overlapTokens = 0) =>
  chunk(tokenizer, text, { maxTokens, overlapTokens }).map(({ start, end }) => text.slice(start, end));

/** Inside a code point or between CR and LF. */
function splitsCharacter(text: string, at: number): boolean {
  return /[\ud800-\udbff]$/.test(text.slice(0, at)) && /^[\udc00-\udfff]/.test(text.slice(at))
    ? true
    : text.slice(0, at).endsWith("\r") && text.slice(at).startsWith("\n");
}

describe("chunk", () => {
  it("prefers paragraphs, then lines, sentences, words", () => {
    const paragraphs = "One two three.\nFour five six.\n\nSeven eight nine.\nTen.\n";
    expect(cut(paragraphs, 24)).toEqual(["One two three.\nFour five six.\n\n", "Seven eight nine.\nTen.\n"]);
    expect(cut("alpha beta gamma\ndelta epsilon zeta eta\n", 16)).toEqual([
      "alpha beta gamma\n",
      "delta epsilon zeta eta\n",
    ]);
    expect(cut("First one here. Second one there. Third sentence", 16)).toEqual([
      "First one here.",
      " Second one there.",
      " Third sentence",
    ]);
    expect(cut("alphabet betabet gammabet", 10)).toEqual(["alphabet betabet", " gammabet"]);
  });

  it("keeps graphemes whole where they fit, and code points and CRLF always", () => {
    const family = "👩‍👩‍👧‍👦";
    expect(cut(family.repeat(3), 14)).toEqual([family, family, family]);
    expect(cut(family, 4).join("")).toBe(family);
    expect(cut("\r\n\r\n\r\n", 1)).toEqual(["\r\n", "\r\n", "\r\n"]);
  });

  it("takes a text that fits as one chunk, and none from an empty one", () => {
    expect(chunk(tokenizer, "abc", { maxTokens: 2 })).toEqual([{ start: 0, end: 3, tokens: 2 }]);
    expect(chunk(tokenizer, "", { maxTokens: 2 })).toEqual([]);
  });

  it("says which character does not fit, and which options make no sense", () => {
    expect(() => cut("ab😀", 1)).toThrow(BudgetError);
    expect(() => cut("ab😀", 1)).toThrow(/"😀" at 2 alone has 2 tokens/);
    expect(() => cut("ab", 0)).toThrow(RangeError);
    expect(() => cut("ab", 3, 3)).toThrow(RangeError);
    expect(() => cut("ab", 3, -1)).toThrow(RangeError);
  });

  it("repeats the end of a chunk at the start of the next", () => {
    const text = "one two three four five six seven eight nine ten";
    const chunks = chunk(tokenizer, text, { maxTokens: 12, overlapTokens: 5 });
    expect(chunks.length).toBeGreaterThan(2);
    for (let i = 1; i < chunks.length; i++) {
      const [last, next] = [chunks[i - 1]!, chunks[i]!];
      expect(next.start).toBeLessThan(last.end);
      expect(next.start).toBeGreaterThan(last.start);
      expect(tokenizer.count(text.slice(next.start, last.end))).toBeLessThanOrEqual(5);
    }
  });

  it.each(real)("holds its promises on random text: $name", (tokenizer) => {
    const kinds = Object.keys(ALPHABETS);
    for (let seed = 1; seed <= 150; seed++) {
      const random = new Random(seed);
      const text = randomText(random, [random.pick(kinds), random.pick(kinds)], random.below(200));
      const maxTokens = 4 + random.below(40);
      const overlapTokens = random.next() < 0.5 ? 0 : random.below(maxTokens);
      const chunks = chunk(tokenizer, text, { maxTokens, overlapTokens });
      let covered = 0;
      for (const { start, end, tokens } of chunks) {
        const where = `seed ${seed}, [${start}, ${end})`;
        expect(start, where).toBeLessThanOrEqual(covered);
        expect(end, where).toBeGreaterThan(covered);
        if (overlapTokens === 0) expect(start, where).toBe(covered);
        expect(tokens, where).toBe(tokenizer.count(text.slice(start, end)));
        expect(tokens, where).toBeLessThanOrEqual(maxTokens);
        expect(splitsCharacter(text, start) || splitsCharacter(text, end), where).toBe(false);
        covered = end;
      }
      expect(covered, `seed ${seed}`).toBe(text.length);
    }
  });

  it("is linear: work for each unit of text does not grow with the text", () => {
    const counting = countingTokenizer();
    const work = (units: number, text: string) => {
      counting.units = 0;
      chunk(counting.tokenizer, text.repeat(units / text.length), { maxTokens: 100 });
      return counting.units / units;
    };
    for (const text of ["lorem ipsum dolor. ", "a", "中", "\n", "😀"]) {
      expect(work(80_000, text)).toBeLessThan(4);
    }
  });
});

describe("truncate", () => {
  it("leaves out the end, the start or the middle", () => {
    const text = "alpha beta gamma delta";
    expect(truncate(tokenizer, text, 100)).toEqual({ text, tokens: 12, removed: { start: 22, end: 22 } });
    expect(truncate(tokenizer, text, 6).text).toBe("alpha beta");
    expect(truncate(tokenizer, text, 6, { from: "start" }).text).toBe(" gamma delta");
    const middle = truncate(tokenizer, text, 6, { from: "middle" });
    expect(middle.text).toBe("alpha delta");
    expect(middle.removed).toEqual({ start: 5, end: 16 });
    expect(truncate(tokenizer, text, 0)).toEqual({ text: "", tokens: 0, removed: { start: 0, end: 22 } });
    expect(() => truncate(tokenizer, text, -1)).toThrow(RangeError);
  });

  it("gives all of the budget where the text allows it", () => {
    const text = "the quick brown fox jumps over the lazy dog ".repeat(20);
    for (let maxTokens = 1; maxTokens < 60; maxTokens++) {
      for (const from of ["end", "start", "middle"] as const) {
        expect(truncate(tokenizer, text, maxTokens, { from }).tokens).toBeGreaterThanOrEqual(maxTokens - 1);
      }
    }
  });

  it.each(real)("never gives more than the budget on random text: $name", (tokenizer) => {
    const kinds = Object.keys(ALPHABETS);
    for (let seed = 1; seed <= 150; seed++) {
      const random = new Random(seed);
      const text = randomText(random, [random.pick(kinds), random.pick(kinds)], random.below(150));
      const maxTokens = random.below(60);
      for (const from of ["end", "start", "middle"] as const) {
        const { text: rest, tokens, removed } = truncate(tokenizer, text, maxTokens, { from });
        const where = `seed ${seed}, ${from}`;
        expect(rest, where).toBe(text.slice(0, removed.start) + text.slice(removed.end));
        expect(tokens, where).toBe(tokenizer.count(rest));
        expect(tokens, where).toBeLessThanOrEqual(maxTokens);
        expect(splitsCharacter(text, removed.start) || splitsCharacter(text, removed.end), where).toBe(false);
        if (tokenizer.count(text) <= maxTokens) expect(rest, where).toBe(text);
      }
    }
  });

  it("encodes only about what stays", () => {
    const counting = countingTokenizer();
    truncate(counting.tokenizer, "lorem ipsum ".repeat(10_000), 20);
    truncate(counting.tokenizer, "lorem ipsum ".repeat(10_000), 20, { from: "start" });
    expect(counting.units).toBeLessThan(2000);
  });
});

/** The tokenizer, with the units that it was given to encode or count. */
function countingTokenizer() {
  const counting = {
    units: 0,
    tokenizer: {
      ...tokenizer,
      encode(text: string) {
        counting.units += text.length;
        return tokenizer.encode(text);
      },
      count(text: string) {
        counting.units += text.length;
        return tokenizer.count(text);
      },
    },
  };
  return counting;
}
