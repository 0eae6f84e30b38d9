import {
  ColorThemeKind,
  type DecorationOptions,
  DecorationRangeBehavior,
  type DecorationRenderOptions,
  type Disposable,
  Range,
  type TextEditor,
  type TextEditorDecorationType,
  ThemeColor,
  window,
} from "vscode";
import { colors } from "../../contributions";
import { DisposableStore } from "../../platform/disposables";
import { formatCount } from "../../tokens/format";
import type { Drawing } from "./drawing";
import type { LineCount, WhitespaceMark } from "./marks";

const small = "none; font-size: 0.8em; font-family: var(--vscode-font-family); font-variant-numeric: tabular-nums";

/**
 * The decoration types of the lens, made once for a kind of theme: fills in dark and light themes, boxes and underlines
 * in high contrast. Nothing is written for a single range but the text of counts and whitespace marks, of which a
 * screen has few different ones (VS Code keeps one style rule for each text).
 */
export class LensDecorations implements Disposable {
  private readonly store = new DisposableStore();
  private readonly bands: readonly TextEditorDecorationType[];
  private readonly lineEnds: readonly TextEditorDecorationType[];
  /** Two, since VS Code joins decorations of one type that touch. */
  private readonly boundaries: readonly TextEditorDecorationType[];
  private readonly whitespace: TextEditorDecorationType;
  private readonly counts: TextEditorDecorationType;
  private readonly special: TextEditorDecorationType;

  constructor(theme: ColorThemeKind) {
    const highContrast = theme === ColorThemeKind.HighContrast || theme === ColorThemeKind.HighContrastLight;
    this.bands = colors.tokens.map((color, index) => this.type(bandStyle(color, index, highContrast)));
    this.lineEnds = colors.tokens.map((color) =>
      this.type({
        after: {
          contentText: "⏎",
          color: new ThemeColor(colors.lineCount),
          ...(highContrast ? {} : { backgroundColor: new ThemeColor(color) }),
        },
      }),
    );
    this.boundaries = [0, 1].map(() =>
      this.type({
        borderStyle: "solid",
        borderWidth: "0 0 0 1px",
        borderColor: new ThemeColor(colors.tokenBoundary),
      }),
    );
    this.whitespace = this.type({});
    this.counts = this.type({});
    this.special = this.type({
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
    editor.setDecorations(this.counts, drawing.counts.map(countMark));
    const special = drawing.special.map(({ line, start, end }) => new Range(line, start, line, end));
    editor.setDecorations(this.special, special);
  }

  /** Takes everything out of an editor. */
  clear(editor: TextEditor): void {
    const single = [this.whitespace, this.counts, this.special];
    for (const type of [...this.bands, ...this.lineEnds, ...this.boundaries, ...single])
      editor.setDecorations(type, []);
  }

  dispose(): void {
    this.store.dispose();
  }

  private type(options: DecorationRenderOptions): TextEditorDecorationType {
    const rangeBehavior = DecorationRangeBehavior.ClosedClosed;
    return this.store.add(window.createTextEditorDecorationType({ rangeBehavior, ...options }));
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

function countMark({ line, column, tokens }: LineCount): DecorationOptions {
  return {
    range: new Range(line, column, line, column),
    renderOptions: {
      after: {
        contentText: formatCount(tokens),
        margin: "0 0 0 16px",
        color: new ThemeColor(colors.lineCount),
        textDecoration: small,
      },
    },
  };
}
