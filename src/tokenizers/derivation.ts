import { TokenizerError } from "./tokenizer";
import type { Merge, Vocabulary } from "./vocabulary";

/** What merging makes of each token's own text, and which merges can ever happen. */
export interface Derivation {
  /** Merges that can happen, in order; for each token its own comes first. */
  readonly merges: readonly Merge[];
  /** The place of each of `merges` in the vocabulary's list; undefined where ids are ranks. */
  readonly lines: readonly number[] | undefined;
  /** By id: whether merging the token's text gives the token. */
  readonly derived: readonly boolean[];
  /** Whether each merge comes later than those that make its parts. */
  readonly properOrder: boolean;
}

/**
 * Works out how each token comes about when its text is encoded on its own. With merges in proper order a token can come
 * about in no other way, inside other text either: until its last merge nothing outside its borders has joined it, so the
 * merges inside are those of the text on its own. All other merges that make it are dropped.
 */
export function deriveMerges(vocabulary: Vocabulary, byteTokens: readonly number[]): Derivation {
  return vocabulary.merges === "ranks"
    ? deriveFromRanks(vocabulary)
    : deriveFromList(vocabulary, vocabulary.merges, byteTokens);
}

function deriveFromRanks({ name, tokens }: Vocabulary): Derivation {
  const spelled = tokens.map((token) => (token === undefined ? undefined : binary(token)));
  const ids = new Map<string, number>();
  spelled.forEach((text, id) => {
    if (text !== undefined) ids.set(text, id);
  });
  const merges: Merge[] = [];
  const derived = spelled.map((text, id) => {
    if (text === undefined || text.length < 2) return text?.length === 1;
    const parts = mergeSpelling(text, ids);
    if (parts.length !== 2) return false;
    const [left, right] = parts.map((part) => ids.get(part)!) as [number, number];
    if ((left >= id && parts[0]!.length > 1) || (right >= id && parts[1]!.length > 1)) {
      throw new TokenizerError(
        `"${name}": the token ${id} has a lower rank than one of its parts, ${left} and ${right}.`,
      );
    }
    merges.push({ left, right, result: id });
    return true;
  });
  return { merges, lines: undefined, derived, properOrder: true };
}

/** The text's last two parts before they would merge (or more, where it never gets there). */
function mergeSpelling(text: string, ids: ReadonlyMap<string, number>): string[] {
  const parts = [...text];
  const rankAt = (index: number) => ids.get(parts[index]! + parts[index + 1]!) ?? Number.POSITIVE_INFINITY;
  const ranks = parts.slice(1).map((_, index) => rankAt(index));
  while (parts.length > 2) {
    const least = Math.min(...ranks);
    if (least === Number.POSITIVE_INFINITY) break;
    const at = ranks.indexOf(least);
    parts.splice(at, 2, parts[at]! + parts[at + 1]!);
    ranks.splice(at, 1);
    if (at > 0) ranks[at - 1] = rankAt(at - 1);
    if (at < ranks.length) ranks[at] = rankAt(at);
  }
  return parts;
}

const PAIR = 1 << 20;

function deriveFromList(vocabulary: Vocabulary, list: readonly Merge[], byteTokens: readonly number[]): Derivation {
  const byPair = new Map<number, number>();
  list.forEach(({ left, right }, line) => {
    if (!byPair.has(left * PAIR + right)) byPair.set(left * PAIR + right, line);
  });
  const symbolsOf = symbolReader(vocabulary, byteTokens);
  const isByte = new Set(vocabulary.byteFallback ?? []);
  const ownLine = new Map<number, number>();
  const derived = vocabulary.tokens.map((token, id) => {
    // A byte token spells what a character's token may spell too, and never stands for a piece.
    if (token === undefined || token.length === 0 || isByte.has(id)) return false;
    const symbols = symbolsOf(token, id);
    if (symbols.length === 1) return symbols[0] === id;
    const last = mergeSymbols(symbols, list, byPair);
    if (symbols.length !== 1 || symbols[0] !== id) return false;
    ownLine.set(id, last);
    return true;
  });
  const lineOf = (id: number) => ownLine.get(id) ?? -1;
  const possible = [...byPair.values()].filter((line) => derived[list[line]!.left] && derived[list[line]!.right]);
  possible.sort((a, b) => a - b);
  const properOrder = possible.every((line) => lineOf(list[line]!.left) < line && lineOf(list[line]!.right) < line);
  const lines = properOrder ? possible.filter((line) => lineOf(list[line]!.result) === line) : possible;
  return { merges: lines.map((line) => list[line]!), lines, derived, properOrder };
}

/** Merges `symbols` in place; returns the line of the last merge, -1 for none. */
function mergeSymbols(symbols: number[], list: readonly Merge[], byPair: ReadonlyMap<number, number>): number {
  const lineAt = (index: number) =>
    byPair.get(symbols[index]! * PAIR + symbols[index + 1]!) ?? Number.POSITIVE_INFINITY;
  const lines = symbols.slice(1).map((_, index) => lineAt(index));
  let last = -1;
  while (lines.length > 0) {
    const least = Math.min(...lines);
    if (least === Number.POSITIVE_INFINITY) break;
    const at = lines.indexOf(least);
    last = least;
    symbols.splice(at, 2, list[least]!.result);
    lines.splice(at, 1);
    if (at > 0) lines[at - 1] = lineAt(at - 1);
    if (at < lines.length) lines[at] = lineAt(at);
  }
  return last;
}

/** Gives the tokens that merging a token's text starts from. */
function symbolReader(vocabulary: Vocabulary, byteTokens: readonly number[]) {
  if (vocabulary.symbols === "bytes") return (token: Uint8Array) => Array.from(token, (byte) => byteTokens[byte]!);
  const isByte = new Set(vocabulary.byteFallback ?? []);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const encoder = new TextEncoder();
  const characters = new Map<string, number>();
  const texts = vocabulary.tokens.map((token, id) => {
    if (token === undefined || isByte.has(id)) return undefined;
    try {
      const text = decoder.decode(token);
      if ([...text].length === 1) characters.set(text, id);
      return text;
    } catch {
      return undefined; // Bytes that are no UTF-8 are no text that merging could start from.
    }
  });
  return (_: Uint8Array, id: number) => {
    const text = texts[id];
    if (text === undefined) return [id];
    return [...text].flatMap((character) => {
      const known = characters.get(character) ?? vocabulary.unknown;
      return known !== undefined ? [known] : Array.from(encoder.encode(character), (byte) => byteTokens[byte]!);
    });
  };
}

function binary(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
