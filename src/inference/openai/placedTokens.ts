import { byteLevelBytes } from "../../tokenizers/huggingFace/byteLevel";
import type { Tokenizer } from "../../tokenizers/tokenizer";
import type { PromptToken, TokenizedPrompt } from "../engine";
import { hex, unknownTokenId } from "./tokens";

export interface Piece {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly special?: boolean;
}

/** Tokens in their places: the text is what their bytes spell, one after the other. */
export function placeTokens(pieces: readonly Piece[]): TokenizedPrompt {
  const running = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  const tokens = pieces.map(({ id, bytes, special }): PromptToken => {
    // What is still held back is the character that this token goes on with.
    const offset = text.length;
    text += running.decode(bytes, { stream: true });
    const own = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    const whole = !own.includes("\ufffd") || new TextEncoder().encode(own).length === bytes.length;
    return { id, text: own, offset, ...(!whole && { bytes: hex(bytes) }), ...(special && { special }) };
  });
  text += running.decode();
  return { text, tokens };
}

/** A tokenizer of ours that is known to be the model's. */
export function tokenizeHere(tokenizer: Tokenizer, text: string, parseSpecial: boolean): TokenizedPrompt {
  const { ids } = tokenizer.encode(text, { special: parseSpecial ? "parse" : "text" });
  const special = new Set(parseSpecial ? tokenizer.specialTokens.values() : []);
  return placeTokens(
    Array.from(ids, (id) => ({
      id,
      bytes: tokenizer.tokenBytes(id) ?? new Uint8Array(),
      ...(special.has(id) && { special: true }),
    })),
  );
}

/** How a vocabulary spells its tokens: byte-level BPE ("Ġthe"), SentencePiece ("▁the", "<0x0A>"), or as they read. */
export type Spelling = "byteLevel" | "sentencePiece" | "plain";

/**
 * Told once for each model, by the tokens of a text with spaces. Single prompts would mislead: DeepSeek's begin token
 * has a "▁" in a byte-level vocabulary, and a short text of a SentencePiece one may have none.
 */
export function spellingOf(spaced: readonly string[]): Spelling {
  const all = spaced.join("");
  return all.includes("Ġ") ? "byteLevel" : all.includes("▁") ? "sentencePiece" : "plain";
}

/** The bytes of tokens as their vocabulary spells them. Special tokens stand for themselves in all of them. */
export function vocabularyBytes(spellings: readonly string[], spelling: Spelling): Uint8Array[] {
  const encoder = new TextEncoder();
  return spellings.map((token) => {
    if (spelling === "byteLevel") return byteLevelBytes(token) ?? encoder.encode(token);
    if (spelling === "plain") return encoder.encode(token);
    const byte = /^<0x([\da-f]{2})>$/i.exec(token)?.[1];
    return byte ? Uint8Array.of(Number.parseInt(byte, 16)) : encoder.encode(token.replaceAll("▁", " "));
  });
}

/**
 * Tokens of `text` where only their texts are known, in order: each is looked for behind the one before. Parts of a
 * character come as "" or U+FFFD from some servers; they get the place of the text that no other token accounts for.
 */
export function alignTokens(
  text: string,
  tokens: readonly { readonly id: number; readonly text: string }[],
): PromptToken[] {
  let at = 0;
  return tokens.map((token): PromptToken => {
    const known = token.text !== "" && !token.text.includes("\ufffd");
    const found = known ? text.indexOf(token.text, at) : -1;
    const offset = found < 0 ? at : found;
    if (found >= 0) at = found + token.text.length;
    return { id: token.id ?? unknownTokenId, text: token.text === "" ? "\ufffd" : token.text, offset };
  });
}
