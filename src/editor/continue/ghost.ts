import {
  ColorThemeKind,
  type DecorationOptions,
  type Disposable,
  EndOfLine,
  type Position,
  Range,
  type TextDocument,
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

/** Pieces that are drawn together. */
interface Run {
  readonly text: string;
  /** 0 to 6. */
  readonly step: number;
}

/**
 * Draws a continuation behind the cursor, each token tinted by its surprisal. One decoration type, made once; each piece
 * needs its text, as counts at line ends do.
 *
 * VS Code orders what decorations put at one place by where the decorations begin, and not by when they came: so each
 * begins one unit later than the one before it, all end at the cursor, and a text too short for that has pieces joined.
 */
export class Ghost implements Disposable {
  private readonly type = window.createTextEditorDecorationType({});

  draw(editor: TextEditor, at: Position, pieces: readonly Piece[]): void {
    const { document } = editor;
    const highContrast = window.activeColorTheme.kind >= ColorThemeKind.HighContrast;
    const offset = document.offsetAt(at);
    const runs = runsOf(pieces.slice(0, mostDrawn), startsBefore(document, at, mostDrawn) + 1);
    editor.setDecorations(
      this.type,
      runs.map((run, index) => {
        const start = document.positionAt(
          Math.max(0, offset - (document.eol === EndOfLine.CRLF ? 2 : 1) * (runs.length - 1 - index)),
        );
        return ghostOf(run, new Range(start, at), highContrast);
      }),
    );
  }

  clear(editor: TextEditor): void {
    editor.setDecorations(this.type, []);
  }

  dispose(): void {
    this.type.dispose();
  }
}

/** Places before the cursor that decorations can begin at, at most `most`; a CRLF is one. */
function startsBefore(document: TextDocument, at: Position, most: number): number {
  const width = document.eol === EndOfLine.CRLF ? 2 : 1;
  return Math.min(most, Math.floor(document.offsetAt(at) / width));
}

/** At most `most` runs: neighbours of one step are joined first, then whatever comes last. */
export function runsOf(pieces: readonly Piece[], most: number): Run[] {
  const single = pieces.map(({ text, logProb }) => ({
    text,
    step: logProb === undefined ? 0 : stepOf(bitsOf(logProb)),
  }));
  if (single.length <= most) return single;
  const joined: Run[] = [];
  for (const run of single) {
    const last = joined.at(-1);
    if (last?.step === run.step || (last && joined.length === most))
      joined[joined.length - 1] = { text: last.text + run.text, step: Math.max(last.step, run.step) };
    else joined.push(run);
  }
  return joined;
}

function ghostOf({ text, step }: Run, range: Range, highContrast: boolean): DecorationOptions {
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
