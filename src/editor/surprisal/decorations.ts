import {
  type ColorThemeKind,
  type DecorationOptions,
  type DecorationRenderOptions,
  type Disposable,
  l10n,
  Range,
  type TextEditor,
  type TextEditorDecorationType,
  ThemeColor,
} from "vscode";
import { colors } from "../../contributions";
import { formatCount } from "../../tokens/format";
import { isHighContrast } from "../hover/theme";
import { DecorationTypes, numberMark } from "../lens/decorationTypes";
import type { AddedText, SurprisalDrawing, Tint, TintedEnd } from "./drawing";
import { stepStyle } from "./stepStyle";

/**
 * The decoration types of the surprisal lens, made once for a kind of theme: fills in dark and light themes, underlines
 * and boxes in high contrast. Two of each fill, since VS Code joins decorations of one type that touch.
 */
export class SurprisalDecorations implements Disposable {
  private readonly types = new DecorationTypes();
  private readonly even: readonly TextEditorDecorationType[];
  private readonly odd: readonly TextEditorDecorationType[];
  private readonly stale: readonly TextEditorDecorationType[];
  private readonly lineEnds: readonly TextEditorDecorationType[];
  private readonly lineBits: TextEditorDecorationType;
  private readonly added: TextEditorDecorationType;

  constructor(theme: ColorThemeKind) {
    const highContrast = isHighContrast(theme);
    const fill = (_: string, index: number): TextEditorDecorationType => this.types.make(tint(index + 1, highContrast));
    this.even = colors.surprisal.map(fill);
    this.odd = colors.surprisal.map(fill);
    this.stale = colors.surprisal.map((_, index) =>
      this.types.make({
        borderStyle: "dotted",
        borderWidth: `0 0 ${1 + Math.floor(index / 2)}px 0`,
        borderColor: new ThemeColor(colors.surprisalStale),
      }),
    );
    this.lineEnds = colors.surprisal.map((color, index) =>
      this.types.make({
        // Before, so that it comes before the line's bits, which stand after the same place.
        before: {
          contentText: "⏎",
          ...(highContrast
            ? { color: new ThemeColor(color) }
            : {
                backgroundColor: new ThemeColor(color),
                color: new ThemeColor(index === 0 ? colors.lineCount : colors.surprisalText),
              }),
        },
      }),
    );
    this.lineBits = this.types.make({});
    this.added = this.types.make({});
  }

  /** Replaces all that the lens shows in an editor. */
  draw(editor: TextEditor, drawing: SurprisalDrawing): void {
    const set = (types: readonly TextEditorDecorationType[], all: readonly Tint[]): void => {
      for (const [index, type] of types.entries())
        editor.setDecorations(
          type,
          all.filter(({ step }) => step === index + 1).map(({ line, start, end }) => new Range(line, start, line, end)),
        );
    };
    set(
      this.even,
      drawing.tints.filter(({ odd }) => !odd),
    );
    set(
      this.odd,
      drawing.tints.filter(({ odd }) => odd),
    );
    set(this.stale, drawing.stale);
    for (const [index, type] of this.lineEnds.entries())
      editor.setDecorations(type, drawing.lineEnds.filter(({ step }) => step === index + 1).map(endMark));
    editor.setDecorations(this.added, drawing.added.map(addedMark));
    editor.setDecorations(
      this.lineBits,
      drawing.lineBits.map(({ line, column, bits }) =>
        numberMark(line, column, l10n.t("{0} bits", formatCount(Math.round(bits)))),
      ),
    );
  }

  /** Takes everything out of an editor. */
  clear(editor: TextEditor): void {
    this.types.clear(editor);
  }

  dispose(): void {
    this.types.dispose();
  }
}

function tint(step: number, highContrast: boolean): DecorationRenderOptions {
  const style = stepStyle(step, highContrast);
  if (!style) return {};
  const color = new ThemeColor(style.color);
  if (style.lines) {
    const { underline, box } = style.lines;
    // Decorations take no room: sides drawn inside would cover a token of one letter, so they are drawn outside of it.
    return {
      borderStyle: "solid",
      borderWidth: `${Math.max(0, box - 1)}px 0 ${underline}px 0`,
      borderColor: color,
      ...(box > 0 && { outline: "1px solid", outlineColor: color }),
    };
  }
  return {
    backgroundColor: color,
    borderRadius: "2px",
    ...(style.text !== undefined && { color: new ThemeColor(style.text) }),
  };
}

function endMark({ line, column }: TintedEnd): Range {
  return new Range(line, column, line, column);
}

function addedMark({ line, column, side, text }: AddedText): DecorationOptions {
  const mark = {
    contentText: text,
    color: new ThemeColor(colors.specialToken),
    border: "1px solid",
    borderColor: new ThemeColor(colors.specialToken),
    margin: side === "before" ? "0 4px 0 0" : "0 0 0 4px",
    textDecoration: "none; font-size: 0.85em; border-radius: 2px; padding: 0 2px",
  };
  return { range: new Range(line, column, line, column), renderOptions: { [side]: mark } };
}
