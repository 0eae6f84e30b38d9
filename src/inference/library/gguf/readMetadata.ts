import type { ByteCursor } from "../../../tokenizers/gguf/byteCursor";
import {
  readGgufArrayHead,
  readGgufHeader,
  readGgufKey,
  readGgufNumber,
  readGgufString,
  skipGgufElements,
} from "../../../tokenizers/gguf/metadata";
import { TokenizerError } from "../../../tokenizers/tokenizer";
import { LibraryError } from "../libraryError";
import type { MetadataEntry } from "./ggufFacts";

const STRING = 8;
const ARRAY = 9;
const typeNames = [
  "uint8",
  "int8",
  "uint16",
  "int16",
  "uint32",
  "int32",
  "float32",
  "bool",
  "string",
  "array",
  "uint64",
  "int64",
  "float64",
];

/** Kept of a long text and of a long list. Lists of a number for each layer stay whole. */
const keptBytes = 4096;
const keptElements = 512;
const keptTexts = 16;
/** Chat templates are kept whole up to here. */
const templateBytes = 1 << 20;
/** All that is kept of a file: far more than any has, little enough not to hurt. */
const mostKept = 8 << 20;

export interface Metadata {
  readonly version: number;
  /** Tensors whose descriptions follow; the cursor stands there. */
  readonly tensors: number;
  readonly entries: readonly MetadataEntry[];
  number(key: string): number | undefined;
  text(key: string): string | undefined;
  flag(key: string): boolean | undefined;
  /** A number for each layer, or one for all of them. */
  numbers(key: string): number | readonly number[] | undefined;
  /** Elements of a list. */
  length(key: string): number | undefined;
}

/** Reads all metadata of a GGUF file, long values cut to their beginning, in bounded memory. */
export async function readMetadata(cursor: ByteCursor): Promise<Metadata> {
  const { version, tensors, pairs } = await readHeader(cursor);
  const entries = new Map<string, MetadataEntry>();
  let kept = 0;
  for (let i = 0; i < pairs; i++) {
    const { key, type } = await readGgufKey(cursor, i);
    if (entries.has(key)) throw new LibraryError("damaged", `The GGUF file is damaged: it has "${key}" twice.`);
    const entry = await readEntry(cursor, key, type);
    entries.set(key, entry);
    kept += key.length + weight(entry.value);
    if (kept > mostKept)
      throw new LibraryError("damaged", "The GGUF file has more metadata than any model: it is damaged or no model.");
  }
  return access(version, tensors, entries);
}

async function readHeader(cursor: ByteCursor) {
  try {
    return await readGgufHeader(cursor);
  } catch (error) {
    throw error instanceof TokenizerError ? new LibraryError("notGguf", error.message, { cause: error }) : error;
  }
}

async function readEntry(cursor: ByteCursor, key: string, type: number): Promise<MetadataEntry> {
  if (type === STRING) {
    const { value, length } = await readText(
      cursor,
      key,
      key === "tokenizer.chat_template" ? templateBytes : keptBytes,
    );
    return { key, type: "string", value, length };
  }
  if (type !== ARRAY) {
    const value = await readGgufNumber(cursor, type, key);
    return { key, type: typeNames[type] ?? String(type), value, length: undefined };
  }
  const { elementType, count } = await readGgufArrayHead(cursor, key);
  const most = elementType === ARRAY ? 0 : elementType === STRING ? keptTexts : keptElements;
  const beginning: (string | number | boolean)[] = [];
  for (let i = 0; i < Math.min(count, most); i++) {
    beginning.push(
      elementType === STRING
        ? (await readText(cursor, key, keptBytes / keptTexts)).value
        : await readGgufNumber(cursor, elementType, key),
    );
  }
  await skipGgufElements(cursor, elementType, count - beginning.length, key);
  return {
    key,
    type: `array of ${typeNames[elementType] ?? elementType}`,
    value: beginning,
    length: beginning.length < count ? count : undefined,
  };
}

/** A text's first `most` bytes; `length` is that of all where it is longer. */
async function readText(cursor: ByteCursor, key: string, most: number) {
  await cursor.need(8, `"${key}"`);
  const length = cursor.u64();
  if (length <= most) {
    cursor.position -= 8;
    return { value: await readGgufString(cursor, most, `"${key}"`), length: undefined };
  }
  cursor.position -= 8;
  const start = cursor.position;
  await skipGgufElements(cursor, STRING, 1, key);
  const end = cursor.position;
  cursor.position = start + 8;
  await cursor.need(most, `"${key}"`);
  // A character that the cut goes through is left out.
  const value = new TextDecoder("utf-8", { ignoreBOM: true }).decode(cursor.bytes(most), { stream: true });
  cursor.position = end;
  return { value, length };
}

function access(version: number, tensors: number, entries: ReadonlyMap<string, MetadataEntry>): Metadata {
  const value = (key: string) => entries.get(key)?.value;
  return {
    version,
    tensors,
    entries: [...entries.values()],
    number: (key) => {
      const found = value(key);
      return typeof found === "number" ? found : undefined;
    },
    text: (key) => {
      const found = value(key);
      return typeof found === "string" ? found : undefined;
    },
    flag: (key) => {
      const found = value(key);
      return typeof found === "boolean" ? found : undefined;
    },
    numbers: (key) => {
      const found = value(key);
      if (typeof found === "number") return found;
      if (!Array.isArray(found)) return undefined;
      const numbers = found.map(Number);
      return numbers.every(Number.isFinite) ? numbers : undefined;
    },
    length: (key) => {
      const entry = entries.get(key);
      return Array.isArray(entry?.value) ? (entry.length ?? entry.value.length) : undefined;
    },
  };
}

function weight(value: MetadataEntry["value"]): number {
  if (typeof value === "string") return value.length;
  if (typeof value === "number" || typeof value === "boolean") return 8;
  return value.reduce((sum: number, each) => sum + (typeof each === "string" ? each.length : 8), 0);
}
