/** Punctuation; first what belongs to a number. */
const notWords = /((?<=\d)\.(?=\d))|((?<![\p{L}\p{N}])[-−](?=\d))|[^\p{L}\p{N}\p{M}\s]/gu;

/**
 * A short answer in one form for comparing: lower case, no punctuation, articles or doubled spaces, accents kept (as SQuAD's
 * evaluation does [Rajpurkar 2016, arXiv 1606.05250]; but a number keeps its point and its minus: 2.5 holds no 5).
 */
export function normalText(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/(?<=\d)[,  ](?=\d{3}(?!\d))/g, "")
    .replace(notWords, (_, point?: string, minus?: string) => point ?? (minus === undefined ? " " : "-"))
    .replace(/\b(?:a|an|the)\b/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
