import type { TextRules } from "./huggingFace/textRules";
import { TokenizerError } from "./tokenizer";
import { type PreTokenizerKind, preTokenizerKinds } from "./vocabulary";

/**
 * The packed file of a vocabulary, which loads without work in JavaScript. Little endian:
 *
 *   u32 "PSV1", u32 length of the header, the header (JSON in UTF-8, padded to a multiple of 4 with spaces), then
 *   lengths  a varint for each id: bytes of its token, 0 for none
 *   whole    a bit for each id: whether a piece that spells it is that token
 *   pairs    for each merge, first merged first: left and right token, 3 bytes each
 *   made     for each merge: its result, as the zigzag varint difference to the one before
 *   lines    for each merge: its line in the merge list, as the varint difference to the one before (absent: ids are ranks)
 *   bytes    the tokens' bytes, one after the other
 */
export interface PackedHeader {
  readonly name: string;
  /** Name of the packed vocabulary that has the tables, when this file brings only special tokens of its own. */
  readonly base?: string;
  readonly preTokenizer: PreTokenizerKind;
  readonly symbols: "bytes" | "characters";
  readonly byteTokens: readonly number[];
  readonly unknown?: number;
  /** Ids run from 0 to `tokens - 1`, special and added ones not counted. */
  readonly tokens: number;
  readonly merges: number;
  /** Whether each merge comes later than those that make its parts. */
  readonly properOrder: boolean;
  readonly specialTokens: readonly (readonly [string, number])[];
  readonly addedTokens: readonly (readonly [string, number])[];
  readonly text?: TextRules;
  /** Bytes of each section, in the order above. */
  readonly sections: readonly number[];
}

export interface PackedVocabulary {
  readonly header: PackedHeader;
  readonly lengths: Uint8Array;
  readonly whole: Uint8Array;
  readonly pairs: Uint8Array;
  readonly made: Uint8Array;
  readonly lines: Uint8Array;
  readonly bytes: Uint8Array;
}

const MAGIC = 0x31565350; // "PSV1"

export function writePacked(header: Omit<PackedHeader, "sections">, sections: readonly Uint8Array[]): Uint8Array {
  const full: PackedHeader = { ...header, sections: sections.map((section) => section.length) };
  const json = new TextEncoder().encode(JSON.stringify(full));
  const padded = (json.length + 3) & ~3;
  const out = new Uint8Array(8 + padded + sections.reduce((sum, section) => sum + section.length, 0)).fill(0x20);
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, padded, true);
  out.set(json, 8);
  let at = 8 + padded;
  for (const section of sections) {
    out.set(section, at);
    at += section.length;
  }
  return out;
}

/** Splits a packed file into its parts, which are views of it. Throws TokenizerError when it is none or is cut short. */
export function readPacked(bytes: Uint8Array): PackedVocabulary {
  // Not Node's Buffer, whose slice() is no copy.
  const file = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 8 || view.getUint32(0, true) !== MAGIC) {
    throw new TokenizerError("This is no packed vocabulary: it does not begin with PSV1. Build or fetch it again.");
  }
  const headerEnd = 8 + view.getUint32(4, true);
  let header: PackedHeader;
  try {
    header = JSON.parse(new TextDecoder().decode(file.subarray(8, headerEnd))) as PackedHeader;
  } catch {
    throw new TokenizerError("The packed vocabulary's header cannot be read: the file is damaged. Fetch it again.");
  }
  if (!preTokenizerKinds.includes(header.preTokenizer)) {
    throw new TokenizerError(
      `The packed vocabulary "${header.name}" asks for the unknown pre-tokenizer "${header.preTokenizer}".`,
    );
  }
  const ends: number[] = [];
  let at = headerEnd;
  for (const length of header.sections) {
    at += length;
    ends.push(at);
  }
  if (at !== file.length) {
    throw new TokenizerError(
      `The packed vocabulary "${header.name}" has ${file.length} bytes instead of ${at}: it is cut short or damaged. Fetch it again.`,
    );
  }
  const section = (index: number) => file.subarray(index === 0 ? headerEnd : ends[index - 1], ends[index]);
  return {
    header,
    lengths: section(0),
    whole: section(1),
    pairs: section(2),
    made: section(3),
    lines: section(4),
    bytes: section(5),
  };
}
