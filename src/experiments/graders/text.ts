/** Punctuation; first what belongs to a number. */
const notWords = /((?<=\d)\.(?=\d))|((?<![\p{L}\p{N}])[-−](?=\d))|[^\p{L}\p{N}\p{M}\s]/gu;

/**
 * A short answer in one form for comparing: lower case, no punctuation, articles or doubled spaces, accents kept (as SQuAD's
 * evaluation does [Rajpurkar 2016, arXiv 1606.05250]; but a number keeps its point and its minus: 2.5 holds no 5).
 */
export function normalText(text: string): string {
  const words = text
    .normalize("NFC")
    .toLowerCase()
    .replace(/(?<=\d)[,\u0020\u00a0\u202f\u2009](?=\d{3}(?!\d))/g, "")
    .replace(notWords, (_, point?: string, minus?: string) => point ?? (minus === undefined ? " " : "-"));
  // Nothing but an article is none: the answer "A".
  return joined(words.replace(/\b(?:a|an|the)\b/g, " ")) || joined(words);
}

function joined(words: string): string {
  return words.replace(/\s+/g, " ").trim();
}
