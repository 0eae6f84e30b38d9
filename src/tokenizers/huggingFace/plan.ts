import { TokenizerError } from "../tokenizer";
import type { Merge, PreTokenizerKind, Vocabulary } from "../vocabulary";
import { byteLevelBytes } from "./byteLevel";
import { byteLevelScanner } from "./patterns";
import { spacedRules } from "./spacedRules";
import { spacedScanner } from "./spacedWords";
import type { AddedTokenFlags, TextRules } from "./textRules";
import type { AddedTokenJson, BpeJson, TokenizerJson } from "./tokenizerJson";

/** A vocabulary for the engine, or the reason why the engine cannot do it exactly. */
export type Plan = { readonly vocabulary: Vocabulary } | { readonly unsupported: string };

/**
 * How the engine can encode as this tokenizer.json says. What it cannot do exactly is refused with a reason in words for
 * people, and goes through the general library instead.
 *
 * Throws TokenizerError where the file contradicts itself.
 */
export function planVocabulary(name: string, json: TokenizerJson): Plan {
  const { model } = json;
  if (model.type !== "BPE") return { unsupported: `its model is ${model.name}, not BPE` };
  if (model.unusual !== undefined) return { unsupported: `its BPE model uses ${model.unusual}` };
  const refused = refuseAddedTokens(json);
  if (refused !== undefined) return { unsupported: refused };
  return json.preTokenizers.at(-1)?.type === "ByteLevel"
    ? planByteLevel(name, json, model)
    : planSpaced(name, json, model);
}

function planByteLevel(name: string, json: TokenizerJson, model: BpeJson): Plan {
  const scanner = byteLevelScanner(json);
  if (scanner === undefined) return { unsupported: "its pre-tokenizer is not one of those known here" };
  const strange = json.normalizers.find((step) => step.type !== "NFC");
  if (strange !== undefined) return { unsupported: `its normalizer is ${nameOf(strange)}` };
  const last = json.preTokenizers.at(-1);
  const rules: TextRules = {
    ...(json.normalizers.length > 0 && { nfc: true }),
    ...(last?.type === "ByteLevel" && last.addPrefixSpace && { spacePrefix: { unlessThere: true, startOnly: false } }),
  };
  return { vocabulary: { ...common(name, json, model, scanner, rules, byteLevelBytes), symbols: "bytes" } };
}

function planSpaced(name: string, json: TokenizerJson, model: BpeJson): Plan {
  const rules = spacedRules(json);
  if (typeof rules === "string") return { unsupported: rules };
  const scanner = spacedScanner(model.merges);
  const base = common(name, json, model, scanner, rules, spacedBytes);
  const byteFallback = model.byteFallback ? byteTokens(model) : undefined;
  if (byteFallback !== undefined) return { vocabulary: { ...base, symbols: "characters", byteFallback } };
  const unknown = model.unkToken === undefined ? undefined : model.vocab.get(model.unkToken);
  if (unknown === undefined) return { unsupported: "it has neither byte tokens nor an unknown token" };
  if (model.fuseUnk) return { unsupported: "it joins unknown characters to one token" };
  return { vocabulary: { ...base, symbols: "characters", unknown } };
}

function common(
  name: string,
  { addedTokens }: TokenizerJson,
  model: BpeJson,
  preTokenizer: PreTokenizerKind,
  rules: TextRules,
  toBytes: (token: string) => Uint8Array | undefined,
): Omit<Vocabulary, "symbols"> {
  const special = new Map(addedTokens.filter((token) => token.special).map((token) => [token.content, token.id]));
  const added = new Map(addedTokens.filter((token) => !token.special).map((token) => [token.content, token.id]));
  const tokens: (Uint8Array | undefined)[] = [];
  for (const [token, id] of model.vocab) {
    while (tokens.length <= id) tokens.push(undefined);
    if (!special.has(token)) tokens[id] = toBytes(token);
  }
  const flags = addedTokens.filter(isFlagged).map(toFlags);
  return {
    name,
    tokens,
    merges: mergesOf(model),
    preTokenizer,
    ignoreMerges: model.ignoreMerges,
    specialTokens: special,
    addedTokens: added,
    text: { ...rules, ...(flags.length > 0 && { addedTokenFlags: flags }) },
  };
}

function mergesOf({ vocab, merges }: BpeJson): Merge[] {
  const idOf = (token: string, line: number): number => {
    const id = vocab.get(token);
    if (id !== undefined) return id;
    throw new TokenizerError(
      `tokenizer.json: model.merges[${line}] names ${JSON.stringify(token)}, which is not in the vocabulary.`,
    );
  };
  const out: Merge[] = [];
  for (let i = 0; i < merges.length; i += 2) {
    const left = merges[i]!;
    const right = merges[i + 1]!;
    out.push({ left: idOf(left, i / 2), right: idOf(right, i / 2), result: idOf(left + right, i / 2) });
  }
  return out;
}

const BYTE_TOKEN = /^<0x([0-9A-F]{2})>$/;

/** U+2581 stands for a space. A token with a real space can never come out of text, which has none left. */
function spacedBytes(token: string): Uint8Array | undefined {
  const byte = BYTE_TOKEN.exec(token)?.[1];
  if (byte !== undefined) return Uint8Array.of(Number.parseInt(byte, 16));
  return token.includes(" ") ? undefined : new TextEncoder().encode(token.replaceAll("\u2581", " "));
}

/** Ids of the tokens <0x00> to <0xFF>; undefined when one that could be needed is missing. */
function byteTokens({ vocab }: BpeJson): number[] | undefined {
  const ids: number[] = [];
  for (let byte = 0; byte < 256; byte++) {
    const token = `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`;
    // A character of one byte that has a token of its own never needs its byte token.
    const id = vocab.get(token) ?? (byte < 128 && vocab.has(String.fromCharCode(byte)) ? -1 : undefined);
    if (id === undefined) return undefined;
    ids.push(id);
  }
  return ids;
}

function isFlagged({ lstrip, rstrip, singleWord }: AddedTokenJson): boolean {
  return lstrip || rstrip || singleWord;
}

function toFlags({ content, lstrip, rstrip, singleWord }: AddedTokenJson): AddedTokenFlags {
  return { content, lstrip, rstrip, singleWord };
}

/** What added tokens may ask for that the engine cannot do; undefined when all is well. */
function refuseAddedTokens({ addedTokens, normalizers }: TokenizerJson): string | undefined {
  for (const token of addedTokens) {
    const quoted = JSON.stringify(token.content);
    // In plain text these would make the tokens before an edit depend on what lies far behind it.
    if (!token.special && (token.lstrip || token.singleWord))
      return `its added token ${quoted} looks at the text before it`;
    if (token.normalized && normalizers.some((step) => step.type !== "NFC"))
      return `its added token ${quoted} is looked for in normalised text`;
    const composes =
      normalizers.length > 0 &&
      (token.content.normalize("NFC") !== token.content || /[K;`\xc5\u03a9]/.test(token.content));
    if (composes && normalizers.some((step) => step.type === "NFC"))
      return `its added token ${quoted} can come out of normalising`;
  }
  return undefined;
}

export function nameOf(step: { readonly type: string; readonly name?: string }): string {
  return step.type === "other" ? (step.name ?? "unknown") : step.type;
}
