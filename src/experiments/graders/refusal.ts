const refusals: readonly RegExp[] = [
  /\b(?:i|we) (?:do not|don[’']t|did not|didn[’']t) (?:know|have (?:any |enough )?(?:information|knowledge|details))\b/i,
  /\b(?:i|we)(?: am|[’']m| are|[’']re)(?: just| really)? (?:not sure|unsure|not (?:aware|familiar)|unable|not able)\b/i,
  /\b(?:i|we) (?:can ?not|can[’']t|could ?n[o’']t) (?:answer|say|tell|find|help|verify|confirm|determine|provide)\b/i,
  /\bi have (?:no|never) (?:idea|information|knowledge|heard)\b/i,
  /\bthere is (?:no|not enough) information\b/i,
  /\bas an? (?:ai|language model)[^.]{0,40}(?:can ?not|can[’']t|do not|don[’']t)\b/i,
];

/** Where a sentence ends: after its mark and a space, so that neither "3.14" nor "(18?)." is two. */
const sentenceEnd = /(?<=[.!?])\s+|\n+/g;

/** Whether an answer says, in its first two sentences, that it has none: a list of patterns, in English. */
export function isRefusal(answer: string): boolean {
  return refusalEnd(answer) !== undefined;
}

/** Where the first two sentences of a refusal end; undefined for what is none. UTF-16 offset. */
export function refusalEnd(answer: string): number | undefined {
  const start = answer.length - answer.trimStart().length;
  const [, second] = answer.slice(start).matchAll(sentenceEnd);
  const end = second ? start + second.index : answer.length;
  const beginning = answer.slice(start, end);
  return refusals.some((pattern) => pattern.test(beginning)) ? end : undefined;
}
