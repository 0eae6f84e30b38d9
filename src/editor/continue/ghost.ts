import {
  ColorThemeKind,
  type DecorationOptions,
  type Disposable,
  type Position,
  Range,
  type TextEditor,
  ThemeColor,
  window,
} from "vscode";
import { colors } from "../../contributions";
import { visibleText } from "../hover/display";
import { bitsOf, stepOf } from "../surprisal/steps";
import type { Piece } from "./pieces";

/** No more pieces than this are drawn: each is a decoration of its own. */
const mostDrawn = 300;

/**
 * Draws a continuation behind the cursor, each token tinted by its surprisal. One decoration type, made once; each piece
 * needs its text, as counts at line ends do.
 */
export class Ghost implements Disposable {
  private readonly type = window.createTextEditorDecorationType({});

  draw(editor: TextEditor, at: Position, pieces: readonly Piece[]): void {
    const range = new Range(at, at);
    const highContrast = window.activeColorTheme.kind >= ColorThemeKind.HighContrast;
    editor.setDecorations(
      this.type,
      pieces.slice(0, mostDrawn).map((piece) => ghostOf(piece, range, highContrast)),
    );
  }

  clear(editor: TextEditor): void {
    editor.setDecorations(this.type, []);
  }

  dispose(): void {
    this.type.dispose();
  }
}

function ghostOf({ text, logProb }: Piece, range: Range, highContrast: boolean): DecorationOptions {
  const step = logProb === undefined ? 0 : stepOf(bitsOf(logProb));
  const color = colors.surprisal[step - 1];
  const after = {
    contentText: ghostText(text),
    fontStyle: "italic",
    color: new ThemeColor(step > 1 && !highContrast ? colors.surprisalText : "editorGhostText.foreground"),
    ...(color !== undefined && !highContrast && { backgroundColor: new ThemeColor(color) }),
    ...(color !== undefined &&
      highContrast && {
        textDecoration: `none; border-bottom: ${Math.ceil(step / 2)}px solid var(--vscode-${color.replace(".", "-")})`,
      }),
  };
  return { range, renderOptions: { after } };
}

/** Spaces stay, since this is read as text; what has no shape of its own is shown by a mark. */
function ghostText(text: string): string {
  return visibleText(text).replace(/·/g, (dot, index: number) =>
    text.includes("·") && text[index] === "·" ? dot : "\u00a0",
  );
}
