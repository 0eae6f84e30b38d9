import {
  ColorThemeKind,
  type DecorationInstanceRenderOptions,
  type Disposable,
  type Position,
  Range,
  type TextEditor,
  type ThemableDecorationAttachmentRenderOptions,
  ThemeColor,
  window,
} from "vscode";
import { colors } from "../../contributions";
import { bitsOf, stepOf } from "../../inference/surprisal";
import { visibleText } from "../hover/display";
import type { Piece } from "./pieces";

/**
 * Draws a continuation behind the cursor: the next token tinted by its surprisal, then the rest.
 *
 * One decoration holds both, before and after its place. VS Code keeps no order among several decorations that put text
 * at one place, so a decoration for each token would mix them up; the hover and the status bar tell of the others.
 */
export class Ghost implements Disposable {
  private readonly type = window.createTextEditorDecorationType({});

  draw(editor: TextEditor, at: Position, pieces: readonly Piece[]): void {
    const [next, ...rest] = pieces;
    if (!next) {
      this.clear(editor);
      return;
    }
    const highContrast = window.activeColorTheme.kind >= ColorThemeKind.HighContrast;
    const renderOptions: DecorationInstanceRenderOptions = {
      before: nextToken(next, highContrast),
      after: plain(rest.map(({ text }) => text).join("")),
    };
    editor.setDecorations(this.type, [{ range: new Range(at, at), renderOptions }]);
  }

  clear(editor: TextEditor): void {
    editor.setDecorations(this.type, []);
  }

  dispose(): void {
    this.type.dispose();
  }
}

function nextToken({ text, logProb }: Piece, highContrast: boolean): ThemableDecorationAttachmentRenderOptions {
  const step = logProb === undefined ? 0 : stepOf(bitsOf(logProb));
  const color = colors.surprisal[step - 1];
  return {
    ...plain(text),
    ...(step > 1 && !highContrast && { color: new ThemeColor(colors.surprisalText) }),
    ...(color !== undefined && !highContrast && { backgroundColor: new ThemeColor(color) }),
    ...(color !== undefined &&
      highContrast && {
        textDecoration: `none; border-bottom: ${Math.ceil(step / 2)}px solid var(--vscode-${color.replace(".", "-")})`,
      }),
  };
}

function plain(text: string): ThemableDecorationAttachmentRenderOptions {
  return {
    contentText: ghostText(text),
    fontStyle: "italic",
    color: new ThemeColor("editorGhostText.foreground"),
  };
}

/** Spaces stay, since this is read as text; what has no shape of its own is shown by a mark. */
export function ghostText(text: string): string {
  return visibleText(text).replace(/·/g, (dot, index: number) =>
    text.includes("·") && text[index] === "·" ? dot : "\u00a0",
  );
}
