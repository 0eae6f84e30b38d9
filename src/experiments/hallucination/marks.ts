import type { AnswerEvent } from "./spec";

/** A claim in an answer where invention would show. */
export interface Mark {
  readonly kind: "date" | "year" | "number" | "name";
  readonly text: string;
  /** UTF-16 offsets in the answer. */
  readonly start: number;
  readonly end: number;
  /** Its tokens: the first and the one after the last. */
  readonly tokens: readonly [from: number, to: number];
  /** Probability of the whole claim, the product of its tokens', 0 to 1; undefined without log-probabilities. */
  readonly probability: number | undefined;
  /** Its least likely token, by index, with what the model would have said instead, likeliest first. */
  readonly weakest:
    | { readonly token: number; readonly probability: number; readonly instead: readonly Instead[] }
    | undefined;
}

interface Instead {
  readonly text: string;
  readonly probability: number;
}

const month = "(?:January|February|March|April|May|June|July|August|September|October|November|December)";
const kinds: readonly (readonly [Mark["kind"], RegExp])[] = [
  [
    "date",
    new RegExp(
      `\\b\\d{1,2} ${month}(?:,? \\d{4})?\\b|\\b${month} \\d{1,2}(?:,? \\d{4})?\\b|\\b\\d{4}-\\d{2}-\\d{2}\\b`,
      "g",
    ),
  ],
  ["year", /\b(?:1\d|20)\d{2}\b/g],
  ["number", /(?<![\w.])[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?\b|(?<![\w.])[-−]?\d+(?:\.\d+)?\b/g],
  [
    "name",
    /\p{Lu}[\p{L}\p{M}'’-]*(?:(?:\s(?:of|the|de|van|von|der|da|di|la|le|el|bin|al))*\s\p{Lu}[\p{L}\p{M}'’.-]*)*/gu,
  ],
];

/** Words that begin with a capital only because a sentence does. */
const common = new Set(
  "a an the he she it they we i you his her its their this that these those in on at by for from with as and but or if when while after before there here no yes not who what which where".split(
    " ",
  ),
);

/**
 * The names, dates, years and numbers of an answer with the probability of each, and what else the model thought of at its
 * least likely token. What stands in the question is left out: repeating it is no claim. `event.top` is only with greedy
 * answers, so that nothing likelier than the token can be among the alternatives.
 */
export function marksOf(event: AnswerEvent, question: string): Mark[] {
  const found: { kind: Mark["kind"]; start: number; end: number }[] = [];
  for (const [kind, pattern] of kinds) {
    for (const match of event.text.matchAll(pattern)) {
      const place =
        kind === "name"
          ? nameIn(event.text, match.index, match[0])
          : { start: match.index, end: match.index + match[0].length };
      if (place && !found.some(({ start, end }) => place.start < end && start < place.end))
        found.push({ kind, ...place });
    }
  }
  const asked = question.toLowerCase();
  const ends = tokenEnds(event);
  return found
    .filter(({ start, end }) => !asked.includes(event.text.slice(start, end).toLowerCase()))
    .sort((a, b) => a.start - b.start)
    .map((place) => ({
      ...place,
      text: event.text.slice(place.start, place.end),
      ...probabilities(event, ends, place),
    }));
}

/** A name without a common word that begins its sentence; undefined where nothing is left. */
function nameIn(text: string, start: number, found: string): { start: number; end: number } | undefined {
  const first = /^\S+/.exec(found)?.[0] ?? "";
  const begins = start === 0 || /[.!?:]["”)]?\s*$/.test(text.slice(Math.max(0, start - 4), start));
  const drop = begins && common.has(first.toLowerCase()) ? /^\S+\s*/.exec(found)![0].length : 0;
  const rest = found.slice(drop).replace(/[.'’-]+$/, "");
  return rest === "" || common.has(rest.toLowerCase())
    ? undefined
    : { start: start + drop, end: start + drop + rest.length };
}

/** Where each token ends in the answer's text. */
function tokenEnds({ tokens }: AnswerEvent): number[] {
  let end = 0;
  return tokens.map((token) => (end += token.length));
}

function probabilities(
  { tokens, logProbs, top }: AnswerEvent,
  ends: readonly number[],
  { start, end }: { readonly start: number; readonly end: number },
): Pick<Mark, "tokens" | "probability" | "weakest"> {
  let from = ends.findIndex((each) => each > start);
  // Tokens that share its first character add nothing themselves: the last of them adds it.
  while (from > 0 && tokens[from - 1] === "") from--;
  const last = ends.findIndex((each) => each >= end);
  const to = last < 0 ? tokens.length : last + 1;
  const known = logProbs.slice(from, to).filter((logProb) => logProb !== null);
  if (from < 0 || known.length < to - from)
    return { tokens: [Math.max(0, from), to], probability: undefined, weakest: undefined };
  const least = Math.min(...known);
  const token = from + known.indexOf(least);
  const instead = (top?.[token] ?? [])
    .filter(({ text }) => text !== tokens[token])
    .map(({ text, logProb }) => ({ text, probability: Math.exp(logProb) }));
  return {
    tokens: [from, to],
    probability: Math.exp(known.reduce((sum, logProb) => sum + logProb, 0)),
    weakest: { token, probability: Math.exp(least), instead },
  };
}
