import { describe, expect, it } from "vitest";
import { covers, rangesToDraw } from "../../../src/editor/lens/visibleLines";
import { pickerRows, withRecent } from "../../../src/editor/pick/pickerModel";
import { catalogueModels, shippedTokenizers } from "../../../src/tokenizers/catalogue";
import { estimateTokens } from "../../../src/tokens/estimate";
import { formatBytes, formatPrice, formatShare, formatTokens, formatWindow } from "../../../src/tokens/format";
import { repositoryId } from "../../../src/tokens/hub";
import { inSlices } from "../../../src/tokens/slices";
import { StatisticsCounter } from "../../../src/tokens/textStatistics";
import { shipped } from "./texts";

describe("numbers", () => {
  it("have separators, a space before %, and the sign of an estimate", () => {
    expect(formatTokens(1284)).toBe("1,284 tokens");
    expect(formatTokens(1, true)).toBe("≈ 1 token");
    expect([0, 0.0005, 0.0333, 0.9999, 1, 2.73, 12].map(formatShare)).toEqual([
      "0.0 %",
      "< 0.1 %",
      "3.3 %",
      "> 99.9 %",
      "100.0 %",
      "273.0 %",
      "1,200 %",
    ]);
    expect([8192, 16_385, 128_000, 131_072, 1_047_576, 2_000_000].map(formatWindow)).toEqual([
      "8,192",
      "16.4k",
      "128k",
      "131.1k",
      "1.05M",
      "2M",
    ]);
    expect([0, 0.0000321, 0.0321, 1.255, 1234.5].map((amount) => formatPrice(amount, "$"))).toEqual([
      "$0",
      "$0.000032",
      "$0.032",
      "$1.26",
      "$1,234.50",
    ]);
    expect([1, 999, 1500, 2_500_000].map(formatBytes)).toEqual(["1 byte", "999 bytes", "1.5 kB", "2.5 MB"]);
  });
});

describe("text statistics", () => {
  it("do not depend on where the text is cut", () => {
    const text = "one  two 👩‍👩‍👧 naïve\n東京 \ud83d x";
    const whole = new StatisticsCounter();
    whole.add(text);
    const expected = whole.result();
    expect(expected.words).toBe(text.split(/\s+/).length);
    expect(expected.characters).toBe([...text].length);
    expect(expected.bytes).toBe(new TextEncoder().encode(text).length);
    for (let size = 1; size < 7; size++) {
      const parts = new StatisticsCounter();
      for (let at = 0; at < text.length; at += size) parts.add(text.slice(at, at + size));
      expect(parts.result()).toEqual(expected);
    }
  });
});

describe("estimates", () => {
  it("come within their margin of the true count, and count short texts whole", async () => {
    const tokenizer = await shipped();
    const lines = [
      "The quick brown fox jumps over the lazy dog.\n",
      "const x = compute(1234, [5, 6]);\n",
      "東京都に住む。\n",
    ];
    let text = "";
    for (let index = 0; text.length < 400_000; index++) text += lines[(index * 7 + (index >> 3)) % 3];
    const { tokens, margin } = estimateTokens(text.length, (start, units) =>
      tokenizer.count(text.slice(start, start + units)),
    );
    const truth = tokenizer.count(text);
    expect(Math.abs(tokens - truth)).toBeLessThan(Math.max(margin, truth * 0.03));
    expect(estimateTokens(9, () => 4)).toEqual({ tokens: 4, margin: 0, sampled: 9 });
  });
});

describe("work in slices", () => {
  it("gives turns to others, and stops when told", async () => {
    function* busy(): Generator<void, string> {
      for (const end = performance.now() + 60; performance.now() < end; ) yield;
      return "done";
    }
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    expect(await inSlices(busy(), new AbortController().signal)).toBe("done");
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
    expect(await inSlices(busy(), AbortSignal.abort())).toBeUndefined();
  });
});

describe("lines to draw", () => {
  const range = (from: number, to: number, start = 0, end = 0) => ({
    start: { line: from, character: start },
    end: { line: to, character: end },
  });

  it("have margins at the outer edges, not where text is folded away", () => {
    const ranges = rangesToDraw([range(100, 120), range(300, 310)], 1000);
    expect(ranges.map(({ from, to }) => [from, to])).toEqual([
      [70, 120],
      [300, 340],
    ]);
    expect(covers(ranges, [range(75, 118), range(301, 335)])).toBe(true);
    expect(covers(ranges, [range(60, 118)])).toBe(false);
  });

  it("take a stretch of a wrapped long line", () => {
    const [only] = rangesToDraw([range(0, 0, 50_000, 54_000)], 1);
    expect(only).toEqual({ from: 0, fromColumn: 48_000, to: 0, toColumn: 56_000 });
  });
});

describe("the picker", () => {
  it("starts with the one in use, then recent ones, and marks estimates", () => {
    const rows = pickerRows(
      catalogueModels(),
      shippedTokenizers(),
      [{ name: "mine", origin: "a.gguf" }],
      ["gpt-4", "gone"],
      "gpt-5",
    );
    const labels = rows.map((row) => (row.kind === "heading" ? `# ${row.label}` : row.name));
    expect(labels.slice(0, 6)).toEqual(["# in use", "gpt-5", "# recent", "gpt-4", "# added by you", "mine"]);
    const estimates = rows.flatMap((row) => (row.kind === "choice" && row.estimate ? [row.description] : []));
    expect(estimates.length).toBeGreaterThan(3);
    expect(estimates.every((text) => text.startsWith("≈ estimate with"))).toBe(true);
    expect(withRecent(["a", "b", "c", "d", "e"], "c")).toEqual(["c", "a", "b", "d", "e"]);
  });
});

describe("hub repositories", () => {
  it.each([
    ["Qwen/Qwen3-8B", "Qwen/Qwen3-8B"],
    ["https://huggingface.co/Qwen/Qwen3-8B/tree/main", "Qwen/Qwen3-8B"],
    [" gpt2/ ", "gpt2"],
    ["../etc/passwd", undefined],
    ["a/b/c", undefined],
    ["", undefined],
  ])("%s is %s", (text, id) => {
    expect(repositoryId(text)).toBe(id);
  });
});
