import {
  type ColorThemeKind,
  type DecorationOptions,
  type Disposable,
  OverviewRulerLane,
  type TextDocument,
  type TextEditor,
  type TextEditorDecorationType,
  ThemeColor,
  Uri,
} from "vscode";
import { heatStep } from "../../../webview/interrogation/heat";
import { colors } from "../../contributions";
import { percent } from "../../experiments/reasoning/words";
import { dataUri } from "../hover/html";
import { isHighContrast, paletteOf } from "../hover/theme";
import { DecorationTypes, numberMark } from "../lens/decorationTypes";
import { rangeOf } from "../marks/documentMarks";
import { rateText } from "./knowledgeCard";
import { type KnowledgeLine, knowledgeLines } from "./knowledgeLines";
import type { HeadingMark, KnowledgeMark } from "./knowledgeMark";
import { heatPalettes, stripSvg } from "./knowledgePictures";

/**
 * The heat of a document: strips in the margin, underlines on the text (none known is an outline), percentages behind lines.
 * Made once for a kind of theme.
 */
export class KnowledgeDecorations implements Disposable {
  private readonly types = new DecorationTypes();
  private readonly strips: readonly TextEditorDecorationType[];
  private readonly texts: readonly TextEditorDecorationType[];
  private readonly stale: TextEditorDecorationType;
  private readonly numbers: TextEditorDecorationType;

  constructor(theme: ColorThemeKind) {
    const palette = heatPalettes[paletteOf(theme)];
    const highContrast = isHighContrast(theme);
    this.strips = colors.heat.map((color, step) =>
      this.types.make({
        gutterIconPath: Uri.parse(dataUri(stripSvg(step, palette))),
        gutterIconSize: "contain",
        overviewRulerColor: new ThemeColor(color),
        overviewRulerLane: OverviewRulerLane.Left,
      }),
    );
    this.texts = colors.heat.map((color, step) =>
      this.types.make(
        step === 0
          ? { border: "1px solid", borderColor: new ThemeColor(color), borderRadius: "2px" }
          : underline("solid", highContrast ? 4 : 3, color),
      ),
    );
    this.stale = this.types.make(underline("dotted", 2, colors.heat[0]));
    this.numbers = this.types.make({});
  }

  /** Replaces what an editor shows. */
  draw(editor: TextEditor, marks: readonly KnowledgeMark[], headings: readonly HeadingMark[]): void {
    const lines = knowledgeLines(marks);
    const drawn = marks.filter(({ right }) => right.trials > 0);
    for (const [step, type] of this.strips.entries())
      editor.setDecorations(
        type,
        lines.filter((each) => each.step === step).map(({ line }) => rangeOf(lineStart(line))),
      );
    for (const [step, type] of this.texts.entries())
      editor.setDecorations(
        type,
        drawn.filter(({ stale, right }) => !stale && heatStep(right.rate) === step).map(({ range }) => rangeOf(range)),
      );
    editor.setDecorations(
      this.stale,
      drawn.filter(({ stale }) => stale).map(({ range }) => rangeOf(range)),
    );
    editor.setDecorations(this.numbers, [
      ...lines.map((line) => shareMark(editor.document, line)),
      ...headings
        .filter(({ section, stale }) => section.right.trials > 0 && !stale)
        .map(({ range: { end }, section }) => numberMark(end.line, end.character, rateText(section.right))),
    ]);
  }

  clear(editor: TextEditor): void {
    this.types.clear(editor);
  }

  dispose(): void {
    this.types.dispose();
  }
}

function underline(line: string, width: number, color: string) {
  const variable = `var(--vscode-${color.replaceAll(".", "-")})`;
  return {
    textDecoration: `underline ${line} ${width}px ${variable}; text-underline-offset: 3px; text-decoration-skip-ink: none`,
  };
}

function shareMark(document: TextDocument, { line, share, stale }: KnowledgeLine): DecorationOptions {
  return numberMark(line, lineLength(document, line), `${percent(share)}${stale ? " …" : ""}`);
}

function lineStart(line: number) {
  return { start: { line, character: 0 }, end: { line, character: 0 } };
}

function lineLength(document: TextDocument, line: number): number {
  return line < document.lineCount ? document.lineAt(line).text.length : 0;
}
