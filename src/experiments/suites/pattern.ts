import { RE2JS } from "re2js";

/** Why a text is no regular expression of RE2's kind: no look-around and no back-references, which can take forever. */
export function patternFault(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^error parsing regexp: /, "");
  }
}

/**
 * Whether a regular expression is found in an answer, in time linear in both, whatever the expression: a person's suite may
 * come from anywhere, and JavaScript's own engine can be made to hang [Cox 2007, “Regular Expression Matching Can Be Simple
 * And Fast”]. Throws where the expression cannot be read; `readSuite` asks `patternFault` first.
 */
export function matches(answer: string, pattern: string): boolean {
  return RE2JS.compile(pattern).matcher(answer).find();
}
