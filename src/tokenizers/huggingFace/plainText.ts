import { type ComposedText, compose } from "./composition";
import type { TextRules } from "./textRules";

const LOW_LINE = "\u2581";

/** A stretch of text between added tokens, as the engine is to see it. */
export interface PlainText extends ComposedText {
  /** 1 where a space stands in front that the original does not have, else 0. `starts` and `apart` are without it. */
  readonly prefix: 0 | 1;
}

/** Applies the rules to `original`; `atStart`: it begins the text, or follows an added token when `afterToken`. */
export function toPlainText(original: string, rules: TextRules, atStart: boolean, afterToken: boolean): PlainText {
  const spaced = rules.lowLineIsSpace && original.includes(LOW_LINE) ? original.replaceAll(LOW_LINE, " ") : original;
  const composed = rules.nfc ? compose(spaced) : { text: spaced, starts: undefined, apart: undefined };
  return hasPrefix(composed.text, rules, atStart, afterToken)
    ? { ...composed, text: ` ${composed.text}`, prefix: 1 }
    : { ...composed, prefix: 0 };
}

function hasPrefix(text: string, { spacePrefix }: TextRules, atStart: boolean, afterToken: boolean): boolean {
  if (spacePrefix === undefined || text === "") return false;
  if (spacePrefix.unlessThere && text.startsWith(" ")) return false;
  return atStart || (afterToken && !spacePrefix.startOnly);
}

/** Where unit `at` of the plain text stands in the original. */
export function originalOffset({ prefix, starts }: PlainText, at: number): number {
  const unit = Math.max(0, at - prefix);
  return starts === undefined ? unit : starts[unit]!;
}
