import { beforeAll, describe, expect, it } from "vitest";
import { type Band, bandsIn } from "../../../src/editor/lens/bands";
import { lineCounts, specialTexts, whitespaceMarks } from "../../../src/editor/lens/marks";
import { createTokenDocument, type Tokenizer } from "../../../src/tokenizers";
import { filled, linesOf, shipped } from "./texts";

const all = { from: 0, fromColumn: 0, to: Number.MAX_SAFE_INTEGER, toColumn: Number.MAX_SAFE_INTEGER };

describe("bands", () => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await shipped();
  });

  const draw = (text: string, range = all): { bands: Band[]; texts: string[] } => {
    const lines = linesOf(text);
    const { bands } = bandsIn(filled(tokenizer, text), lines, {
      ...range,
      to: Math.min(range.to, lines.lineCount - 1),
    });
    return { bands, texts: bands.map(({ line, start, end }) => lines.line(line).slice(start, end)) };
  };

  it("covers each token once, colours in turn", () => {
    const { bands, texts } = draw("A market stall packs persimmons");
    expect(texts).toEqual(["A", " market", " stall", " packs", " pers", "immons"]);
    expect(bands.map(({ color }) => color)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("covers every visible unit of a text exactly once, neighbours in different colours", () => {
    const text =
      "## Rules\n\n- Use `only` the numbers\r\n\tindented\n\n\n    four 👩‍👩‍👧‍👦 𓀀𓀁 ก็ 日本語のテキスト e\u0301\u0323 end  \n";
    const lines = linesOf(text);
    const { bands } = draw(text);
    for (let line = 0; line < lines.lineCount; line++) {
      const own = bands.filter((band) => band.line === line);
      let column = 0;
      for (const [index, band] of own.entries()) {
        expect(band.start).toBe(column);
        expect(band.end).toBeGreaterThan(band.start);
        if (index > 0) expect(band.color).not.toBe(own[index - 1]?.color);
        column = band.end;
      }
      expect(column).toBe(lines.line(line).length);
    }
  });

  it("joins tokens that share a code point into one band", () => {
    const { texts } = draw("𓀀");
    expect(texts).toEqual(["𓀀"]);
    expect(filled(tokenizer, "𓀀").tokenCount).toBeGreaterThan(1);
  });

  it("keeps the colours of all other lines after an edit", () => {
    const before = draw("one two three\nfour five six\nseven eight");
    const after = draw("one extra words two three\nfour five six\nseven eight");
    const below = ({ bands }: { bands: Band[] }) => bands.filter(({ line }) => line > 0);
    expect(below(after)).toEqual(below(before));
  });

  it("draws the same whether it starts above or in the middle", () => {
    const text = `${"word other thing\n".repeat(50)}last`;
    const whole = draw(text).bands.filter(({ line }) => line >= 20 && line <= 30);
    expect(draw(text, { ...all, from: 20, to: 30 }).bands).toEqual(whole);
  });

  it("anchors colours in a long line, so that they do not depend on where the view starts", () => {
    const text = "alpha beta gamma delta ".repeat(2000);
    const from = draw(text, { ...all, fromColumn: 20_000, to: 0, toColumn: 21_000 }).bands;
    const later = draw(text, { ...all, fromColumn: 20_500, to: 0, toColumn: 21_000 }).bands;
    const shared = from.filter(({ start }) => start >= 20_600);
    expect(shared.length).toBeGreaterThan(50);
    expect(later.filter(({ start }) => start >= 20_600)).toEqual(shared);
  });

  it("draws no more of a line than the editor shows", () => {
    const { bands } = draw("word ".repeat(100_000));
    expect(bands.at(-1)?.end).toBeLessThan(10_100);
  });

  it("draws the filled part of a document that is still being counted", () => {
    const text = "some words here\n".repeat(20_000);
    const document = createTokenDocument(tokenizer, text);
    document.fill(0.5);
    expect(document.complete).toBe(false);
    const lines = linesOf(text);
    expect(bandsIn(document, lines, { ...all, to: 10 }).bands.length).toBeGreaterThan(10);
    expect(bandsIn(document, lines, { ...all, from: 19_990, to: 19_999 }).bands).toEqual([]);
    expect(lineCounts(document, lines, { ...all, from: 19_990, to: 19_999 })).toEqual([]);
  });

  it("tells the colour of each line end by the token that holds it", () => {
    const text = "one.\n\nfour five\n";
    const lines = linesOf(text);
    const { bands, lineEnds } = bandsIn(filled(tokenizer, text), lines, { ...all, to: 3 });
    expect(lineEnds.map(({ line }) => line)).toEqual([0, 1, 2]);
    // ".\n\n" is one token: both line ends have the full stop's colour.
    const stop = bands.find(({ line, start }) => line === 0 && start === 3)?.color;
    expect(lineEnds.slice(0, 2).map(({ color }) => color)).toEqual([stop, stop]);
  });
});

describe("marks", () => {
  it("counts tokens by the line they start in, so that lines add up to the file", async () => {
    const tokenizer = await shipped();
    const text = "one.\n\nfour five\r\n\r\n   six 👩‍👩‍👧\n\n\n\nend";
    const document = filled(tokenizer, text);
    const lines = linesOf(text);
    const counts = lineCounts(document, lines, { ...all, to: lines.lineCount - 1 });
    expect(counts.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(document.tokenCount);
    expect(counts.some(({ line }) => line === 1)).toBe(false);
  });

  it("marks bands of nothing but whitespace", async () => {
    const tokenizer = await shipped();
    const text = "def f():\n        return\t\tx";
    const lines = linesOf(text);
    const { bands } = bandsIn(filled(tokenizer, text), lines, { ...all, to: 1 });
    const marks = whitespaceMarks(bands, lines);
    expect(marks[0]).toMatchObject({ line: 1, column: 0 });
    expect(marks[0]?.text).toMatch(/^·{7,8}$/);
    expect(marks.some(({ text: mark }) => mark === "→")).toBe(true);
  });

  it("finds text that spells a special token", async () => {
    const tokenizer = await shipped();
    const lines = linesOf("stop at <|endoftext|> or <b>\n<|endoftext|>");
    expect(specialTexts(tokenizer.specialTokens, lines, { ...all, to: 1 })).toEqual([
      { line: 0, start: 8, end: 21 },
      { line: 1, start: 0, end: 13 },
    ]);
  });
});
