import type { TextDocument } from "vscode";
import type { LineRange, TextLines } from "./bands";

/** Beyond what is visible, so that a scroll of a few lines finds its tokens drawn already. */
const marginLines = 30;
const marginUnits = 2000;

/** A range as an editor reports it; positions in a wrapped line have columns. */
interface VisibleRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** The lines to draw for the visible ranges (several where text is folded), with margins at the outer edges. */
export function rangesToDraw(visible: readonly VisibleRange[], lineCount: number): LineRange[] {
  const ordered = [...visible].sort((a, b) => a.start.line - b.start.line || a.start.character - b.start.character);
  return ordered.map(({ start, end }, index) => {
    // In the middle of a wrapped line the margin is a stretch of that line; between ranges the text is folded away.
    const above = index === 0 && start.character === 0 ? marginLines : 0;
    const below = index === ordered.length - 1 ? marginLines : 0;
    const to = Math.min(lineCount - 1, end.line + below);
    return {
      from: Math.max(0, start.line - above),
      fromColumn: Math.max(0, start.character - marginUnits),
      to,
      toColumn: to === end.line ? end.character + marginUnits : Number.MAX_SAFE_INTEGER,
    };
  });
}

/** Whether all of `visible` lies within lines drawn before. */
export function covers(drawn: readonly LineRange[], visible: readonly VisibleRange[]): boolean {
  return visible.every(({ start, end }) =>
    drawn.some(
      ({ from, fromColumn, to, toColumn }) =>
        (start.line > from || (start.line === from && start.character >= fromColumn)) &&
        (end.line < to || (end.line === to && end.character <= toColumn)),
    ),
  );
}

/** A document's lines. */
export class DocumentLines implements TextLines {
  constructor(private readonly document: TextDocument) {}

  get lineCount(): number {
    return this.document.lineCount;
  }

  line(index: number): string {
    return this.document.lineAt(index).text;
  }

  startOf(index: number): number {
    return this.document.offsetAt(this.document.lineAt(index).range.start);
  }
}
