/** A sentence of a text, UTF-16 offsets: what it claims can be asked. */
export interface Claim {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Why a selection cannot be taken apart into claims. */
export class ClaimError extends Error {
  override readonly name = "ClaimError";
}

/** Longest text that is taken apart into claims, characters: more than anybody would probe at once. */
const mostCharacters = 200_000;

/**
 * The sentences of a selection, each a claim; headings, questions and fragments without a verb's room are left out. Throws
 * ClaimError for a text that is too long.
 */
export function claimsOf(text: string): Claim[] {
  return [...claimsIn(text)];
}

/** The same one by one, as they are found. */
export function* claimsIn(text: string): Generator<Claim> {
  if (text.length > mostCharacters) {
    const [has, most] = [text.length, mostCharacters].map((number) => number.toLocaleString("en"));
    throw new ClaimError(`The selection has ${has} characters; at most ${most} can be probed at once. Select less.`);
  }
  const segments = new Intl.Segmenter("en", { granularity: "sentence" }).segment(text);
  for (const { segment, index } of segments) {
    const claim = segment.trim();
    if (claim.split(/\s+/).length < 3 || /^#|[?:]$/.test(claim)) continue;
    const start = index + segment.indexOf(claim);
    yield { text: claim, start, end: start + claim.length };
  }
}
