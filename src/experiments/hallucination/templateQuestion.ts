import { oneLine } from "../judging/prompts";

/** A question made by rule, where no writer is good enough. */
export interface TemplateQuestion {
  readonly text: string;
  /** What the claim answers, in its own words. */
  readonly answer: string;
}

const name = String.raw`((?:The |the )?\p{Lu}[\p{L}\p{M}'’.-]*(?:\s(?:(?:of|de|van|von|der|da|di|la|el|bin|al)\s)*\p{Lu}[\p{L}\p{M}'’.-]*)*)`;
const when = String.raw`((?:\d{1,2} \p{Lu}\p{Ll}+,? )?\d{3,4})`;

type Rule = readonly [pattern: RegExp, ask: (subject: string) => string];
/** First what a sentence says of a name: the subject is group 1, the answer group 2. */
const rules: readonly Rule[] = [
  [new RegExp(`^The capital of ${name} is ${name}`, "u"), (subject) => `What is the capital of ${subject}?`],
  [/^The symbol of (\p{Ll}+) is (\p{L}{1,2})\b/u, (subject) => `What is the chemical symbol of ${subject}?`],
  [new RegExp(`^${name} was born (?:[^.]*? )??(?:in|on) ${when}`, "u"), (subject) => `When was ${subject} born?`],
  [new RegExp(`^${name} was born (?:[^.]*? )??in ${name}`, "u"), (subject) => `Where was ${subject} born?`],
  [new RegExp(`^${name} died (?:[^.]*? )??(?:in|on) ${when}`, "u"), (subject) => `When did ${subject} die?`],
  [new RegExp(`^${name} died (?:[^.]*? )??in ${name}`, "u"), (subject) => `Where did ${subject} die?`],
  [new RegExp(`^${name} (?:\\([^)]*\\) )?was an? ([^.,;]+)`, "u"), (subject) => `Who was ${subject}?`],
  [new RegExp(`^${name} (?:\\([^)]*\\) )?is an? ([^.,;]+)`, "u"), (subject) => `Who is ${subject}?`],
];

const pronouns = new Set(["He", "She", "It", "They", "This", "That", "There", "The"]);
const blank = "___";

/**
 * A claim as a question by rule: what it says of a name's birth, death, capital or calling; else its last number, or its
 * last name that is not its beginning, is taken out and asked for. Undefined for a claim with none of these.
 */
export function templateQuestion(claim: string): TemplateQuestion | undefined {
  for (const [pattern, ask] of rules) {
    const [, subject, answer] = pattern.exec(claim) ?? [];
    if (subject && answer && !pronouns.has(subject)) return { text: ask(bare(subject)), answer: bare(answer) };
  }
  const numbers = [...claim.matchAll(/\b\d[\d,.]*\d\b|\b\d\b/g)];
  const names = [...claim.matchAll(/(?<=\S\s)\p{Lu}[\p{L}\p{M}'’-]+(?:\s\p{Lu}[\p{L}\p{M}'’-]+)*/gu)];
  const found = numbers.at(-1) ?? names.at(-1);
  if (!found) return undefined;
  const [answer] = found;
  const sentence = `${claim.slice(0, found.index)}${blank}${claim.slice(found.index + answer.length)}`;
  return { text: `What belongs in the gap? ${oneLine(sentence)}`, answer };
}

/** Without the full stop that ends the sentence. */
function bare(words: string): string {
  return words.trim().replace(/[.'’-]+$/, "");
}
