import type { PieceEncoder } from "../pieceEncoder";
import type { WindowEncoder, WindowPieces } from "../tokenizer";
import { isPlainlyComposed, lastComposedCut } from "./composition";
import type { FlaggedTokens } from "./flaggedTokens";
import { PieceSink } from "./pieceSink";
import { originalOffset, toPlainText } from "./plainText";
import type { TextRules } from "./textRules";

/** Windows of text for a RuledTokenizer: pieces end only where the text from there on encodes the same by itself. */
export class RuledWindows implements WindowEncoder {
  readonly restartPieces = 2;
  readonly restartUnits: number;
  private out = new PieceSink();
  private units = new Uint16Array(1 << 12);
  /** Beginnings of added tokens, longest 1 unit short of the whole. */
  private readonly beginnings: ReadonlySet<string>;

  constructor(
    private readonly encoder: PieceEncoder,
    private readonly added: FlaggedTokens,
    addedTexts: readonly string[],
    private readonly rules: TextRules,
  ) {
    this.restartUnits = Math.max(0, ...addedTexts.map(({ length }) => length));
    this.beginnings = new Set(addedTexts.flatMap((text) => [...text].map((_, k) => text.slice(0, k)).filter(Boolean)));
  }

  encodeWindow(units: Uint16Array, length: number, atTextEnd: boolean, atTextStart = false): WindowPieces {
    const text = toText(units, length);
    const limit = atTextEnd ? length : this.finalLimit(text);
    const matches = this.added.in(text)[Symbol.iterator]();
    const { out } = this;
    out.clear();
    let from = 0;
    let afterToken = false;
    const prefixed = this.rules.spacePrefix !== undefined && !this.rules.spacePrefix.startOnly;
    for (let next = matches.next(); ; next = matches.next()) {
      const match = next.done || next.value.start >= limit ? undefined : next.value;
      const to = match?.start ?? limit;
      const isLast = match === undefined;
      if (isLast && from === 0 && this.isUntouched(text.slice(0, limit), atTextStart)) {
        return this.encoder.encodeWindow(units, limit, atTextEnd);
      }
      if (to > from) {
        this.encodePlain(text.slice(from, to), from, !isLast || atTextEnd, atTextStart && from === 0, afterToken);
      }
      if (isLast) break;
      // Text after an added token may get a space in front: then the border between them tells nothing by itself.
      out.token(match.id, match.start);
      if (!prefixed || (atTextEnd && match.end === length)) out.endPiece(match.end);
      from = match.end;
      afterToken = true;
    }
    return out.result();
  }

  /** Whether the rules leave `text`, in which there is no added token, as it is. */
  private isUntouched(text: string, atStart: boolean): boolean {
    const { rules } = this;
    if (rules.lowLineIsSpace || (rules.nfc && !isPlainlyComposed(text))) return false;
    return toPlainText(text, rules, atStart, false).prefix === 0;
  }

  /** Where the window must end so that nothing that follows it could still change what lies before. */
  private finalLimit(text: string): number {
    const cut = this.rules.nfc && !isPlainlyComposed(text.slice(-1)) ? lastComposedCut(text) : text.length;
    for (let at = Math.max(0, cut - this.restartUnits); at < cut; at++) {
      if (this.beginnings.has(text.slice(at, cut))) return at;
    }
    return cut;
  }

  private encodePlain(original: string, from: number, atEnd: boolean, atStart: boolean, afterToken: boolean): void {
    const plain = toPlainText(original, this.rules, atStart, afterToken);
    const window = this.encoder.encodeWindow(this.toUnits(plain.text), plain.text.length, atEnd);
    let token = 0;
    for (let piece = 0; piece < window.pieces; piece++) {
      for (; token < window.tokenEnds[piece]!; token++) {
        this.out.token(window.ids[token]!, from + originalOffset(plain, window.starts[token]!));
      }
      const end = window.pieceEnds[piece]!;
      const isApart = plain.apart === undefined || plain.apart[end - plain.prefix] === 1;
      // A prefix alone in its piece ends where it began: no border of the original.
      if (isApart && end > plain.prefix) this.out.endPiece(from + originalOffset(plain, end));
    }
  }

  private toUnits(text: string): Uint16Array {
    if (text.length > this.units.length) this.units = new Uint16Array(text.length * 2);
    for (let i = 0; i < text.length; i++) this.units[i] = text.charCodeAt(i);
    return this.units.subarray(0, text.length);
  }
}

/** Units made into a string at once: a call takes only so many arguments. */
const STRING_UNITS = 8192;

function toText(units: Uint16Array, length: number): string {
  let text = "";
  for (let at = 0; at < length; at += STRING_UNITS) {
    const part = units.subarray(at, Math.min(at + STRING_UNITS, length));
    // Ten times faster than spreading, which goes through the iterator.
    text += String.fromCharCode.apply(null, part as unknown as number[]);
  }
  return text;
}
