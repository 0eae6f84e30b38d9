import type { SeriesTheme } from "./pictureTheme";
import { element, picture, text } from "./svg";

/** A share with its interval, 0 to 1. */
export interface PlottedShare {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

export interface DotRow {
  readonly name: string;
  readonly share: PlottedShare;
  readonly color: string;
}

const margin = 16;
const rowHeight = 24;
const nameWidth = 220;
const plotWidth = 360;
const valueWidth = 110;
const percents = [0, 25, 50, 75, 100];

/** Shares as dots with their intervals as lines, one row each, on one axis from 0 to 100 %. */
export function dotsSvg(title: string, rows: readonly DotRow[], theme: SeriesTheme): string {
  const width = margin * 2 + nameWidth + plotWidth + valueWidth;
  const height = margin * 2 + rowHeight * (rows.length + 1);
  const x = (share: number): number => rounded(margin + nameWidth + share * plotWidth);
  const label = labels(theme);
  const axis = percents.flatMap((percent) => {
    const at = x(percent / 100);
    return [
      label(String(percent), at, margin + 11, { muted: true, anchor: "middle" }),
      element("line", { x1: at, x2: at, y1: margin + 18, y2: height - margin, stroke: theme.rule }),
    ];
  });
  const drawn = rows.flatMap(({ name, share, color }, index) => {
    const y = margin + rowHeight * (index + 1) + 14;
    const { rate, low, high } = share;
    const dot = Number.isNaN(rate) ? [] : [element("circle", { cx: x(rate), cy: y - 4, r: 4, fill: color })];
    return [
      label(name, margin, y),
      element("line", { x1: x(low), x2: x(high), y1: y - 4, y2: y - 4, stroke: color, "stroke-width": 2 }),
      ...dot,
      label(written(share), width - margin, y, { anchor: "end" }),
    ];
  });
  return picture(width, height, named(title, rows), theme.background, ...axis, ...drawn);
}

export interface Line {
  readonly name: string;
  readonly color: string;
  readonly points: readonly { readonly x: number; readonly share: PlottedShare }[];
}

export interface LinesOptions {
  readonly theme: SeriesTheme;
  readonly title: string;
  /** What stands below the axis. */
  readonly axis: string;
  /** How a place on the axis is written; places are those of all points. */
  readonly tick: (x: number) => string;
  /** Intervals as a band around the line, instead of a line through each point. */
  readonly band?: boolean;
}

const lineHeight = 220;

/** Shares along an axis, a line each, with their intervals; lines are labelled at their ends. */
export function linesSvg(lines: readonly Line[], { theme, title, axis, tick, band = false }: LinesOptions): string {
  const places = [...new Set(lines.flatMap(({ points }) => points.map((point) => point.x)))].sort((a, b) => a - b);
  const [least, most] = [places[0] ?? 0, places.at(-1) ?? 1];
  const left = margin + 36;
  const width = left + plotWidth + 180;
  const height = margin * 2 + lineHeight + 40;
  const x = (value: number): number =>
    rounded(left + (most === least ? plotWidth / 2 : ((value - least) / (most - least)) * plotWidth));
  const y = (share: number): number => rounded(margin + (1 - share) * lineHeight);
  const label = labels(theme);
  const grid = percents.flatMap((percent) => [
    element("line", {
      x1: left,
      x2: left + plotWidth,
      y1: y(percent / 100),
      y2: y(percent / 100),
      stroke: theme.rule,
    }),
    label(String(percent), left - 8, y(percent / 100) + 4, { muted: true, anchor: "end" }),
  ]);
  const ticks = places.map((place) =>
    label(tick(place), x(place), margin + lineHeight + 18, { muted: true, anchor: "middle" }),
  );
  const ends = spread(lines.map(({ points }) => y(points.at(-1)?.share.rate ?? 0)));
  const drawn = lines.flatMap(({ name, color, points }, index) => {
    const path = points
      .map(({ x: at, share }, place) => `${place === 0 ? "M" : "L"}${x(at)} ${y(share.rate)}`)
      .join("");
    const intervals = band ? [bandOf(points, x, y, color)] : points.map((point) => whisker(point, x, y, color));
    const marks = points.map(({ x: at, share }) =>
      element("circle", { cx: x(at), cy: y(share.rate), r: 3, fill: color }),
    );
    const end = points.at(-1);
    return [
      ...intervals,
      element("path", { d: path, fill: "none", stroke: color, "stroke-width": 1.5 }),
      ...(band ? [] : marks),
      ...(end ? [label(name, x(end.x) + 10, ends[index]! + 4, { fill: color })] : []),
    ];
  });
  const below = label(axis, left, margin + lineHeight + 40, { muted: true });
  const summary = lines.map(
    ({ name, points }) => `${name}: ${points.map(({ x: at, share }) => `${tick(at)} ${written(share)}`).join(", ")}`,
  );
  return picture(
    width,
    height,
    `${title}. ${summary.join("; ")}`,
    theme.background,
    ...grid,
    ...ticks,
    below,
    ...drawn,
  );
}

type Points = Line["points"];
type Scale = (value: number) => number;

function whisker({ x: at, share }: Points[number], x: Scale, y: Scale, color: string): string {
  return element("line", { x1: x(at), x2: x(at), y1: y(share.low), y2: y(share.high), stroke: color });
}

function bandOf(points: Points, x: Scale, y: Scale, color: string): string {
  const above = points.map(({ x: at, share }) => `${x(at)} ${y(share.high)}`);
  const below = points.toReversed().map(({ x: at, share }) => `${x(at)} ${y(share.low)}`);
  return element("path", { d: `M${[...above, ...below].join("L")}Z`, fill: color, "fill-opacity": 0.15 });
}

const apart = 15;

/** Heights of labels, moved down where they would lie on one another. */
function spread(heights: readonly number[]): number[] {
  const order = heights.map((_, index) => index).sort((a, b) => heights[a]! - heights[b]!);
  const moved = heights.slice();
  order.forEach((index, place) => {
    const before = order[place - 1];
    if (before !== undefined) moved[index] = Math.max(moved[index]!, moved[before]! + apart);
  });
  return moved;
}

function labels(theme: SeriesTheme) {
  return (
    content: string,
    x: number,
    y: number,
    { muted, anchor, fill }: { muted?: boolean; anchor?: "middle" | "end"; fill?: string } = {},
  ): string =>
    element(
      "text",
      {
        x,
        y,
        "font-size": muted ? 11 : 12,
        "font-family": theme.font,
        fill: fill ?? (muted ? theme.muted : theme.foreground),
        ...(anchor && { "text-anchor": anchor }),
      },
      text(content),
    );
}

function named(title: string, rows: readonly DotRow[]): string {
  return `${title}. ${rows.map(({ name, share }) => `${name} ${written(share)}`).join("; ")}`;
}

function written({ rate, low, high }: PlottedShare): string {
  if (Number.isNaN(rate)) return "–";
  return `${Math.round(rate * 100)} % [${Math.round(low * 100)}, ${Math.round(high * 100)}]`;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
