import { describe, expect, it } from "vitest";
import type { DocumentToken, TokenDocument } from "../../../src/tokenizers/document";
import { DEFAULT_SIZES } from "../../../src/tokenizers/document/sizes";
import { loadTokenizer } from "../../../src/tokenizers/loadTokenizer";
import { directorySource } from "../../../src/tokenizers/node/nodeSource";
import { createTokenDocument } from "../../../src/tokenizers/tokenDocument";
import type { Tokenizer } from "../../../src/tokenizers/tokenizer";
import { ALPHABETS, check, newDocument, Random, randomText, SMALL_SIZES } from "./tokenDocument.fuzz";
import { bytePairs, utf8, withoutWindows } from "./tokenDocument.reference";

const pairs = bytePairs();
const o200k = await loadTokenizer("o200k_base", directorySource("dist"));
const kinds: readonly (readonly [name: string, open: (text: string) => TokenDocument])[] = [
  ["byte pairs in small blocks", (text) => newDocument(pairs, text, SMALL_SIZES)],
  ["byte pairs re-encoded whole", (text) => createTokenDocument(withoutWindows(pairs), text)],
  ["o200k_base", (text) => createTokenDocument(o200k, text)],
  ["o200k_base in small blocks", (text) => newDocument(o200k, text, SMALL_SIZES)],
];

/** Tokens by their bytes alone: each covers the code points that its bytes touch. */
function tokensByBytes(tokenizer: Tokenizer, text: string): DocumentToken[] {
  const { offsets } = utf8(text);
  const widthAt = (offset: number) => String.fromCodePoint(text.codePointAt(offset)!).length;
  let byte = 0;
  return Array.from(tokenizer.encode(text).ids, (id, index) => {
    const start = offsets[byte]!;
    byte += tokenizer.tokenBytes(id)!.length;
    const last = offsets[byte - 1]!;
    return { index, id, start, end: last + widthAt(last) };
  });
}

function filled(document: TokenDocument): TokenDocument {
  while (!document.fill(5));
  return document;
}

describe.each(kinds)("queries: %s", (_, open) => {
  const texts = ["", "a", "hello world", "naïve 中文 👍🏽 \ud83d\r\n"];
  for (let seed = 1; seed <= 15; seed++) {
    const random = new Random(seed);
    texts.push(randomText(random, [random.pick(Object.keys(ALPHABETS)), "emoji", "surrogates"], 60));
  }

  it("give each token as its bytes lie in the text", () => {
    for (const text of texts) {
      const document = filled(open(text));
      const expected = tokensByBytes(document.tokenizer, text);
      expect(document.tokensIn(0, text.length)).toEqual(expected);
      expect(expected.map(({ index }) => document.token(index))).toEqual(expected);
      expect(document.token(-1)).toBeUndefined();
      expect(document.token(expected.length)).toBeUndefined();
    }
  });

  it("give the tokens that overlap a range, and the first that covers a unit", () => {
    for (const text of texts) {
      const document = filled(open(text));
      const all = tokensByBytes(document.tokenizer, text);
      for (let start = 0; start <= text.length; start += 7) {
        for (const end of [start, start + 1, start + 9, text.length + 5]) {
          const expected = start < end ? all.filter((token) => token.start < end && token.end > start) : [];
          expect(document.tokensIn(start, end), `[${start}, ${end}) of ${JSON.stringify(text)}`).toEqual(expected);
        }
      }
      for (let at = -1; at <= text.length; at++) {
        expect(document.tokenAt(at)?.index).toBe(all.find((token) => token.start <= at && at < token.end)?.index);
      }
    }
  });

  it("count by where tokens start, so that counts of lines add up", () => {
    for (const text of texts) {
      const document = filled(open(text));
      const all = tokensByBytes(document.tokenizer, text);
      let sum = 0;
      let from = 0;
      for (const line of text.split(/(?<=\n)/)) {
        sum += document.countIn(from, from + line.length);
        from += line.length;
      }
      expect(sum).toBe(document.tokenCount);
      for (let start = 0; start <= text.length; start += 2) {
        const expected = all.filter((token) => token.start >= start && token.start < start + 9).length;
        expect(document.countIn(start, start + 9)).toBe(expected);
      }
      expect(document.countIn(5, 5)).toBe(0);
    }
  });

  it("give the text back, unpaired surrogates and all", () => {
    for (const text of texts) {
      const document = open(text);
      expect(document.slice(0, text.length)).toBe(text);
      filled(document);
      expect(document.slice(0, text.length)).toBe(text);
      expect(document.slice(2, 9)).toBe(text.slice(2, 9));
      expect(document.slice(-3, text.length + 3)).toBe(text);
    }
  });
});

describe.each(kinds)("edits: %s", (_, open) => {
  it("pair surrogates that lay apart, and part them again", () => {
    const document = filled(open("ab\ud83dcd\ude00ef"));
    document.edit({ offset: 3, deleted: 2, inserted: "" });
    expect(check(document, "ab\ud83d\ude00ef", true)).toBeUndefined();
    document.edit({ offset: 3, deleted: 0, inserted: "-" });
    expect(check(document, "ab\ud83d-\ude00ef", true)).toBeUndefined();
  });

  it("work at both ends, from nothing and to nothing", () => {
    const document = filled(open(""));
    expect(document.tokenCount).toBe(0);
    document.edit({ offset: 0, deleted: 0, inserted: "world" });
    expect(check(document, "world", true)).toBeUndefined();
    document.edit({ offset: 0, deleted: 0, inserted: "hello " });
    document.edit({ offset: 11, deleted: 0, inserted: "!\r\n" });
    expect(check(document, "hello world!\r\n", true)).toBeUndefined();
    document.edit({ offset: 0, deleted: 14, inserted: "" });
    expect(check(document, "", true)).toBeUndefined();
    expect(document.complete).toBe(true);
  });

  it("of one event refer to the text before it, in any order", () => {
    const edits = [
      { offset: 0, deleted: 1, inserted: "ONE " },
      { offset: 4, deleted: 2, inserted: "" },
      { offset: 9, deleted: 0, inserted: "!" },
    ];
    for (const order of [edits, [...edits].reverse()]) {
      const document = filled(open("0123456789"));
      document.applyEdits(order);
      expect(check(document, "ONE 123678!9", true)).toBeUndefined();
    }
  });

  it("outside the text, or overlapping, throw and change nothing", () => {
    const document = filled(open("0123456789"));
    for (const edit of [
      { offset: -1, deleted: 0, inserted: "x" },
      { offset: 11, deleted: 0, inserted: "x" },
      { offset: 8, deleted: 3, inserted: "x" },
      { offset: 1.5, deleted: 0, inserted: "x" },
    ]) {
      expect(() => document.edit(edit)).toThrow(RangeError);
      expect(() => document.applyEdits([{ offset: 0, deleted: 1, inserted: "" }, edit])).toThrow(RangeError);
    }
    const overlapping = [
      { offset: 2, deleted: 3, inserted: "" },
      { offset: 4, deleted: 1, inserted: "" },
    ];
    expect(() => document.applyEdits(overlapping)).toThrow(/overlaps/);
    expect(check(document, "0123456789", true)).toBeUndefined();
  });
});

describe("filling", () => {
  const text = randomText(new Random(7), ["words", "code", "cjk"], 25_000);

  it("goes in turns, each adding exact tokens", () => {
    const document = createTokenDocument(o200k, text);
    expect([document.complete, document.filledTo, document.tokenCount]).toEqual([false, 0, 0]);
    const expected = o200k.encode(text);
    let last = 0;
    let turns = 0;
    for (let complete = false; !complete; turns++) {
      complete = document.fill(0.5);
      expect(document.filledTo).toBeGreaterThan(last);
      last = document.filledTo;
      expect(document.tokensIn(0, text.length).length).toBe(document.tokenCount);
      expect(expected.offsets[document.tokenCount]).toBe(last);
    }
    expect(turns).toBeGreaterThan(3);
    expect(check(document, text, true)).toBeUndefined();
  });

  it("is needed again after a large paste, which keeps what lies around it", () => {
    const document = filled(createTokenDocument(o200k, text));
    document.edit({ offset: 1000, deleted: 0, inserted: text });
    expect(document.complete).toBe(false);
    expect(document.filledTo).toBeGreaterThan(900);
    document.edit({ offset: document.length - 100, deleted: 3, inserted: "typed far behind" });
    const before = document.length;
    document.fill(0);
    expect(document.length).toBe(before);
    filled(document);
    const changed = text.slice(0, 1000) + text + text.slice(1000);
    const expected = `${changed.slice(0, -100)}typed far behind${changed.slice(-97)}`;
    expect(check(document, expected, true)).toBeUndefined();
  });

  it("is not needed after a large deletion", () => {
    const document = filled(createTokenDocument(o200k, text));
    document.edit({ offset: 500, deleted: text.length - 1000, inserted: "" });
    expect(document.complete).toBe(true);
    expect(check(document, text.slice(0, 500) + text.slice(-500), false)).toBeUndefined();
  });

  it("takes many edits of one event together", () => {
    const document = filled(createTokenDocument(o200k, text));
    const edits = Array.from({ length: 2000 }, (_, i) => ({ offset: 20 * i, deleted: 1, inserted: "é" }));
    document.applyEdits(edits);
    let expected = text;
    for (const { offset } of [...edits].reverse())
      expected = `${expected.slice(0, offset)}é${expected.slice(offset + 1)}`;
    expect(check(document, expected, true)).toBeUndefined();
  });

  it("leaves edits inside a very long piece to fill, and encodes it once for many", () => {
    const long = "a".repeat(100_000);
    const document = filled(createTokenDocument(o200k, `x ${long} y`));
    for (let i = 0; i < 100; i++) document.edit({ offset: 50_000 + i, deleted: 0, inserted: "b" });
    expect(document.complete).toBe(false);
    const expected = `x ${"a".repeat(49_998)}${"b".repeat(100)}${"a".repeat(50_002)} y`;
    expect(check(document, expected, true)).toBeUndefined();
  });
});

describe("a piece longer than any window", () => {
  const long = "a".repeat(300_000);

  it.each([
    ["typed in its middle", { offset: 150_000, deleted: 0, inserted: "b" }],
    ["typed before it", { offset: 0, deleted: 0, inserted: "b" }],
    ["joined with what a paste before it ends with", { offset: 1, deleted: 0, inserted: "b".repeat(50_000) }],
    ["cut in two", { offset: 100_000, deleted: 1, inserted: " \n" }],
    ["cut to nothing", { offset: 1, deleted: 300_000, inserted: "" }],
  ])("is %s", (_, edit) => {
    const document = filled(createTokenDocument(o200k, `.${long}. end`));
    document.edit(edit);
    const text = `.${long}. end`;
    const expected = text.slice(0, edit.offset) + edit.inserted + text.slice(edit.offset + edit.deleted);
    expect(check(document, expected, true)).toBeUndefined();
  });
});

it("takes in tokens behind a paste, however long the piece that they become part of", () => {
  const capitals = `${"A".repeat(300_000)} end`;
  const document = filled(createTokenDocument(o200k, `x\n${capitals}`));
  // Ideographs before capitals make one piece with them or not, as what follows the capitals has it.
  document.edit({ offset: 2, deleted: 0, inserted: "中" });
  expect(check(document, `x\n中${capitals}`, true)).toBeUndefined();
});

describe("memory", () => {
  it("stays under 20 bytes a token for English and code, also after many edits", () => {
    const english = "It was the best of times, it was the worst of times, it was the age of wisdom. ".repeat(4000);
    const code = "export function add(a: number, b: number): number {\n  return a + b; // the sum\n}\n\n".repeat(4000);
    for (const text of [english, code]) {
      const document = filled(createTokenDocument(o200k, text));
      expect(document.memoryBytes / document.tokenCount).toBeLessThan(20);
      const random = new Random(3);
      for (let i = 0; i < 3000; i++) {
        const offset = random.below(document.length);
        document.edit({ offset, deleted: i % 2, inserted: i % 2 ? "" : "e" });
      }
      expect(document.memoryBytes / document.tokenCount).toBeLessThan(20);
    }
  });

  it("is given back as a text is deleted bit by bit", () => {
    const document = filled(newDocument(o200k, "some words to delete ".repeat(10_000), DEFAULT_SIZES));
    while (document.length > 1000) document.edit({ offset: 300, deleted: 97, inserted: "" });
    expect(document.memoryBytes).toBeLessThan(60_000);
  });
});
