/** An answer's text as what is drawn of it: thoughts, steps and the line that answers. Pure. */
import type { AnswerView } from "./questions";

export interface Piece {
  readonly start: number;
  readonly end: number;
  /** "aside" is text between steps that is no step; "final" is what comes after the last one. */
  readonly kind: "step" | "aside" | "final";
  /** Of a step, from 0. */
  readonly step: number;
  readonly tokens: number | undefined;
}

type Parts = Pick<AnswerView, "text" | "steps" | "said" | "thoughts" | "tokens" | "place">;

/** Pieces in the order of the text; blanks between them are left out, and the tags of thoughts. */
export function piecesOf({ text, steps, said, thoughts, tokens, place }: Parts): Piece[] {
  const pieces: Piece[] = [];
  const counted = steps.reduce((sum, step) => sum + step.tokens, 0);
  let from = (thoughts ?? said).start;
  for (const [index, step] of steps.entries()) {
    pieces.push(...plain(text, from, step.start, "aside"));
    pieces.push({ start: step.start, end: step.end, kind: "step", step: index, tokens: step.tokens });
    from = step.end;
  }
  if (thoughts) {
    pieces.push(...plain(text, from, thoughts.end, "aside"));
    from = Math.max(from, said.start);
  }
  const answered = place && place.start >= from ? endOfSentence(text, place.end, said.end) : said.end;
  const explained = plain(text, answered, said.end, "aside");
  const final = plain(text, from, answered, "final");
  if (explained.length > 0) return [...pieces, ...final, ...explained];
  return [...pieces, ...final.map((piece) => ({ ...piece, tokens: tokens - counted }))];
}

/** Where the sentence or line that goes on at `from` ends: an answer's explanation may follow it. */
function endOfSentence(text: string, from: number, to: number): number {
  const found = /(?<=[.!?])\s+|\n+/.exec(text.slice(from, to));
  return found ? from + found.index : to;
}

function plain(text: string, from: number, to: number, kind: "aside" | "final"): Piece[] {
  const part = text.slice(from, Math.max(from, to));
  if (part.trim() === "") return [];
  const start = from + (part.length - part.trimStart().length);
  return [{ start, end: from + part.trimEnd().length, kind, step: -1, tokens: undefined }];
}

export interface PlacedToken {
  readonly text: string;
  /** Natural logarithm; null where the model gave none. */
  readonly logProb: number | null;
  /** Its number in the answer, from 0, and where it stands in the text. */
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** The tokens that begin in each piece, cut where one hangs over the piece's end. */
export function tokensOfPieces(
  pieces: readonly Piece[],
  tokens: readonly string[],
  logProbs: readonly (number | null)[],
): PlacedToken[][] {
  const found = pieces.map((): PlacedToken[] => []);
  let offset = 0;
  for (const [index, text] of tokens.entries()) {
    const [start, end] = [offset, offset + text.length];
    offset = end;
    const at = pieces.findIndex((piece) => start < piece.end && end > piece.start);
    const piece = pieces[at];
    if (!piece) continue;
    const shown = text.slice(Math.max(0, piece.start - start), Math.max(0, piece.end - start));
    found[at]!.push({ text: shown, logProb: logProbs[index] ?? null, index, start, end });
  }
  return found;
}
