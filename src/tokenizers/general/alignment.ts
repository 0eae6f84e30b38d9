import { byteLevelBytes } from "../huggingFace/byteLevel";
import { compose } from "../huggingFace/composition";

// The general library gives tokens without their places; these are found again here. Ids are not touched.

const WHITE_SPACE = /[\s\u2581]/;
/** How far an unknown token may reach before its end is guessed. */
const FARTHEST = 256;

/**
 * Starts of byte-level tokens in `text`, exact: their bytes follow each other without gap. `nfc`: the text was normalised.
 * Undefined where the bytes do not add up, as with other normalizers.
 */
export function alignBytes(text: string, tokens: readonly string[], nfc: boolean): Uint32Array | undefined {
  const composed = nfc ? compose(text) : { text, starts: undefined };
  const places = bytePlaces(composed.text);
  const offsets = new Uint32Array(tokens.length + 1);
  const encoder = new TextEncoder();
  let byte = 0;
  for (const [index, token] of tokens.entries()) {
    const unit = places[byte];
    if (unit === undefined) return undefined;
    offsets[index] = composed.starts?.[unit] ?? unit;
    byte += (byteLevelBytes(token) ?? encoder.encode(token)).length;
  }
  offsets[tokens.length] = text.length;
  return byte === places.length ? offsets : undefined;
}

/** For each byte of the text in UTF-8: the unit where its code point starts. */
function bytePlaces(text: string): number[] {
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const bytes = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (let k = 0; k < bytes; k++) places.push(at);
    at += character.length;
  }
  return places;
}

/**
 * Starts of tokens whose `surfaces` are (normalised) text: each is looked for where the one before ended, white space
 * aside. Where a surface is not there (an unknown token), the place is a guess between its neighbours.
 */
export function alignSurfaces(
  text: string,
  surfaces: readonly string[],
  normalize: (text: string) => string,
): Uint32Array {
  const { letters, starts, ends } = normalizedLetters(text, normalize);
  const bare = surfaces.map((surface) => [...surface].filter((character) => !WHITE_SPACE.test(character)).join(""));
  const offsets = new Uint32Array(surfaces.length + 1);
  let at = 0;
  let last = 0;
  surfaces.forEach((surface, index) => {
    const wanted = bare[index]!;
    const before = at === 0 ? 0 : ends[at - 1]!;
    // A token that begins with white space begins where the one before it ended.
    last = Math.max(last, WHITE_SPACE.test(surface[0] ?? " ") ? before : (starts[at] ?? text.length));
    offsets[index] = last;
    if (letters.startsWith(wanted, at)) at += wanted.length;
    else at = resume(letters, at, bare, index);
  });
  offsets[surfaces.length] = text.length;
  return offsets;
}

/** Where the token after the unknown one at `index` begins. */
function resume(letters: string, at: number, bare: readonly string[], index: number): number {
  const next = bare[index + 1];
  if (next === undefined) return letters.length;
  const found = next === "" ? -1 : letters.indexOf(next, at + 1);
  return found >= 0 && found - at <= FARTHEST ? found : Math.min(at + 1, letters.length);
}

/** The text's characters as the normalizer leaves them, white space left out, each with its place in the original. */
function normalizedLetters(text: string, normalize: (text: string) => string) {
  const starts: number[] = [];
  const ends: number[] = [];
  let letters = "";
  let at = 0;
  for (const character of text) {
    const normalized = [...normalize(character)].filter((each) => !WHITE_SPACE.test(each)).join("");
    for (let k = 0; k < normalized.length; k++) {
      starts.push(at);
      ends.push(at + character.length);
    }
    letters += normalized;
    at += character.length;
  }
  return { letters, starts, ends };
}
