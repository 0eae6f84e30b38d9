/** Begins a block of its own, so that the line before it does not go on here. */
const opens = /^\s*(?:#{1,6}\s|[-*+]\s|\d+[.)]\s|>|\||```|~~~|={3,}|-{3,})/;
/** Ends where its line ends. */
const closed = /^\s*(?:#{1,6}\s|\||```|~~~)/;

/**
 * A text with the same length in which sentences are whole: a line that goes on in the next one is followed by a space, not
 * by a line end, and marks of lists and quotes are spaces. Offsets stay as they are.
 */
export function proseOf(text: string): string {
  const lines = text.split(/(\r\n|\r|\n)/);
  let prose = "";
  for (let at = 0; at < lines.length; at += 2) {
    const [line, end, next] = [lines[at]!, lines[at + 1] ?? "", lines[at + 2] ?? ""];
    const goesOn = line.trim() !== "" && next.trim() !== "" && !closed.test(line) && !opens.test(next);
    const bare = line.replace(/^\s*(?:(?:[-*+]|\d+[.)])\s+|>\s?)/, (mark) => " ".repeat(mark.length));
    prose += bare + (goesOn ? " ".repeat(end.length) : end);
  }
  return prose;
}
