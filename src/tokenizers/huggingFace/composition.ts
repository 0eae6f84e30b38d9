// Unicode normalisation to NFC, with the way back to the original's offsets.

/**
 * Characters that may change what comes before them: marks, the jamo that join into Hangul syllables, and the vowel
 * signs of Kirat Rai, which are letters. A superset is fine: it makes clusters longer.
 */
const JOINING = "[\\p{M}\\u1160-\\u11ff\\u{16d63}-\\u{16d6a}]";

/**
 * Younger than the Unicode tables in Hugging Face's normalizer, which takes them for letters that join with nothing and
 * keep marks apart. Probed from tokenizers 0.22.1, code point by code point, against Unicode 17.
 */
const YOUNG =
  "[\\u07fd\\u0897-\\u089f\\u08ca-\\u08d3\\u09fe\\u0c3c\\u0d3b\\u0d3c\\u0eba\\u1715\\u1abf-\\u1add\\u1ae0-\\u1aeb\\u1df6-\\u1dfa" +
  "\\ua82c\\u{105d2}\\u{105da}\\u{10d24}-\\u{10d27}\\u{10d69}-\\u{10d6d}\\u{10eab}\\u{10eac}\\u{10efa}\\u{10efb}" +
  "\\u{10efd}-\\u{10eff}\\u{10f46}-\\u{10f50}\\u{10f82}-\\u{10f85}\\u{11070}\\u{1133b}\\u{113b8}\\u{113bb}\\u{113c2}\\u{113c9}" +
  "\\u{113ce}-\\u{113d0}\\u{1145e}\\u{11839}\\u{1183a}\\u{11930}\\u{1193d}\\u{1193e}\\u{11943}\\u{119e0}\\u{11a34}\\u{11a47}" +
  "\\u{11a99}\\u{11d42}\\u{11d44}\\u{11d45}\\u{11d97}\\u{11f41}\\u{11f42}\\u{1611e}-\\u{16120}\\u{16129}\\u{1612f}" +
  "\\u{16d67}\\u{16ff0}\\u{16ff1}\\u{1e08f}\\u{1e130}-\\u{1e136}\\u{1e2ae}\\u{1e2ec}-\\u{1e2ef}\\u{1e4ec}-\\u{1e4ef}" +
  "\\u{1e5ee}\\u{1e5ef}\\u{1e6e3}\\u{1e6e6}\\u{1e6ee}\\u{1e6ef}\\u{1e6f5}]";

const JOINS = new RegExp(JOINING, "u");
/**
 * A character with what may join it; a young one by itself. What lies between two clusters has nothing that joins, so that
 * its characters compose each by itself.
 */
const CLUSTER = new RegExp(`${YOUNG}|(?:(?!${YOUNG})[\\s\\S])?(?:(?!${YOUNG})${JOINING})+`, "gu");

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

/** NFC of `original`, as Hugging Face's normalizer makes it. */
export function compose(original: string): ComposedText {
  if (isPlainlyComposed(original) || original.normalize("NFC") === original) {
    return { text: original, starts: undefined, apart: undefined };
  }
  const out = new Composition(original);
  for (const { 0: cluster, index } of original.matchAll(CLUSTER)) {
    out.addPlain(index);
    out.addCluster(cluster);
  }
  out.addPlain(original.length);
  return out.finish();
}

/** Gathers composed text and the way back to the original, from left to right. */
class Composition {
  private readonly starts: Uint32Array;
  private readonly apart: Uint8Array;
  private text = "";
  /** Units of the original and of the composed text so far. */
  private from = 0;
  private to = 0;

  constructor(private readonly original: string) {
    // A unit becomes three at most: U+FB2C, for one, comes apart into three.
    this.starts = new Uint32Array(original.length * 3 + 1);
    this.apart = new Uint8Array(original.length * 3 + 1);
  }

  /** Takes the text up to `end`, in which nothing joins. */
  addPlain(end: number): void {
    const plain = this.original.slice(this.from, end);
    if (plain.normalize("NFC") !== plain) {
      for (const character of plain) this.addCluster(character);
      return;
    }
    this.text += plain;
    for (; this.from < end; this.from++) {
      const inPair = isSecondOfPair(this.original, this.from);
      this.apart[this.to] = inPair ? 0 : 1;
      this.starts[this.to++] = inPair ? this.from - 1 : this.from;
    }
  }

  addCluster(cluster: string): void {
    const composed = cluster.normalize("NFC");
    const places = offsetsOf(cluster, this.from);
    const characters = [...composed];
    const second = Math.min(1, places.length - 1);
    characters.forEach((character, k) => {
      // The first stands for all that it was composed of; those after it are counted from the cluster's end.
      const place = k === 0 ? this.from : places[Math.max(second, places.length - characters.length + k)]!;
      for (let unit = 0; unit < character.length; unit++) {
        this.apart[this.to] = unit === 0 && (k === 0 || composed === cluster) ? 1 : 0;
        this.starts[this.to++] = place;
      }
    });
    this.text += composed;
    this.from += cluster.length;
  }

  finish(): ComposedText {
    this.apart[this.to] = 1;
    this.starts[this.to++] = this.original.length;
    return { text: this.text, starts: this.starts.subarray(0, this.to), apart: this.apart.subarray(0, this.to) };
  }
}

function offsetsOf(cluster: string, index: number): number[] {
  let at = index;
  return [...cluster].map((character) => {
    const place = at;
    at += character.length;
    return place;
  });
}

/** The last offset at which the text may be cut, whatever follows it: its last character may still join with more. */
export function lastComposedCut(text: string): number {
  let at = text.length;
  while (at > 0) {
    at -= isSecondOfPair(text, at - 1) ? 2 : 1;
    if (!JOINS.test(String.fromCodePoint(text.codePointAt(at)!))) return at;
  }
  return 0;
}

function isSecondOfPair(text: string, at: number): boolean {
  return at > 0 && (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}
