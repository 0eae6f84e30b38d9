import type { PictureTheme } from "../export/pictureTheme";
import { element, picture, text } from "../export/svg";
import type { NextDistribution, Tree } from "./data";
import type { Stage } from "./stages";
import { layoutOf, leavesOf, type TreeRow } from "./tree";

const rowHeight = 22;
const margin = 16;
const labelWidth = 130;
const columnWidth = 220;
const barWidth = 140;

export interface BarsOptions {
  readonly theme: PictureTheme;
  /** Tokens shown; the others are one row. */
  readonly rows: number;
  /** Head of a stage's column, in the reader's language. */
  readonly heading: (stage: Stage) => string;
  readonly removed: string;
  readonly others: string;
}

/** The distribution as bars: a row for each token, a column for each stage, on one scale. */
export function barsSvg(distribution: NextDistribution, stages: readonly Stage[], options: BarsOptions): string {
  const { theme, rows } = options;
  const shown = distribution.entries.slice(0, rows);
  const most = Math.max(...stages.map((stage) => Math.max(...stage.probabilities.subarray(0, rows), 1e-9)));
  const width = margin * 2 + labelWidth + stages.length * columnWidth;
  const height = margin * 2 + rowHeight * (shown.length + 2);
  const label = { "font-size": 12, fill: theme.foreground };
  const y = (row: number) => margin + rowHeight * (row + 1) + 15;
  const x = (column: number) => margin + labelWidth + column * columnWidth;

  const heads = stages.map((stage, column) =>
    element(
      "text",
      { ...label, x: x(column), y: margin + 13, "font-family": theme.font, "font-weight": 600 },
      text(options.heading(stage)),
    ),
  );
  const names = [...shown.map((entry) => visible(entry.text)), options.others].map((name, row) =>
    element("text", { ...label, x: margin, y: y(row), "font-family": theme.monospace }, text(name)),
  );
  const bars = stages.flatMap((stage, column) =>
    [...stage.probabilities.subarray(0, shown.length), othersOf(stage, shown.length)].map((probability, row) => {
      const gone = probability === 0 && stage.kind !== "raw";
      const length = Math.min(barWidth, (probability / most) * barWidth);
      const bar = element("rect", { x: x(column), y: y(row) - 11, width: round(length), height: 12, fill: theme.bar });
      const value = element(
        "text",
        {
          ...label,
          fill: gone ? theme.muted : theme.foreground,
          x: x(column) + columnWidth - 24,
          y: y(row),
          "font-family": theme.font,
          "text-anchor": "end",
        },
        text(gone ? options.removed : percent(probability)),
      );
      return bar + value;
    }),
  );
  const title = shown.map(({ text: token }, row) => `${visible(token)} ${percent(stages[0]?.probabilities[row] ?? 0)}`);
  return picture(width, height, title.join(", "), theme.background, ...heads, ...names, ...bars);
}

export interface TreeOptions {
  readonly theme: PictureTheme;
  readonly pruned: string;
}

const levelWidth = 170;

/** The branches from left to right; line width is the token's probability, the path in hand is accented. */
export function treeSvg(tree: Tree, { theme, pruned }: TreeOptions): string {
  const { rows, lines, depth } = layoutOf(tree);
  const byId = new Map(rows.map((row) => [row.node.id, row]));
  const x = (level: number) => margin + (level - 1) * levelWidth;
  const y = (row: number) => margin + rowHeight * row + 14;
  const drawn = rows.map((row) => {
    const from = byId.get(row.node.parent ?? -1);
    const start = { x: x(row.depth), y: y(from?.row ?? 0) };
    const end = { x: x(row.depth) + 34, y: y(row.row) };
    const middle = (start.x + end.x) / 2;
    const line = element("path", {
      d: `M${start.x} ${start.y - 4}C${middle} ${start.y - 4} ${middle} ${end.y - 4} ${end.x} ${end.y - 4}`,
      fill: "none",
      stroke: row.inHand ? theme.accent : row.pruned ? theme.muted : theme.bar,
      "stroke-width": round(Math.max(1, 6 * probabilityOf(row))),
      ...(row.pruned && { "stroke-dasharray": "2 3" }),
    });
    return line + labelOf(row, end.x + 4, end.y);
  });
  const title = leavesOf(tree).map(({ nodes, logProb }) => {
    const path = nodes.map(({ token }) => visible(token?.text ?? "")).join("");
    return logProb === null ? path : `${path} ${percent(Math.exp(logProb))}`;
  });
  return picture(
    margin * 2 + Math.max(1, depth) * levelWidth,
    margin * 2 + Math.max(1, lines) * rowHeight,
    title.join(", "),
    theme.background,
    ...drawn,
  );

  function labelOf(row: TreeRow, left: number, baseline: number): string {
    const fill = row.pruned ? theme.muted : theme.foreground;
    const name = visible(row.node.token?.text ?? "");
    const value = row.node.pruned ? pruned : row.node.token?.logProb == null ? "" : percent(probabilityOf(row));
    const at = { y: baseline, "font-size": 12, fill };
    return (
      element(
        "text",
        { ...at, x: left, "font-family": theme.monospace, ...(row.inHand && { "font-weight": 600 }) },
        text(name),
      ) +
      element(
        "text",
        { ...at, x: x(row.depth) + levelWidth - 12, "font-family": theme.font, "text-anchor": "end" },
        text(value),
      )
    );
  }
}

function probabilityOf({ node }: TreeRow): number {
  return node.token?.logProb == null ? 0 : Math.min(1, Math.exp(node.token.logProb));
}

function othersOf({ probabilities, tail }: Stage, from: number): number {
  return probabilities.subarray(from).reduce((sum, each) => sum + each, tail.estimate);
}

/** Spaces and line ends as the panels draw them, cut so that it fits its column. */
function visible(token: string): string {
  const shown = token.replaceAll(" ", "·").replaceAll("\n", "⏎").replaceAll("\t", "→");
  return [...shown].length > 16 ? `${[...shown].slice(0, 15).join("")}…` : shown;
}

function percent(probability: number): string {
  return `${(probability * 100).toFixed(probability > 0 && probability < 0.0995 ? 2 : 1)} %`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
