import type { TextEdit, TokenDocument } from "../../../src/tokenizers/document";
import { DEFAULT_SIZES, type DocumentSizes } from "../../../src/tokenizers/document/sizes";
import { WindowedDocument } from "../../../src/tokenizers/document/windowedDocument";
import type { Tokenizer } from "../../../src/tokenizers/tokenizer";

/** Small blocks and windows, so that a short text has many and every path is walked. */
export const SMALL_SIZES: DocumentSizes = {
  block: 48,
  editWindow: 160,
  slice: 32,
  minSlice: 16,
  maxSlice: 128,
  manyEdits: 5,
};

/** A seeded generator (mulberry32): a failure can be run again. */
export class Random {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }
}

/** Snippets that break pre-tokenizers, by kind; a text is drawn mostly from one or two kinds, so that they meet. */
export const ALPHABETS: Alphabets = {
  contractions: ["'s", "'S", "'re", "'RE", "'ll", "'", "’s", "'ſ", "don", "I", "a", "A", "t", "T", " ", "aB", "Ab"],
  cjk: ["中", "文", "中文", "あ", "カ", "ー", "한", "글", "。", "A", "ABC", "a", "漢", "\u{20000}", "龥", "1", " "],
  marks: ["e\u0301", "\u0301", "A\u030a", "é", "ä", "क्ष", "ि", "ก็", "ำ", "ﬁ", "Å", "Å", "\u0327", "B", "b", " "],
  emoji: ["👩‍👩‍👧‍👦", "\u200d", "👍🏽", "🏽", "🇩🇪", "🇪", "\ufe0f", "☺", "😀", "1️⃣", " ", "a", "!"],
  surrogates: ["\ud83d", "\ude00", "\ud83d\ude00", "\ud800", "\udfff", "a", " ", "\udc00", "中", "\n"],
  whitespace: [
    " ",
    "  ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u00a0",
    "\u2003",
    "\u0085",
    "\ufeff",
    "\u3000",
    "x",
    ".",
  ],
  digits: ["1", "22", "333", "4444", "٣", "९", "Ⅷ", "½", "²", ".", ",", " ", "a", "-", "0x1F"],
  special: [
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_",
    "<|",
    "|>",
    "<",
    ">",
    "<s>",
    "</s>",
    "[INST]",
    "<｜begin▁of▁sentence｜>",
    "<think>",
    "</think>",
    "<tool_call>",
    "<tool",
    "_call>",
    "<|fim_prefix|>",
    "<｜tool▁calls▁begin｜>",
    "user",
    "\n",
    " ",
    "endoftext",
  ],
  code: [
    "function ",
    "if (",
    ") {\n",
    "    ",
    "\t",
    "return",
    ";\r\n",
    "//",
    "/*",
    "*/",
    "==",
    "=>",
    "{}",
    "[]",
    "foo_bar",
    "fooBar",
    '"',
    "`",
    "#",
    "0",
    "\\n",
  ],
  words: [
    "the ",
    "The",
    " quick",
    "brown",
    " FOX",
    "jumps",
    ". ",
    ", ",
    "—",
    "naïve",
    "Straße",
    "ΑΣ",
    "Привет",
    " мир",
    "שלום",
    "مرحبا",
    "ไทย",
    "नमस्ते",
  ],
  controls: [
    "\0",
    "\u0001",
    "\u001b[",
    "\u007f",
    "\u0080",
    "\u200b",
    "\u2028",
    "\u2029",
    "\ufffd",
    "\uffff",
    "\u00ad",
    "a",
    " ",
  ],
  runs: [
    "aaaaaaaa",
    "        ",
    "\n\n\n\n\n",
    "--------",
    "========",
    "中中中中中中",
    "00000000",
    "AAAAAAAA",
    "a",
    "\r\n\r\n\r\n",
    "▁▁▁",
  ],
};

type Alphabets = Readonly<Record<string, readonly string[]>>;

export function randomText(random: Random, kinds: readonly string[], snippets: number, alphabets = ALPHABETS): string {
  let text = "";
  for (let i = 0; i < snippets; i++) {
    const kind = random.next() < 0.9 ? random.pick(kinds) : random.pick(Object.keys(alphabets));
    text += random.pick(alphabets[kind]!);
  }
  return text;
}

/** The usual alphabets and, for a tokenizer that has special tokens, their texts whole and in halves. */
function alphabetsFor(tokenizer: Tokenizer): Alphabets {
  const own = [...tokenizer.specialTokens.keys()].slice(0, 30).flatMap((text) => {
    const middle = text.length >> 1;
    return [text, text.slice(0, middle), text.slice(middle)];
  });
  return own.length === 0 ? ALPHABETS : { ...ALPHABETS, own: [...own, " ", "  ", "\n", "a", "<"] };
}

/** An edit as typing, deleting, pasting, replacing and cutting make them. */
function randomEdit(random: Random, length: number, text: (snippets: number) => string): TextEdit {
  const offset = random.next() < 0.1 ? random.pick([0, length]) : random.below(length + 1);
  const rest = length - offset;
  const roll = random.next();
  if (roll < 0.3) return { offset, deleted: Math.min(1, rest), inserted: "" };
  if (roll < 0.6) return { offset, deleted: 0, inserted: text(1) };
  if (roll < 0.75) return { offset, deleted: Math.min(1, rest), inserted: text(1) };
  if (roll < 0.97) return { offset, deleted: Math.min(random.below(12), rest), inserted: text(random.below(5)) };
  if (roll < 0.985) return { offset, deleted: Math.min(random.below(300), rest), inserted: text(random.below(60)) };
  if (roll < 0.99) return { offset, deleted: 0, inserted: text(1).repeat(random.below(250)) };
  return { offset: 0, deleted: random.below(length + 1), inserted: text(random.below(100)) };
}

export interface FuzzOptions {
  readonly seed: number;
  readonly edits: number;
  readonly sizes?: DocumentSizes;
  /** Snippets in the text at the start, which edits keep about. */
  readonly snippets?: number;
  /** Fill after each edit; otherwise now and then, with partial fills between. */
  readonly fillAlways?: boolean;
}

/** What went wrong, with all that is needed to see it again. */
export interface Mismatch {
  readonly seed: number;
  readonly step: number;
  readonly what: string;
  readonly before: string;
  readonly edits: readonly TextEdit[];
}

/** Random edits on one document, compared with `tokenizer.encode` of the whole text after each; the first mismatch. */
export function fuzzEdits(tokenizer: Tokenizer, options: FuzzOptions): Mismatch | undefined {
  const { seed, edits, snippets = 120, fillAlways = true, sizes = DEFAULT_SIZES } = options;
  const random = new Random(seed);
  const alphabets = alphabetsFor(tokenizer);
  const kinds = [random.pick(Object.keys(alphabets)), random.pick(Object.keys(alphabets))];
  const randomSnippets = (count: number) => randomText(random, kinds, count, alphabets);
  let text = randomSnippets(snippets);
  const document = newDocument(tokenizer, text, sizes);
  const start = check(document, text, fillAlways);
  if (start) return { seed, step: 0, what: start, before: text, edits: [] };
  for (let step = 1; step <= edits; step++) {
    const before = text;
    let batch = [randomEdit(random, text.length, randomSnippets)];
    if (random.next() < 0.05) {
      batch = disjoint(
        Array.from({ length: 1 + random.below(8) }, () => randomEdit(random, text.length, randomSnippets)),
      );
      document.applyEdits(batch);
    } else {
      document.edit(batch[0]!);
    }
    text = applied(text, batch);
    const what = check(document, text, fillAlways || random.next() < 0.1);
    if (what) return { seed, step, what, before, edits: batch };
    if (!fillAlways && random.next() < 0.3) document.fill(0.02);
    while (text.length > 12 * snippets) {
      const cut = { offset: random.below(text.length / 2), deleted: text.length >> 1, inserted: "" };
      document.edit(cut);
      text = applied(text, [cut]);
    }
  }
  return undefined;
}

export function newDocument(tokenizer: Tokenizer, text: string, sizes: DocumentSizes): TokenDocument {
  if (!tokenizer.windows) throw new Error(`${tokenizer.name} has no windows`);
  return new WindowedDocument(tokenizer, tokenizer.windows, text, sizes);
}

/** Edits of which none overlaps another; offsets refer to the same text. */
function disjoint(edits: readonly TextEdit[]): TextEdit[] {
  const kept: TextEdit[] = [];
  let free = 0;
  for (const edit of [...edits].sort((a, b) => a.offset - b.offset)) {
    if (edit.offset < free) continue;
    kept.push(edit);
    free = edit.offset + edit.deleted + 1;
  }
  return kept.reverse();
}

export function applied(text: string, edits: readonly TextEdit[]): string {
  let result = text;
  for (const { offset, deleted, inserted } of [...edits].sort((a, b) => b.offset - a.offset)) {
    result = result.slice(0, offset) + inserted + result.slice(offset + deleted);
  }
  return result;
}

/** What differs between the document and the whole text encoded anew; undefined when nothing does. */
export function check(document: TokenDocument, text: string, fill: boolean): string | undefined {
  if (fill) for (let turns = 0; !document.fill(5); turns++) if (turns > 10_000) return "fill does not end";
  if (document.length !== text.length) return `length ${document.length}, not ${text.length}`;
  if (document.slice(0, text.length) !== text) return "text differs";
  if (fill && !document.complete) return "not complete after fill";
  const { ids, offsets } = document.tokenizer.encode(text);
  const filledTo = document.complete ? text.length : document.filledTo;
  if (document.complete && document.tokenCount !== ids.length)
    return `${document.tokenCount} tokens, not ${ids.length}`;
  if (document.filledTo !== filledTo) return `filled to ${document.filledTo}, not ${filledTo}`;
  const found = document.ids();
  if (found.length !== document.tokenCount) return `${found.length} ids for ${document.tokenCount} tokens`;
  for (let i = 0; i < found.length; i++) {
    if (found[i] !== ids[i]) return `id ${i} is ${found[i]}, not ${ids[i]}, at ${offsets[i]} of ${text.length}`;
  }
  if (!document.complete && found.length < ids.length && offsets[found.length]! < filledTo) {
    return `${found.length} tokens up to ${filledTo} leave out one at ${offsets[found.length]}`;
  }
  const tokens = document.tokensIn(0, text.length);
  if (tokens.length !== found.length) return `tokensIn gives ${tokens.length} tokens of ${found.length}`;
  for (const token of tokens) {
    if (token.start !== offsets[token.index]) {
      return `token ${token.index} starts at ${token.start}, not ${offsets[token.index]}`;
    }
  }
  return undefined;
}

/** A mismatch as a person can run it again. */
export function describeMismatch(tokenizer: Tokenizer, { seed, step, what, before, edits }: Mismatch): string {
  const near = edits[0]?.offset ?? 0;
  return [
    `${tokenizer.name}, seed ${seed}, step ${step}: ${what}`,
    `edits ${JSON.stringify(edits)}`,
    `text before, around ${near}: ${JSON.stringify(before.slice(Math.max(0, near - 60), near + 60))}`,
  ].join("\n");
}
