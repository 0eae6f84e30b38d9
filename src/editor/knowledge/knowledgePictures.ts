import { l10n } from "vscode";
import { escapeHtml, svg } from "../hover/html";
import type { PaletteName } from "../surprisal/palette";

/** Heat of steps 1 to 5, and the outline of none known: pictures know no theme variables. */
export interface HeatPalette {
  readonly steps: readonly string[];
  readonly none: string;
  readonly text: string;
}

const dark = ["#1E3A57", "#2A5A87", "#3E7CB8", "#6FA9E0", "#A9CFF5"];
const light = ["#E1EEFB", "#B6D4F1", "#7FB0E0", "#3F83C4", "#134F91"];

export const heatPalettes: Readonly<Record<PaletteName, HeatPalette>> = {
  dark: { steps: dark, none: "#59A4F9", text: "#CCCCCC" },
  light: { steps: light, none: "#1A6FD0", text: "#3B3B3B" },
  highContrast: { steps: ["#12263D", ...dark.slice(1, 4), "#CFE6FF"], none: "#5CB8FF", text: "#FFFFFF" },
  highContrastLight: { steps: [...light.slice(0, 4), "#0B3A6E"], none: "#0F4A85", text: "#292929" },
};

/** A strip for the editor's margin that fills its line's height: none known is an empty outline. */
export function stripSvg(step: number, { steps, none }: HeatPalette): string {
  const color = steps[step - 1];
  // Without a size of its own it is stretched; the palest steps have an edge, since they are under 3:1 on the background.
  const [fill, edge] = color === undefined ? ["none", none] : [color, step < 3 ? none : color];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18" preserveAspectRatio="none">` +
    `<path d="M6.5 0V18H11.5V0" fill="${fill}" stroke="${edge}" vector-effect="non-scaling-stroke"/></svg>`
  );
}

export const legendWidth = 260;
export const legendHeight = 16;

/** "made up", the outline, the five steps, "known"; the step of `current` is underlined. */
export function legendSvg({ steps, none, text }: HeatPalette, current: number): string {
  const cells = [undefined, ...steps].map((color, step) => {
    const x = 62 + step * 25;
    const mark = step === current ? `<path d="M${x} 15h23" stroke="${text}" stroke-width="2"/>` : "";
    return `<rect x="${x}" y="2.5" width="23" height="9" fill="${color ?? "none"}" stroke="${none}" stroke-width=".75"/>${mark}`;
  });
  const words = (at: string, said: string): string => `<text ${at} y="11">${escapeHtml(said)}</text>`;
  return svg(
    legendWidth,
    legendHeight,
    `<g font-family="sans-serif" font-size="11" fill="${text}">${words('x="56" text-anchor="end"', l10n.t("made up"))}` +
      `${cells.join("")}${words('x="220"', l10n.t("known"))}</g>`,
  );
}
