import {
  ColorThemeKind,
  type Disposable,
  type Position,
  Range,
  type TextEditor,
  type TextEditorDecorationType,
  type ThemableDecorationAttachmentRenderOptions,
  ThemeColor,
  window,
} from "vscode";
import { bitsOf, stepOf } from "../../inference/surprisal";
import { visibleText } from "../hover/display";
import { type StepLines, stepStyle } from "../surprisal/stepStyle";
import type { Piece } from "./pieces";

/** Pieces that have a decoration of their own; what is beyond goes into the last one, untinted. */
const mostPieces = 64;

/**
 * Draws a continuation behind the cursor, each token tinted by its surprisal.
 *
 * VS Code puts what several decorations write at one place in the order of their class names, which begin with the keys
 * of their types: so each token has a type of its own, and the types are taken in that order. All of them write after the
 * place, so that the cursor stands before the ghost.
 */
export class Ghost implements Disposable {
  private types: readonly TextEditorDecorationType[] = [];
  /** What each type was last asked to draw: a token that came earlier is not drawn again. */
  private drawn: string[] = [];

  draw(editor: TextEditor, at: Position, pieces: readonly Piece[]): void {
    if (this.types.length === 0) this.types = orderedTypes();
    const highContrast = window.activeColorTheme.kind >= ColorThemeKind.HighContrast;
    const marks = pieces.slice(0, mostPieces - 1).map((piece) => tinted(piece, highContrast));
    const beyond = pieces.slice(mostPieces - 1);
    if (beyond.length > 0) marks.push(plain(beyond.map(({ text }) => text).join(""), highContrast));
    for (const [index, type] of this.types.entries()) {
      const mark = marks[index];
      const key = mark ? JSON.stringify([at, mark]) : "";
      if (key === (this.drawn[index] ?? "")) continue;
      this.drawn[index] = key;
      editor.setDecorations(type, mark ? [{ range: new Range(at, at), renderOptions: { after: mark } }] : []);
    }
  }

  clear(editor: TextEditor): void {
    for (const [index, type] of this.types.entries()) if (this.drawn[index]) editor.setDecorations(type, []);
    this.drawn = [];
  }

  dispose(): void {
    for (const type of this.types) type.dispose();
  }
}

/** "TextEditorDecorationType9-" comes after "TextEditorDecorationType10-": class names are compared as texts. */
function orderedTypes(): TextEditorDecorationType[] {
  const types = Array.from({ length: mostPieces }, () => window.createTextEditorDecorationType({}));
  return types.sort((a, b) => (`${a.key}-` < `${b.key}-` ? -1 : 1));
}

function tinted({ text, logProb }: Piece, highContrast: boolean): ThemableDecorationAttachmentRenderOptions {
  const style = stepStyle(logProb === undefined ? 0 : stepOf(bitsOf(logProb)), highContrast);
  if (!style) return plain(text, highContrast);
  const color = new ThemeColor(style.color);
  return {
    ...plain(text, highContrast),
    ...(style.text !== undefined && { color: new ThemeColor(style.text) }),
    ...(style.lines
      ? { border: `solid; border-width: ${borderWidths(style.lines)}`, borderColor: color }
      : { backgroundColor: color, textDecoration: "none; border-radius: 2px" }),
  };
}

function borderWidths({ underline, box }: StepLines): string {
  return `${box}px ${box}px ${underline}px ${box}px`;
}

function plain(text: string, highContrast: boolean): ThemableDecorationAttachmentRenderOptions {
  // VS Code's own colour of ghosts is not there in high contrast.
  const color = highContrast ? "descriptionForeground" : "editorGhostText.foreground";
  return {
    contentText: ghostText(text),
    fontStyle: "italic",
    color: new ThemeColor(color),
  };
}

/** Spaces stay, since this is read as text; what has no shape of its own is shown by a mark. */
export function ghostText(text: string): string {
  return visibleText(text).replace(/·/g, (dot, index: number) =>
    text.includes("·") && text[index] === "·" ? dot : "\u00a0",
  );
}
