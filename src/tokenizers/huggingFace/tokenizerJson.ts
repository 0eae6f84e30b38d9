import { TokenizerError } from "../tokenizer";

// The parts of a Hugging Face tokenizer.json that encoding depends on, checked. Post-processors and decoders are left
// out: no special tokens are added here, and decoding goes by bytes. Format: huggingface/tokenizers, tokenizers/src.

export interface AddedTokenJson {
  readonly id: number;
  readonly content: string;
  readonly special: boolean;
  /** Looked for in the normalised text, not in the raw one. */
  readonly normalized: boolean;
  /** Takes the white space before it along. */
  readonly lstrip: boolean;
  /** Takes the white space after it along. */
  readonly rstrip: boolean;
  /** Only where no word character touches it. */
  readonly singleWord: boolean;
}

export type PatternJson = { readonly regex: string } | { readonly string: string };

export type NormalizerJson =
  | { readonly type: "NFC" }
  | { readonly type: "Prepend"; readonly prepend: string }
  | { readonly type: "Replace"; readonly pattern: PatternJson; readonly content: string }
  | { readonly type: "other"; readonly name: string };

export type PreTokenizerJson =
  | {
      readonly type: "Split";
      readonly pattern: PatternJson;
      readonly behavior: string;
      readonly invert: boolean;
    }
  | { readonly type: "ByteLevel"; readonly addPrefixSpace: boolean; readonly useRegex: boolean }
  | { readonly type: "Digits"; readonly individual: boolean }
  | {
      readonly type: "Metaspace";
      readonly replacement: string;
      readonly prepend: "always" | "first" | "never";
      readonly split: boolean;
    }
  | { readonly type: "other"; readonly name: string };

export interface BpeJson {
  readonly type: "BPE";
  /** Token texts to ids, in the file's order. */
  readonly vocab: ReadonlyMap<string, number>;
  /** Pairs of token texts, flat: left, right, left, right, first merged first. */
  readonly merges: readonly string[];
  readonly unkToken: string | undefined;
  readonly fuseUnk: boolean;
  readonly byteFallback: boolean;
  readonly ignoreMerges: boolean;
  /** Subword prefix, word suffix or dropout: kinds that the fast path does not do. */
  readonly unusual: string | undefined;
}

export interface TokenizerJson {
  readonly addedTokens: readonly AddedTokenJson[];
  /** Sequences are flattened; empty when there is none. */
  readonly normalizers: readonly NormalizerJson[];
  readonly preTokenizers: readonly PreTokenizerJson[];
  /** BPE in full; of other kinds the name alone. */
  readonly model: BpeJson | { readonly type: "other"; readonly name: string };
  /** The file as parsed, for the general library. */
  readonly raw: Readonly<Record<string, unknown>>;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads and checks the bytes of a tokenizer.json. Takes about 20 ms a megabyte: too long for a thread that must answer.
 *
 * Throws TokenizerError that says where the file is not what it should be.
 */
export function parseTokenizerJson(bytes: Uint8Array): TokenizerJson {
  let raw: unknown;
  try {
    raw = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new TokenizerError(`tokenizer.json is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const root = object(raw, "the file");
  return {
    addedTokens: array(root.added_tokens ?? [], "added_tokens").map(addedToken),
    normalizers: flatten(root.normalizer, "normalizer", "normalizers").map(normalizer),
    preTokenizers: flatten(root.pre_tokenizer, "pre_tokenizer", "pretokenizers").map(preTokenizer),
    model: model(object(root.model, "model")),
    raw: root,
  };
}

function addedToken(value: unknown, index: number): AddedTokenJson {
  const at = `added_tokens[${index}]`;
  const json = object(value, at);
  const content = text(json.content, `${at}.content`);
  if (content === "") throw wrong(`${at}.content`, "is empty");
  return {
    id: tokenId(json.id, `${at}.id`),
    content,
    special: flag(json.special, false, `${at}.special`),
    normalized: flag(json.normalized, true, `${at}.normalized`),
    lstrip: flag(json.lstrip, false, `${at}.lstrip`),
    rstrip: flag(json.rstrip, false, `${at}.rstrip`),
    singleWord: flag(json.single_word, false, `${at}.single_word`),
  };
}

function normalizer({ json, at }: Part): NormalizerJson {
  const type = text(json.type, `${at}.type`);
  switch (type) {
    case "NFC":
      return { type };
    case "Prepend":
      return { type, prepend: text(json.prepend, `${at}.prepend`) };
    case "Replace":
      return { type, pattern: pattern(json.pattern, at), content: text(json.content, `${at}.content`) };
    default:
      return { type: "other", name: type };
  }
}

function preTokenizer({ json, at }: Part): PreTokenizerJson {
  const type = text(json.type, `${at}.type`);
  switch (type) {
    case "Split":
      return {
        type,
        pattern: pattern(json.pattern, at),
        behavior: text(json.behavior, `${at}.behavior`),
        invert: flag(json.invert, false, `${at}.invert`),
      };
    case "ByteLevel":
      return {
        type,
        addPrefixSpace: flag(json.add_prefix_space, true, `${at}.add_prefix_space`),
        useRegex: flag(json.use_regex, true, `${at}.use_regex`),
      };
    case "Digits":
      return { type, individual: flag(json.individual_digits, false, `${at}.individual_digits`) };
    case "Metaspace":
      return {
        type,
        replacement: text(json.replacement, `${at}.replacement`),
        prepend: prependScheme(json, at),
        split: flag(json.split, true, `${at}.split`),
      };
    default:
      return { type: "other", name: type };
  }
}

/** Older files have `add_prefix_space` alone. */
function prependScheme(json: Json, at: string): "always" | "first" | "never" {
  const scheme = json.prepend_scheme;
  if (scheme === undefined) return flag(json.add_prefix_space, true, `${at}.add_prefix_space`) ? "always" : "never";
  if (scheme === "always" || scheme === "first" || scheme === "never") return scheme;
  throw wrong(`${at}.prepend_scheme`, "should be always, first or never");
}

function pattern(value: unknown, at: string): PatternJson {
  const json = object(value, `${at}.pattern`);
  if (typeof json.Regex === "string") return { regex: json.Regex };
  return { string: text(json.String, `${at}.pattern.String`) };
}

function model(json: Json): TokenizerJson["model"] {
  // Files from before the type was written are BPE where they have merges.
  const type = text(json.type ?? (json.merges ? "BPE" : undefined), "model.type");
  if (type !== "BPE") return { type: "other", name: type };
  return {
    type,
    vocab: vocabulary(object(json.vocab, "model.vocab")),
    merges: mergePairs(array(json.merges, "model.merges")),
    unkToken: json.unk_token == null ? undefined : text(json.unk_token, "model.unk_token"),
    fuseUnk: flag(json.fuse_unk, false, "model.fuse_unk"),
    byteFallback: flag(json.byte_fallback, false, "model.byte_fallback"),
    ignoreMerges: flag(json.ignore_merges, false, "model.ignore_merges"),
    unusual: unusual(json),
  };
}

function unusual(json: Json): string | undefined {
  const keys = ["dropout", "continuing_subword_prefix", "end_of_word_suffix"];
  return keys.find((key) => json[key] != null && json[key] !== "" && json[key] !== 0);
}

function vocabulary(json: Json): Map<string, number> {
  const vocab = new Map<string, number>();
  for (const token of Object.keys(json))
    vocab.set(token, tokenId(json[token], `model.vocab[${JSON.stringify(token)}]`));
  return vocab;
}

/** Merges are "left right" in older files, [left, right] in newer ones. */
function mergePairs(merges: readonly unknown[]): string[] {
  const pairs: string[] = [];
  for (let i = 0; i < merges.length; i++) {
    const merge = merges[i];
    const pair = typeof merge === "string" ? merge.split(" ") : merge;
    if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== "string" || typeof pair[1] !== "string") {
      throw wrong(`model.merges[${i}]`, `is not two tokens: ${JSON.stringify(merge)?.slice(0, 60)}`);
    }
    pairs.push(pair[0], pair[1]);
  }
  return pairs;
}

interface Part {
  readonly json: Json;
  readonly at: string;
}

/** The steps of a normalizer or pre-tokenizer in order, sequences within sequences opened. */
function flatten(value: unknown, at: string, children: string): Part[] {
  if (value == null) return [];
  const json = object(value, at);
  if (json.type !== "Sequence") return [{ json, at }];
  return array(json[children], `${at}.${children}`).flatMap((child, i) =>
    flatten(child, `${at}.${children}[${i}]`, children),
  );
}

function object(value: unknown, at: string): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw wrong(at, "should be an object");
}

function array(value: unknown, at: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw wrong(at, "should be a list");
}

function text(value: unknown, at: string): string {
  if (typeof value === "string") return value;
  throw wrong(at, "should be text");
}

function flag(value: unknown, missing: boolean, at: string): boolean {
  if (value == null) return missing;
  if (typeof value === "boolean") return value;
  throw wrong(at, "should be true or false");
}

/** Ids index tables, so a hostile one must not make them huge. */
const LARGEST_ID = 4_000_000;

function tokenId(value: unknown, at: string): number {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LARGEST_ID) return value as number;
  throw wrong(at, `should be a whole number from 0 to ${LARGEST_ID.toLocaleString("en")}`);
}

function wrong(at: string, what: string): TokenizerError {
  return new TokenizerError(`tokenizer.json: ${at} ${what}.`);
}
