import { saysWords } from "../judging/words";
import type { Item } from "./spec";

/**
 * Whether an answer agrees with an item's reference by its words: it holds any of the accepted ones, or the whole reference.
 * Where it does not, other words may still mean the same, and a judge may say so: false where words were given that an
 * answer is to hold, undefined where there is only the reference.
 */
export function agreesByWords(
  answer: string,
  { reference, accept }: Pick<Item, "reference" | "accept">,
): boolean | undefined {
  if (accept && accept.length > 0) return accept.some((words) => saysWords(answer, words));
  if (reference === undefined) return undefined;
  return saysWords(answer, reference) || undefined;
}
