import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { colors } from "../../../../src/contributions";
import { type SurprisalCard, surprisalMarkdown } from "../../../../src/editor/surprisal/hoverCard";
import {
  formatEntropy,
  formatPerplexity,
  formatProbability,
  formatRank,
} from "../../../../src/editor/surprisal/numbers";
import { palettes } from "../../../../src/editor/surprisal/palette";
import { barSvg, rulerSvg } from "../../../../src/editor/surprisal/pictures";
import { bitsOf, rarerThan, stepOf } from "../../../../src/inference/surprisal";

describe("numbers", () => {
  it("are whole percents from 1 % on, two digits below, then one in so many", () => {
    expect([1, 0.9999, 0.994, 0.179, 0.0142, 0.00994, 0.00021, 1.2e-5, 1e-6, 1.2e-9, 0].map(formatProbability)).toEqual(
      [
        "100 %",
        "> 99 %",
        "99 %",
        "18 %",
        "1 %",
        "0.99 %",
        "0.021 %",
        "0.0012 %",
        "1 in 1,000,000",
        "1 in 830,000,000",
        "0 %",
      ],
    );
  });

  it("say what is a lower bound and what was not looked at", () => {
    expect(formatEntropy({ nats: Math.LN2 * 4.9, exact: true })).toBe("4.9 bits");
    expect(formatEntropy({ nats: Math.LN2 * 4.9, exact: false })).toBe("at least 4.9 bits");
    expect(formatRank(388, 49_152, 20)).toBe("rank 388 of 49,152");
    expect(formatRank(3, undefined, 20)).toBe("rank 3");
    expect(formatRank(undefined, 49_152, 20)).toBe("beyond the first 20");
    expect([4.23, 388.4, 12_840].map(formatPerplexity)).toEqual(["4.2", "388", "12,840"]);
  });

  it("fall into the six steps", () => {
    expect([0, 0.99, 1, 1.99, 2, 4, 6, 8.9, 9, 12, 30].map(stepOf)).toEqual([0, 0, 1, 1, 2, 3, 4, 4, 5, 6, 6]);
    expect(rarerThan).toEqual([2, 4, 16, 64, 512, 4096]);
    expect(bitsOf(Math.log(1 / 16))).toBeCloseTo(4);
    expect(Object.is(bitsOf(0), 0)).toBe(true);
  });
});

describe("pictures", () => {
  it("have the contributed colours", () => {
    const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
    for (const [index, id] of colors.surprisal.entries()) {
      const { defaults } = contributes.colors.find((color: { id: string }) => color.id === id);
      for (const [name, palette] of Object.entries(palettes)) expect(palette.steps[index]).toBe(defaults[name]);
    }
  });

  it("point at the bits, within the ruler", () => {
    expect(rulerSvg(12.2, undefined, palettes.dark)).toContain("M218.7 1h8");
    expect(rulerSvg(40, undefined, palettes.dark)).toContain("M268.0 1h8");
    expect(rulerSvg(12.2, 4.9, palettes.dark)).toMatch(/M90\.2 1h8l-4 6z" fill="none"/);
    for (const palette of Object.values(palettes))
      for (const svg of [rulerSvg(3, 1, palette), barSvg(0.3, palette, true)])
        expect(svg).toMatch(/^<svg xmlns[^<]*>.*<\/svg>$/);
  });
});

describe("the hover", () => {
  const ln = (p: number): number => Math.log(p);
  const card = (changes: Partial<SurprisalCard> = {}): SurprisalCard => ({
    token: {
      start: 8,
      end: 13,
      bits: bitsOf(ln(0.00021)),
      added: undefined,
      stale: false,
      parts: [
        {
          token: { id: 7, text: " pers", offset: 8 },
          given: 40,
          score: {
            logProb: ln(0.00021),
            rank: 388,
            entropy: { nats: 4.9 * Math.LN2, exact: true },
            top: [
              { id: 1, text: " apples", logProb: ln(0.179) },
              { id: 2, text: "<|im_end|>", logProb: ln(0.142), special: true },
              { id: 3, text: "\ufffd", bytes: "E2 96", logProb: ln(0.064) },
            ],
          },
        },
      ],
    },
    added: [],
    vocabulary: 49_152,
    looked: 6,
    shown: 6,
    given: undefined,
    secondsAgo: 3,
    palette: palettes.dark,
    highContrast: false,
    links: {
      replace: ({ special, bytes, text }) => (special || bytes ? undefined : `command:replace?${text.trim()}`),
      branch: (alternative) => `command:branch?${alternative?.id ?? ""}`,
      continue: "command:continue",
      refresh: "command:refresh",
    },
    ...changes,
  });

  it("tells probability, rank, bits, entropy and what was expected instead", () => {
    const markdown = surprisalMarkdown(card());
    for (const part of [
      "·pers",
      "0.021 % · rank 388 of 49,152",
      "**12.2 bits**",
      "4.9 bits expected (entropy)",
      "·apples",
      "18 %",
      "49,149 others",
      "62 %",
      "command:replace?apples",
      "command:branch?2",
      "Scored 3 s ago",
      '<a href="command:continue">Continue from here</a>',
      '<a href="command:branch?"',
    ])
      expect(markdown.replaceAll("\u00a0", " ")).toContain(part);
    expect(markdown.match(/command:replace/g)).toHaveLength(1);
    expect(markdown).toContain("⟨E2 96⟩");
  });

  it("says what is stale, what the model was not given and what only is a bound", () => {
    const { token } = card();
    const stale = surprisalMarkdown(card({ token: { ...token, stale: true }, given: 512 }));
    expect(stale).toContain("Stale:");
    expect(stale).toContain("command:refresh");
    expect(stale).toContain("Given the 512 tokens before it");
    const first = surprisalMarkdown(
      card({
        token: {
          ...token,
          bits: undefined,
          parts: token.parts.map((part) => ({
            ...part,
            score: { logProb: undefined, rank: undefined, entropy: undefined, top: [] },
          })),
        },
      }),
    );
    expect(first).toContain("nothing before it, so no probability");
  });

  it("cannot be made to hold HTML or Markdown by a file", () => {
    const { token } = card();
    const evil = "<img src=x>[a](command:b)`|";
    const markdown = surprisalMarkdown(
      card({
        token: { ...token, parts: token.parts.map((part) => ({ ...part, token: { ...part.token, text: evil } })) },
      }),
    );
    expect(markdown).not.toContain("<img src=x");
    expect(markdown).not.toContain("[a](command:b)");
  });
});
