// For vocabularies that merge over the whole text (Llama 2, Gemma): borders that no token straddles, so that cutting
// there changes nothing. Whether that holds is checked on the vocabulary when it is read
// (../../huggingFace/spacedWords.ts).
import { classAt, LETTER, MARK, NUMBER, touch, unit, width } from "../unicode";

const LINE_FEED: u32 = 10;
const BLANK: u32 = 32;

/** Cuts around runs of line feeds, and before every space that follows something else. */
export function nextWordAfterSpaces(start: i32, end: i32): i32 {
  let k = start;
  if (unit(k) === LINE_FEED) {
    while (k < end && unit(k) === LINE_FEED) k++;
  } else {
    while (k < end && unit(k) === BLANK) k++;
    while (k < end && unit(k) !== BLANK && unit(k) !== LINE_FEED) {
      // Surrogates for the side effect: an unpaired one becomes U+FFFD.
      if ((unit(k) & 0xf800) === 0xd800) {
        classAt(k, end);
        k += width;
      } else k++;
    }
  }
  if (k === end) touch();
  return k;
}

/** The whole text as one piece. */
export function nextWhole(start: i32, end: i32): i32 {
  let k = start;
  // Read for the side effect: an unpaired surrogate becomes U+FFFD.
  while (classAt(k, end) !== 0) k += width;
  return k;
}

/** The same, but of the spaces only those that follow a letter, mark or number: for the few with tokens like `> </`. */
export function nextWordAfterLetters(start: i32, end: i32): i32 {
  let k = start;
  if (unit(k) === LINE_FEED) {
    while (k < end && unit(k) === LINE_FEED) k++;
    if (k === end) touch();
    return k;
  }
  let afterWord = false;
  while (k < end) {
    const u = unit(k);
    if (u === LINE_FEED || (u === BLANK && afterWord)) return k;
    const c = classAt(k, end);
    afterWord = (c & (LETTER | MARK)) !== 0 || c === NUMBER;
    k += width;
  }
  touch();
  return k;
}
