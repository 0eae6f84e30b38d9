import type { Evidence } from "../../experiments/hallucination/verdict";
import { svg } from "../hover/html";
import type { Palette } from "../surprisal/palette";

export const scaleWidth = 160;
export const scaleHeight = 28;
const left = 6;
const middle = 14;
/** Distance of two dots of about the same value, CSS pixels. */
const step = 4;

/** Colours of known and invented controls. */
export interface ScaleColors {
  readonly known: string;
  readonly invented: string;
}

/**
 * A score's value among its controls: known ones are discs above the line, invented ones rings below it, the claim's own is
 * the upright line. Knowing is at the left.
 */
export function scaleSvg({ fit, value }: Evidence, palette: Palette, { known, invented }: ScaleColors): string {
  const all = [...fit.known, ...fit.invented, value];
  const [least, most] = fit.name === "truth" ? [1, 0] : [0, Math.max(0.1, ...all)];
  const x = (at: number): number => left + ((at - least) / (most - least)) * (scaleWidth - 2 * left);
  const dots = (values: readonly number[], side: -1 | 1): string => {
    const taken = new Map<number, number>();
    return values
      .map((at) => {
        const place = Math.round(x(at) / step) * step;
        const level = taken.get(place) ?? 0;
        taken.set(place, level + 1);
        const y = middle + side * (4 + Math.min(level, 2) * step);
        const style = side < 0 ? `fill="${known}"` : `fill="none" stroke="${invented}"`;
        return `<circle cx="${place}" cy="${y}" r="${side < 0 ? 2 : 1.7}" ${style}/>`;
      })
      .join("");
  };
  const own = x(value).toFixed(1);
  return svg(
    scaleWidth,
    scaleHeight,
    `<path d="M${left} ${middle}H${scaleWidth - left}" stroke="${palette.axis}"/>${dots(fit.known, -1)}${dots(fit.invented, 1)}` +
      `<path d="M${own} 0V${scaleHeight}" stroke="${palette.text}" stroke-width="2"/>`,
  );
}
