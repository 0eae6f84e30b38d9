import { colors } from "../../contributions";

/** How a step of surprisal is drawn in an editor: filled, or in high contrast underlined and boxed. */
export interface StepStyle {
  /** Id of the theme colour that fills or underlines. */
  readonly color: string;
  /** Id of the text's colour; undefined where the text keeps its own. */
  readonly text: string | undefined;
  /** Widths in CSS pixels; undefined where the step is filled. */
  readonly lines: StepLines | undefined;
}

export interface StepLines {
  readonly underline: number;
  /** The line above and beside it; 0 for none. */
  readonly box: number;
}

const lines: readonly StepLines[] = [
  { underline: 1, box: 0 },
  { underline: 1, box: 0 },
  { underline: 2, box: 0 },
  { underline: 3, box: 0 },
  { underline: 3, box: 1 },
  { underline: 4, box: 2 },
];

/** Step 0 is not drawn. From step 2 on syntax colours would fall under a contrast of 4.5, so fills set the text's too. */
export function stepStyle(step: number, highContrast: boolean): StepStyle | undefined {
  const color = colors.surprisal[step - 1];
  if (color === undefined) return undefined;
  return highContrast
    ? { color, text: undefined, lines: lines[step - 1] }
    : { color, text: step > 1 ? colors.surprisalText : undefined, lines: undefined };
}
