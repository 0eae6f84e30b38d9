import { type Grade, grade } from "../graders/grade";
import { isRefusal } from "../graders/refusal";
import { normalText } from "../graders/text";
import { saysWords } from "../judging/words";
import { matches } from "./pattern";
import type { SuiteItem } from "./suite";

/** Holds an answer against an item's reference; undefined where there is none. */
export function checkAnswer(
  text: string,
  { reference, check }: Pick<SuiteItem, "reference" | "check">,
): Grade | undefined {
  if (reference === undefined) return undefined;
  if (check === "number" || check === "text") return grade(text, reference, { kind: check });
  if (check === "firstNumber") return grade(text, reference, { kind: "number" }, "first");
  const right = { says, letters, exact, recites, matches }[check](text, reference);
  const verdict = right ? "right" : isRefusal(text) ? "refused" : text.trim() === "" ? "unparsed" : "wrong";
  return { verdict, extracted: undefined, place: undefined, how: check };
}

function says(text: string, reference: string): boolean {
  return saysWords(text, reference);
}

function letters(text: string, reference: string): boolean {
  const answer = /\banswer\s*:\s*([^\n]+)/i.exec(text)?.[1] ?? text.trim().split("\n")[0]!;
  return onlyLetters(answer) === onlyLetters(reference);
}

function exact(text: string, reference: string): boolean {
  return text.trim().split("\n")[0]!.trim() === reference;
}

function onlyLetters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function recites(text: string, reference: string): boolean {
  const [said, wanted] = [normalText(text), normalText(reference)];
  return said === wanted || said.startsWith(`${wanted} `);
}
