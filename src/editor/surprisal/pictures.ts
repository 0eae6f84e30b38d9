import { stepBounds } from "../../inference/surprisal";
import { svg } from "../hover/html";
import type { Palette } from "./palette";

export const rulerWidth = 280;
export const rulerHeight = 28;
/** Bits at the ruler's right end; more is drawn there. */
const rulerBits = 15;
const rulerLeft = 8;
const rulerUnit = (rulerWidth - 16) / rulerBits;
/** Strength of a step's line in high contrast: the underline's width in the editor. */
const strokes = [1, 1, 2, 3, 3, 4] as const;

/** The scale of steps with a mark at `bits`, and a hollow one at the entropy where there is one. */
export function rulerSvg(bits: number, entropy: number | undefined, palette: Palette): string {
  const x = (at: number): number => rulerLeft + Math.min(at, rulerBits) * rulerUnit;
  const bounds = [0, ...stepBounds];
  const cells = bounds.map((from, step) => {
    const width = x(bounds[step + 1] ?? rulerBits) - x(from) - 1;
    return cell(x(from), 8, width, 8, step, palette);
  });
  const labels = bounds.map((from) => `<text x="${x(from)}" y="27" text-anchor="middle">${from}</text>`);
  const mark = (at: number, style: string): string => `<path d="M${(x(at) - 4).toFixed(1)} 1h8l-4 6z"${style}/>`;
  const hollow = entropy === undefined ? "" : mark(entropy, ` fill="none" stroke="${palette.text}"`);
  return svg(
    rulerWidth,
    rulerHeight,
    `<g font-family="sans-serif" font-size="11" fill="${palette.text}">${cells.join("")}${labels.join("")}` +
      `<text x="${rulerWidth - 2}" y="27" text-anchor="end">bits</text>${hollow}${mark(bits, "")}</g>`,
  );
}

/** A bar for a probability, 96 x 10; hatched for what is not listed. Longer ones are broken at the end. */
export function barSvg(share: number, palette: Palette, hatched = false): string {
  const width = Math.min(96, Math.max(share > 0 ? 0.5 : 0, share * 86));
  const fill = hatched ? "url(#h)" : palette.bar;
  const pattern =
    `<defs><pattern id="h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
    `<rect width="1.5" height="5" fill="${palette.axis}"/></pattern></defs>`;
  const outline = hatched ? ` stroke="${palette.axis}" stroke-width=".5"` : "";
  return svg(
    96,
    10,
    `${hatched ? pattern : ""}<rect y="1" height="8" width="${width.toFixed(1)}" fill="${fill}"${outline}/>`,
  );
}

function cell(x: number, y: number, width: number, height: number, step: number, palette: Palette): string {
  const color = palette.steps[step - 1];
  const place = `x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${height}"`;
  if (color === undefined || !palette.outlined)
    return `<rect ${place} fill="${color ?? "none"}" stroke="${palette.axis}" stroke-width=".5"/>`;
  const stroke = strokes[step - 1] ?? 1;
  return (
    `<rect ${place} fill="none" stroke="${palette.axis}" stroke-width=".5"/>` +
    `<rect x="${x.toFixed(1)}" y="${y + height - stroke}" width="${width.toFixed(1)}" height="${stroke}" fill="${color}"/>`
  );
}
