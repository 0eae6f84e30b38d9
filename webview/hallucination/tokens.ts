/** The greedy answer's tokens as what is drawn of them. Pure. */
import type { GreedyView, MarkView } from "./items";

export interface DrawnToken {
  readonly index: number;
  /** What of it belongs to the answer: what ended the answer is cut off. */
  readonly text: string;
  readonly logProb: number | null;
  readonly top: GreedyView["pieces"][number]["top"];
  /** The name, date or number it is part of. */
  readonly mark: MarkView | undefined;
}

/** The tokens of the answer's own text, each with the claim it belongs to. */
export function drawnTokens({ text, pieces, marks }: Pick<GreedyView, "text" | "pieces" | "marks">): DrawnToken[] {
  let start = 0;
  return pieces.flatMap((piece, index): DrawnToken[] => {
    const shown = piece.text.slice(0, Math.max(0, text.length - start));
    start += piece.text.length;
    if (shown === "") return [];
    const mark = marks.find(({ from, to }) => index >= from && index < to);
    return [{ index, text: shown, logProb: piece.logProb, top: piece.top, mark }];
  });
}

/** Neighbours that belong to the same claim, or to none, together: a claim is underlined as one. */
export function stretches(tokens: readonly DrawnToken[]): { mark: MarkView | undefined; tokens: DrawnToken[] }[] {
  const found: { mark: MarkView | undefined; tokens: DrawnToken[] }[] = [];
  for (const token of tokens) {
    const last = found.at(-1);
    if (last && last.mark === token.mark) last.tokens.push(token);
    else found.push({ mark: token.mark, tokens: [token] });
  }
  return found;
}
