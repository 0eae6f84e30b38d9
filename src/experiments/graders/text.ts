/**
 * A short answer in one form for comparing: lower case, no punctuation, articles or doubled spaces, accents kept (as SQuAD's
 * evaluation does [Rajpurkar 2016, arXiv 1606.05250]).
 */
export function normalText(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/(?<=\d)[,  ](?=\d{3}(?!\d))/g, "")
    .replace(/[^\p{L}\p{N}\p{M}\s]/gu, " ")
    .replace(/\b(?:a|an|the)\b/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
