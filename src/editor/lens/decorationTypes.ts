import {
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

const small = "none; font-size: 0.8em; font-family: var(--vscode-font-family); font-variant-numeric: tabular-nums";

/** The decoration types of a lens: made once, cleared and disposed of together. Text typed beside them stays outside. */
export class DecorationTypes implements Disposable {
  private readonly all: TextEditorDecorationType[] = [];

  make(options: DecorationRenderOptions): TextEditorDecorationType {
    const type = window.createTextEditorDecorationType({
      rangeBehavior: DecorationRangeBehavior.ClosedClosed,
      ...options,
    });
    this.all.push(type);
    return type;
  }

  /** Takes everything out of an editor. */
  clear(editor: TextEditor): void {
    for (const type of this.all) editor.setDecorations(type, []);
  }

  dispose(): void {
    for (const type of this.all) type.dispose();
  }
}

/** A small number behind a line's end. */
export function numberMark(line: number, column: number, text: string): DecorationOptions {
  return {
    range: new Range(line, column, line, column),
    renderOptions: {
      after: {
        contentText: text,
        margin: "0 0 0 16px",
        color: new ThemeColor(colors.lineCount),
        textDecoration: small,
      },
    },
  };
}
