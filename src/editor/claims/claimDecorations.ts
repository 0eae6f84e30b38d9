import {
  type ColorThemeKind,
  type Disposable,
  OverviewRulerLane,
  type TextEditor,
  type TextEditorDecorationType,
  ThemeColor,
} from "vscode";
import { colors } from "../../contributions";
import type { VerdictClass } from "../../experiments/hallucination/verdict";
import { isHighContrast } from "../hover/theme";
import { DecorationTypes } from "../lens/decorationTypes";
import { rangeOf } from "../marks/documentMarks";
import type { ClaimMark } from "./claimMark";
import { verdictSigns } from "./claimWords";

/** Lines are told apart without their colour too. */
const lines: Readonly<Record<VerdictClass, string>> = {
  knows: "solid",
  consistentlyWrong: "double",
  guesses: "dashed",
  saysItDoesNotKnow: "solid",
  cannotTell: "solid",
};
const verdicts = Object.keys(verdictSigns) as VerdictClass[];

interface Look {
  readonly verdict: VerdictClass;
  readonly line: string;
  readonly sign: string;
  readonly highContrast: boolean;
}

/**
 * How claims are marked: underlined, with a sign behind them and a place on the overview ruler. Made once for a kind of
 * theme; in high contrast lines are thicker.
 */
export class ClaimDecorations implements Disposable {
  private readonly types = new DecorationTypes();
  private readonly told: ReadonlyMap<VerdictClass, TextEditorDecorationType>;
  private readonly stale: ReadonlyMap<VerdictClass, TextEditorDecorationType>;
  private readonly waiting: TextEditorDecorationType;

  constructor(theme: ColorThemeKind) {
    const highContrast = isHighContrast(theme);
    const make = (look: Omit<Look, "highContrast">): TextEditorDecorationType => this.make({ ...look, highContrast });
    this.told = new Map(
      verdicts.map((verdict) => [verdict, make({ verdict, line: lines[verdict], sign: verdictSigns[verdict] })]),
    );
    this.stale = new Map(
      verdicts.map((verdict) => [verdict, make({ verdict, line: "dotted", sign: `${verdictSigns[verdict]}…` })]),
    );
    this.waiting = make({ verdict: "cannotTell", line: "dotted", sign: "…" });
  }

  /** Replaces the marks that an editor shows. */
  draw(editor: TextEditor, marks: readonly ClaimMark[]): void {
    const set = (type: TextEditorDecorationType, wanted: (mark: ClaimMark) => boolean): void =>
      editor.setDecorations(
        type,
        marks.filter(wanted).map(({ range }) => rangeOf(range)),
      );
    for (const verdict of verdicts) {
      const is = ({ finding }: ClaimMark): boolean => finding?.verdict.verdict === verdict;
      set(this.told.get(verdict)!, (mark) => is(mark) && !mark.stale);
      set(this.stale.get(verdict)!, (mark) => is(mark) && mark.stale);
    }
    set(this.waiting, ({ finding }) => !finding);
  }

  clear(editor: TextEditor): void {
    this.types.clear(editor);
  }

  dispose(): void {
    this.types.dispose();
  }

  private make({ verdict, line, sign, highContrast }: Look): TextEditorDecorationType {
    const id = colors.claims[verdict];
    const color = new ThemeColor(id);
    const width = highContrast ? 3 : 2;
    return this.types.make({
      // Underlines follow the text over its lines, where borders would box them in.
      textDecoration: `underline ${line} ${width}px var(--vscode-${id.replaceAll(".", "-")}); text-underline-offset: 3px; text-decoration-skip-ink: none`,
      after: { contentText: sign, color, margin: "0 0 0 3px", fontWeight: "bold", textDecoration: "none" },
      overviewRulerColor: color,
      overviewRulerLane: OverviewRulerLane.Center,
    });
  }
}
