import { colors } from "../../contributions";

/** How a step of surprisal is drawn in an editor: filled, or in high contrast underlined and boxed. */
export interface StepStyle {
  /** Id of the theme colour that fills or underlines. */
  readonly color: string;
  /** Id of the text's colour; undefined where the text keeps its own. */
  readonly text: string | undefined;
  /** Widths of the border as CSS has them; undefined where the step is filled. */
  readonly border: string | undefined;
}

/** Widths of the underline in high contrast, by step; the last two have a box as well. */
const borders = ["0 0 1px 0", "0 0 1px 0", "0 0 2px 0", "0 0 3px 0", "1px 1px 3px 1px", "2px 2px 4px 2px"] as const;

/** Step 0 is not drawn. From step 2 on syntax colours would fall under a contrast of 4.5, so fills set the text's too. */
export function stepStyle(step: number, highContrast: boolean): StepStyle | undefined {
  const color = colors.surprisal[step - 1];
  if (color === undefined) return undefined;
  return highContrast
    ? { color, text: undefined, border: borders[step - 1] }
    : { color, text: step > 1 ? colors.surprisalText : undefined, border: undefined };
}
