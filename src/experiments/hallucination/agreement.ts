import { normalAnswer } from "./meaning";
import type { Item } from "./spec";

/** Whether a text holds the words of another, whole and in order, in the form of `normalAnswer`. */
export function saysWords(text: string, words: string): boolean {
  const wanted = normalAnswer(words);
  return wanted !== "" && ` ${normalAnswer(text)} `.includes(` ${wanted} `);
}

/**
 * Whether an answer agrees with an item's reference by its words: it holds any of the accepted ones, or the whole reference.
 * Undefined where the words alone do not say: a judge may.
 */
export function agreesByWords(
  answer: string,
  { reference, accept }: Pick<Item, "reference" | "accept">,
): boolean | undefined {
  if (accept && accept.length > 0) return accept.some((words) => saysWords(answer, words));
  if (reference === undefined) return undefined;
  return saysWords(answer, reference) || undefined;
}
