import type { LiteralMatch, LiteralTokens } from "../literalTokens";
import type { AddedTokenFlags } from "./textRules";

const WHITE_SPACE = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const WORD = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u;

/** Finds added tokens as Hugging Face does: `lstrip` and `rstrip` take white space along, `single_word` stands alone. */
export class FlaggedTokens {
  private readonly flags: ReadonlyMap<string, AddedTokenFlags>;

  constructor(
    private readonly literals: LiteralTokens,
    flags: readonly AddedTokenFlags[] = [],
  ) {
    this.flags = new Map(flags.map((each) => [each.content, each]));
  }

  /** All that lie in `text`, in order, without overlap. */
  *in(text: string): Generator<LiteralMatch> {
    let from = 0;
    for (const match of this.literals.in(text)) {
      const flags = this.flags.get(text.slice(match.start, match.end));
      if (flags?.singleWord && touchesWord(text, match)) continue;
      let { start, end } = match;
      if (flags?.lstrip) while (start > from && WHITE_SPACE.test(text[start - 1]!)) start--;
      if (flags?.rstrip) while (end < text.length && WHITE_SPACE.test(text[end]!)) end++;
      yield { start, end, id: match.id };
      from = end;
    }
  }
}

function touchesWord(text: string, { start, end }: LiteralMatch): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  const after = text.codePointAt(end);
  return WORD.test([...before].at(-1) ?? "") || (after !== undefined && WORD.test(String.fromCodePoint(after)));
}
