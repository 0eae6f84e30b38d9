import { saysWords } from "../judging/words";
import type { Item } from "./spec";

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
