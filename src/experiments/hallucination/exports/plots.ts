import type { SeriesTheme } from "../../export/pictureTheme";
import { element, picture, text } from "../../export/svg";
import { type ScoreFit, scoreOf, towardsInvention } from "../controls";
import type { Reading } from "../reading";
import { capitalized, scoreNumber, scoreWords } from "../words";

const margin = 16;
const nameWidth = 200;
const plotWidth = 460;
const rowHeight = 84;
const dot = 3;

/**
 * Where the scores fall: one row a score, known controls as dots above its line, invented ones below, the question as a
 * stroke. All axes run from knowing to making up.
 */
export function scoresPlot(fits: readonly ScoreFit[], reading: Reading | undefined, theme: SeriesTheme): string {
  const width = margin * 2 + nameWidth + plotWidth;
  const height = margin * 2 + 20 + rowHeight * fits.length;
  const label = (content: string, x: number, y: number, anchor: string, muted = false): string =>
    element(
      "text",
      {
        ...{ x, y, "text-anchor": anchor, "font-size": muted ? 11 : 12, "font-family": theme.font },
        fill: muted ? theme.muted : theme.foreground,
      },
      text(content),
    );
  const left = margin + nameWidth;
  const heads = [
    label("knows", left, margin + 11, "start", true),
    label("makes up", left + plotWidth, margin + 11, "end", true),
  ];
  const rows = fits.flatMap((fit, row) => {
    const own = reading && scoreOf(reading.scores, fit.name);
    const x = axis(fit, own);
    const middle = margin + 20 + rowHeight * row + rowHeight / 2;
    return [
      label(capitalized(scoreWords[fit.name]), margin, middle + 4, "start"),
      element("line", { x1: left, x2: left + plotWidth, y1: middle, y2: middle, stroke: theme.rule }),
      ...stacked(fit.known, x, -1, middle, theme.series[0]),
      ...stacked(fit.invented, x, 1, middle, theme.series[1]),
      ...(own === undefined
        ? []
        : [
            element("line", {
              ...{ x1: x(own), x2: x(own), y1: middle - 30, y2: middle + 30 },
              ...{ stroke: theme.foreground, "stroke-width": 2 },
            }),
            label(scoreNumber(fit.name, own), x(own), middle - 33, "middle"),
          ]),
    ];
  });
  return picture(width, height, named(fits, reading), theme.background, ...heads, ...rows);
}

/** From a value to its place: more like making up is further right. */
function axis({ name, known, invented }: ScoreFit, own: number | undefined): (value: number) => number {
  const turned = [...known, ...invented, ...(own === undefined ? [] : [own])].map((v) => towardsInvention(name, v));
  const [least, most] = [Math.min(...turned), Math.max(...turned)];
  const span = most > least ? most - least : 1;
  return (value) =>
    Math.round((margin + nameWidth + ((towardsInvention(name, value) - least) / span) * plotWidth) * 10) / 10;
}

/** Dots that fall on one place are stacked away from the line; what does not fit into the row is one mark less. */
function stacked(
  values: readonly number[],
  x: (value: number) => number,
  side: 1 | -1,
  middle: number,
  color: string,
): string[] {
  const heights = new Map<number, number>();
  return values.map((value) => {
    const place = Math.round(x(value) / (2 * dot));
    const height = heights.get(place) ?? 0;
    heights.set(place, height + 1);
    const cy = middle + side * (dot + 1 + Math.min(height * 2 * dot, rowHeight / 2 - 12));
    return element("circle", { cx: x(value), cy, r: dot - 0.5, fill: color });
  });
}

function named(fits: readonly ScoreFit[], reading: Reading | undefined): string {
  const parts = fits.map((fit) => {
    const own = reading && scoreOf(reading.scores, fit.name);
    const value = (each: number): string => scoreNumber(fit.name, each);
    return `${scoreWords[fit.name]}${own === undefined ? "" : ` ${value(own)}`}, known median ${value(fit.knownMedian)}, invented median ${value(fit.inventedMedian)}`;
  });
  return `Where the scores fall. ${parts.join("; ")}`;
}
