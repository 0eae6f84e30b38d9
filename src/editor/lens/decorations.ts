import {
  type ColorThemeKind,
  type DecorationOptions,
  type DecorationRenderOptions,
  type Disposable,
  Range,
  type TextEditor,
  type TextEditorDecorationType,
  ThemeColor,
} from "vscode";
import { colors } from "../../contributions";
import { formatCount } from "../../tokens/format";
import { isHighContrast } from "../hover/theme";
import { DecorationTypes, numberMark } from "./decorationTypes";
import type { Drawing } from "./drawing";
import type { WhitespaceMark } from "./marks";

/**
 * The decoration types of the lens, made once for a kind of theme: fills in dark and light themes, boxes and underlines
 * in high contrast. Nothing is written for a single range but the text of counts and whitespace marks, of which a
 * screen has few different ones (VS Code keeps one style rule for each text).
 */
export class LensDecorations implements Disposable {
  private readonly types = new DecorationTypes();
  private readonly bands: readonly TextEditorDecorationType[];
  private readonly lineEnds: readonly TextEditorDecorationType[];
  /** Two, since VS Code joins decorations of one type that touch. */
  private readonly boundaries: readonly TextEditorDecorationType[];
  private readonly whitespace: TextEditorDecorationType;
  private readonly counts: TextEditorDecorationType;
  private readonly special: TextEditorDecorationType;

  constructor(theme: ColorThemeKind) {
    const highContrast = isHighContrast(theme);
    this.bands = colors.tokens.map((color, index) => this.types.make(bandStyle(color, index, highContrast)));
    this.lineEnds = colors.tokens.map((color) =>
      this.types.make({
        after: {
          contentText: "⏎",
          color: new ThemeColor(colors.lineCount),
          ...(highContrast ? {} : { backgroundColor: new ThemeColor(color) }),
        },
      }),
    );
    this.boundaries = [0, 1].map(() =>
      this.types.make({
        borderStyle: "solid",
        borderWidth: "0 0 0 1px",
        borderColor: new ThemeColor(colors.tokenBoundary),
      }),
    );
    this.whitespace = this.types.make({});
    this.counts = this.types.make({});
    this.special = this.types.make({
      borderStyle: "solid",
      borderWidth: "1px",
      borderRadius: "2px",
      borderColor: new ThemeColor(colors.specialToken),
    });
  }

  /** Replaces all that the lens shows in an editor. */
  draw(editor: TextEditor, drawing: Drawing): void {
    const byColor: Range[][] = this.bands.map(() => []);
    const boundaries: [Range[], Range[]] = [[], []];
    for (const { line, start, end, color, continued } of drawing.bands) {
      const range = new Range(line, start, line, end);
      if (drawing.mode === "bands") byColor[color]?.push(range);
      else if (!continued) boundaries[color % 2 === 0 ? 0 : 1].push(range);
    }
    const ends: Range[][] = this.lineEnds.map(() => []);
    for (const { line, column, color } of drawing.lineEnds) ends[color]?.push(new Range(line, column, line, column));
    for (const [index, type] of this.bands.entries()) editor.setDecorations(type, byColor[index] ?? []);
    for (const [index, type] of this.lineEnds.entries()) editor.setDecorations(type, ends[index] ?? []);
    for (const [index, type] of this.boundaries.entries()) editor.setDecorations(type, boundaries[index] ?? []);
    editor.setDecorations(this.whitespace, drawing.whitespace.map(whitespaceMark));
    editor.setDecorations(
      this.counts,
      drawing.counts.map(({ line, column, tokens }) => numberMark(line, column, formatCount(tokens))),
    );
    const special = drawing.special.map(({ line, start, end }) => new Range(line, start, line, end));
    editor.setDecorations(this.special, special);
  }

  /** Takes everything out of an editor. */
  clear(editor: TextEditor): void {
    this.types.clear(editor);
  }

  dispose(): void {
    this.types.dispose();
  }
}

function bandStyle(color: string, index: number, highContrast: boolean): DecorationRenderOptions {
  if (!highContrast) return { backgroundColor: new ThemeColor(color), borderRadius: "2px" };
  const box = index % 2 === 0;
  return { borderStyle: "solid", borderWidth: box ? "1px" : "0 0 1px 0", borderColor: new ThemeColor(color) };
}

/** Dots drawn over the spaces they stand for: the mark itself takes no room. */
function whitespaceMark({ line, column, text }: WhitespaceMark): DecorationOptions {
  return {
    range: new Range(line, column, line, column),
    renderOptions: { before: { contentText: text, width: "0", color: new ThemeColor(colors.lineCount) } },
  };
}
