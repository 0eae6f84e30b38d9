import type { Run } from "./tokenText";

/** Width of runs that are drawn smaller, in a box, as a share of the editor font. */
export const smallScale = 11 / 13;
const boxPadding = 4;

/** Widths of text in one font, in CSS pixels, by canvas; characters of a monospaced font are counted. */
export class TextMeasure {
  private readonly canvas = document.createElement("canvas").getContext("2d");
  private readonly known = new Map<string, number>();
  /** Width of a character; 0 when the font is not monospaced. */
  private cell = 0;
  private font = "";

  /** Takes the font of an element. Returns whether it changed. */
  use(element: Element): boolean {
    const { fontSize, fontFamily, fontWeight } = getComputedStyle(element);
    const font = `${fontWeight} ${fontSize} ${fontFamily}`;
    if (!this.canvas || font === this.font) return false;
    this.font = font;
    this.canvas.font = font;
    this.canvas.fontKerning = "none";
    this.known.clear();
    const wide = this.canvas.measureText("M").width;
    this.cell = Math.abs(wide - this.canvas.measureText("i").width) < 0.01 ? wide : 0;
    return true;
  }

  runs(runs: readonly Run[]): number {
    return runs.reduce((sum, run) => sum + this.run(run), 0);
  }

  text(text: string): number {
    if (this.cell > 0 && isAscii(text)) return text.length * this.cell;
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const width = this.canvas?.measureText(text).width ?? 0;
    if (this.known.size > 50_000) this.known.clear();
    this.known.set(text, width);
    return width;
  }

  private run({ kind, text }: Run): number {
    if (isBoxed({ kind, text })) return this.text(text) * smallScale + boxPadding;
    return this.text(text);
  }
}

/** Whether a run is drawn small and in a box: bytes, and characters written as U+202E. */
export function isBoxed({ kind, text }: Run): boolean {
  return kind === "bytes" || (kind === "mark" && text.length > 3 && text.includes("U+"));
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7e) return false;
  return true;
}
