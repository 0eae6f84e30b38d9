// Unicode normalisation to NFC, with the way back to the original's offsets.

/**
 * Characters that may change what comes before them: marks, the jamo that join into Hangul syllables, and the vowel
 * signs of Kirat Rai, which are letters. A superset is fine: it makes clusters longer.
 */
const JOINING = /[\p{M}\u1160-\u11ff\u{16d63}-\u{16d6a}]/u;
const CLUSTER = /[^][\p{M}\u1160-\u11ff\u{16d63}-\u{16d6a}]*/gu;

/** Ranges of units, first and last, that are in NFC by themselves and join with nothing. In order. */
const STABLE = [
  0x0, 0x2ff, 0x400, 0x482, 0x48a, 0x590, 0x2010, 0x2027, 0x3000, 0x3029, 0x3030, 0x3098, 0x309b, 0xa66e, 0xac00,
  0xd7a3, 0xe000, 0xf8ff, 0xff00, 0xfffd,
];

/** Whether the text is certainly in NFC; false means that it has to be looked at. */
export function isPlainlyComposed(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x300 && !isStable(unit)) return false;
  }
  return true;
}

function isStable(unit: number): boolean {
  for (let k = 2; k < STABLE.length; k += 2) {
    if (unit <= STABLE[k + 1]!) return unit >= STABLE[k]!;
  }
  return false;
}

/** Text in NFC. `starts[i]` is the original's offset for unit i, with one more for the end; undefined when nothing changed. */
export interface ComposedText {
  readonly text: string;
  readonly starts: Uint32Array | undefined;
  /** For each unit whether the text before it and from it on compose apart, with one more for the end. */
  readonly apart: Uint8Array | undefined;
}

/**
 * NFC of `original`. The code points of a composed cluster stand for those of the original cluster in order, which is
 * how Hugging Face's normalizer aligns them but for reordered marks.
 */
export function compose(original: string): ComposedText {
  if (isPlainlyComposed(original) || original.normalize("NFC") === original) {
    return { text: original, starts: undefined, apart: undefined };
  }
  const parts: string[] = [];
  const starts: number[] = [];
  const apart: number[] = [];
  for (const { 0: cluster, index } of original.matchAll(CLUSTER)) {
    const composed = cluster.normalize("NFC");
    parts.push(composed);
    const changed = composed !== cluster;
    let from = index;
    let isFirst = true;
    for (const character of composed) {
      for (let k = 0; k < character.length; k++) {
        starts.push(from);
        apart.push(k === 0 && (!changed || isFirst) ? 1 : 0);
      }
      isFirst = false;
      const width = (original.codePointAt(from) ?? 0) > 0xffff ? 2 : 1;
      from = Math.min(from + width, index + cluster.length - 1);
    }
  }
  starts.push(original.length);
  apart.push(1);
  return { text: parts.join(""), starts: Uint32Array.from(starts), apart: Uint8Array.from(apart) };
}

/** The last offset at which the text may be cut, whatever follows it: its last character may still join with more. */
export function lastComposedCut(text: string): number {
  let at = text.length;
  while (at > 0) {
    const low = (text.charCodeAt(at - 1) & 0xfc00) === 0xdc00;
    at -= low && at > 1 && (text.charCodeAt(at - 2) & 0xfc00) === 0xd800 ? 2 : 1;
    if (!JOINING.test(String.fromCodePoint(text.codePointAt(at)!))) return at;
  }
  return 0;
}
