import { normalAnswer, saysWords } from "../judging/words";
import { type Extract, extractNumber, normalNumber, type Which } from "./number";
import { refusalEnd } from "./refusal";
import { normalText } from "./text";

/** How answers are held against the reference: plain data that goes into the spec of a run. */
export type Grader =
  | { readonly kind: "number" }
  | { readonly kind: "text" }
  /** The letter of one of `choices` choices, A and so on. */
  | { readonly kind: "choice"; readonly choices: number }
  /** A JavaScript regular expression; its first group, or all of it, is the answer. */
  | { readonly kind: "pattern"; readonly pattern: string }
  /** Whether it means the same as the reference: where words do not say, the model with that id judges. */
  | { readonly kind: "meaning"; readonly judge: string };

export type Verdict = "right" | "wrong" | "unparsed" | "refused";

export interface Grade {
  readonly verdict: Verdict;
  /** What was taken for the answer, in the grader's normal form; undefined where nothing was found. */
  readonly extracted: string | undefined;
  /** Where it stands in the text. */
  readonly place: { readonly start: number; readonly end: number } | undefined;
  /** The rule that found it, in words. */
  readonly how: string;
}

/**
 * Holds an answer against the reference. Answers in which nothing is found count as unparsed and refusals as refused, both
 * not right: nothing is dropped. `which` is for answers that come before their explanation.
 */
export function grade(answer: string, reference: string, grader: Grader, which: Which = "last"): Grade {
  const found = extract(answer, grader, which);
  const refused = refusalEnd(answer);
  // "We don't know how many, so let it be x" is a beginning: what is found after it is an answer.
  if (refused !== undefined && !(found && (isStated(found) || found.start >= refused))) {
    return { verdict: "refused", extracted: undefined, place: undefined, how: "a refusal" };
  }
  if (!found) return { verdict: "unparsed", extracted: undefined, place: undefined, how: "nothing found" };
  const { value, start, end, how } = found;
  return {
    verdict: agrees(value, answer.slice(start, end), reference, grader) ? "right" : "wrong",
    extracted: value,
    place: { start, end },
    how,
  };
}

/** Whether an answer is given for one: then "I'm not sure, but the answer is 4" is no refusal. */
function isStated({ how }: Found): boolean {
  return how === afterMarker || how === byExpression || how === "after ####" || how === "boxed";
}

/**
 * Whether a judge has to say what an answer means: its words differ from the reference's. Until it has, and where no judge
 * can be trusted, an answer of one sentence that holds the reference's words counts as right.
 */
export function needsJudge({ verdict, extracted }: Grade, reference: string): boolean {
  return (verdict === "right" || verdict === "wrong") && extracted !== normalAnswer(reference);
}

function agrees(value: string, words: string, reference: string, grader: Grader): boolean {
  if (grader.kind === "meaning")
    return value === normalAnswer(reference) || (!goesOn(words) && saysWords(words, reference));
  return value === normalReference(reference, grader);
}

type Found = Omit<Extract, "how"> & { readonly how: string };

function extract(answer: string, grader: Grader, which: Which): Found | undefined {
  switch (grader.kind) {
    case "number":
      return extractNumber(answer, which);
    case "text":
      return wholeText(answer, which, normalText);
    case "meaning":
      return wholeText(answer, which, normalAnswer);
    case "choice":
      return choiceLetter(answer, grader.choices, which);
    case "pattern":
      return byPattern(answer, grader.pattern, which);
  }
}

/** More than one sentence: what it holds may be said of something else. A point between digits ends none. */
function goesOn(words: string): boolean {
  return /[.!?]\s+\S/.test(words.trim());
}

function normalReference(reference: string, grader: Exclude<Grader, { kind: "meaning" }>): string {
  if (grader.kind === "number") return extractNumber(reference)?.value ?? normalNumber(reference) ?? reference.trim();
  if (grader.kind === "choice") return reference.trim().toUpperCase();
  return grader.kind === "text" ? normalText(reference) : reference.trim();
}

const afterMarker = "after the answer marker";
const byExpression = "by the expression";

/**
 * After "Answer:" to the end of its line, or else the whole answer; where an explanation follows, the first sentence of
 * either.
 */
function wholeText(answer: string, which: Which, normal: (text: string) => string): Found | undefined {
  const marked = [...answer.matchAll(/\banswer(?:\s+is|\s*:)[\s*_]*([^\n]+)/dgi)].at(which === "first" ? 0 : -1);
  const place = marked?.indices?.[1];
  const start = place?.[0] ?? (which === "first" ? answer.length - answer.trimStart().length : 0);
  const words = marked?.[1] ?? answer.slice(start);
  const counts = which === "first" ? firstSentence(words) : words;
  const value = normal(counts);
  if (value === "") return undefined;
  const how = marked ? afterMarker : counts === answer ? "the whole answer" : "the first sentence";
  return { value, start, end: start + counts.length, how };
}

function firstSentence(text: string): string {
  const [line = ""] = text.split("\n");
  return /^.*?[.!?](?=\s)/.exec(line)?.[0] ?? line;
}

function choiceLetter(answer: string, choices: number, which: Which): Found | undefined {
  const letter = `[A-${String.fromCharCode(64 + choices)}]`;
  const rules: [string, RegExp][] = [
    // In lower case "a" is mostly an article.
    [afterMarker, new RegExp(String.raw`\b(?:[Aa]nswer|ANSWER)(?:\s+is|\s*:)[\s*_(]*(${letter})\b`, "dg")],
    [afterMarker, new RegExp(String.raw`\banswer(?:\s+is|\s*:)[\s*_(]*(${letter})(?=[).:*_]|\s*$)`, "dgim")],
    ["in brackets", new RegExp(String.raw`\((${letter})\)`, "dg")],
    ["a letter alone", new RegExp(String.raw`(?:^|[\s*_])(${letter})(?=[\s.,;):*_]|$)`, "dgm")],
  ];
  for (const [how, pattern] of rules) {
    const found = [...answer.matchAll(pattern)].at(which === "first" ? 0 : -1);
    const place = found?.indices?.[1];
    if (found && place) return { value: found[1]!.toUpperCase(), start: place[0], end: place[1], how };
  }
  return undefined;
}

function byPattern(answer: string, pattern: string, which: Which): Found | undefined {
  const found = [...answer.matchAll(new RegExp(pattern, "dgm"))].at(which === "first" ? 0 : -1);
  const group = found?.[1] === undefined ? 0 : 1;
  const place = found?.indices?.[group];
  return found && place && { value: found[group]!.trim(), start: place[0], end: place[1], how: byExpression };
}
