import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { stagesCsv } from "../../../../src/experiments/explorer/csv";
import type { NextDistribution } from "../../../../src/experiments/explorer/data";
import { barsSvg, treeSvg } from "../../../../src/experiments/explorer/pictures";
import { stagesOf } from "../../../../src/experiments/explorer/stages";
import { grow, plant } from "../../../../src/experiments/explorer/tree";
import type { PictureTheme } from "../../../../src/experiments/export/pictureTheme";
import { plainSampler } from "../../../../src/inference/engine";
import { elementsOf } from "../../svg";
import { normalised, topOf, wholeOf } from "./distributions";

const nasty = ['"quoted", text', " leading", "line\nend", "<script>alert(1)</script>", "a&b", "\u0000\uD800", "=1+1"];
const whole = wholeOf(normalised([6, 5, 4, 3, 2, 1, 0, -1]));
const distribution: NextDistribution = {
  ...whole,
  entries: whole.entries.map((entry, index) => ({ ...entry, text: nasty[index] ?? "plain" })),
};
const stages = stagesOf(distribution, { ...plainSampler, temperature: 0.7, topP: 0.9 });
const theme: PictureTheme = {
  background: "#1F1F1F",
  foreground: "#CCCCCC",
  muted: "#9D9D9D",
  rule: "#333333",
  bar: "#59A4F9",
  accent: "#E2963C",
  font: "sans-serif",
  monospace: '"Fira Code", monospace',
};

describe("exports", () => {
  it("write CSV that reads back as it was", () => {
    const { data, errors } = Papa.parse<Record<string, string>>(stagesCsv(distribution, stages), {
      header: true,
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    expect(data.map(({ token }) => token)).toEqual(distribution.entries.map(({ text }) => text));
    expect(data.map((row) => Number(row.raw))).toEqual([...stages[0]!.probabilities]);
    expect(Object.keys(data[0]!)).toContain("topP 0.9");
  });

  it("say in CSV how many tokens the rest are, and which columns are estimates", () => {
    const top = topOf(distribution, 3, { countKnown: true });
    const csv = stagesCsv(top, stagesOf(top, { ...plainSampler, temperature: 0.7 }));
    expect(csv).toContain("5 others");
    expect(csv).toContain("temperature 0.7 (estimate)");
  });

  it("draw bars whose texts are escaped and whose figure is well-formed", () => {
    const options = {
      theme,
      rows: 7,
      heading: ({ kind }: { kind: string }) => `<${kind}>`,
      removed: "removed",
      others: "1 other",
    };
    const svg = barsSvg(distribution, stages, options);
    const elements = elementsOf(svg);
    expect(elements.filter((name) => name === "rect")).toHaveLength(1 + 8 * stages.length);
    expect(elements).not.toContain("script");
    expect(svg).toContain("&lt;script&gt;");
    expect(svg).not.toContain("\u0000");
    expect(encodeURIComponent(svg)).toContain("%EF%BF%BD");
  });

  it("draw the tree, pruned branches dotted", () => {
    const token = (id: number, text: string) => ({ id, text, logProb: Math.log(0.5), entropy: null });
    const { tree } = grow(plant(0), 0, [token(1, "<b>"), token(2, "&")], "taken", 1);
    const svg = treeSvg(
      { ...tree, nodes: tree.nodes.map((node) => (node.id === 2 ? { ...node, pruned: true } : node)) },
      { theme, pruned: "pruned" },
    );
    expect(elementsOf(svg).filter((name) => name === "path")).toHaveLength(2);
    expect(svg).toContain("stroke-dasharray");
    expect(svg).toContain("&lt;b&gt;");
  });
});
