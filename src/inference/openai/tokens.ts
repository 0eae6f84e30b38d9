import type { Alternative, Distribution, Entropy, TokenText } from "../engine";
import type { Choice } from "./answers";

/** The id of a token whose number the server does not tell and no tokenizer here knows. */
export const unknownTokenId = -1;

/** Finds a token's id by its bytes; undefined where no tokenizer is known to be the model's. */
export type IdOf = (bytes: Uint8Array) => number | undefined;

/** A token of an answer, with the alternatives that were given, likeliest first. */
export interface GivenToken extends TokenText {
  readonly logProb: number | undefined;
  readonly top: readonly Alternative[];
}

/** Servers write it for probability zero, having no infinity in JSON (vLLM -9999, llama.cpp the least float). */
const leastLogProb = -9_999;

/** The tokens of a choice that has log-probabilities; undefined for one without. At most `topK` alternatives each. */
export function givenTokens(choice: Choice, topK: number, idOf: IdOf): GivenToken[] | undefined {
  const { logprobs } = choice;
  if (!logprobs) return undefined;
  if ("tokens" in logprobs)
    return logprobs.tokens.map((token, index) => {
      const top = Object.entries(logprobs.top_logprobs?.[index] ?? {});
      return {
        ...tokenText(token, undefined, choice.token_ids?.[index], idOf),
        logProb: logProb(logprobs.token_logprobs[index]),
        top: likeliest(
          top.map(([text, value]) => [tokenText(text, undefined, undefined, idOf), value]),
          topK,
        ),
      };
    });
  return logprobs.content?.map((entry, index) => ({
    ...tokenText(entry.token, entry.bytes, entry.id ?? choice.token_ids?.[index], idOf),
    logProb: logProb(entry.logprob),
    top: likeliest(
      (entry.top_logprobs ?? []).map((item) => [tokenText(item.token, item.bytes, item.id, idOf), item.logprob]),
      topK,
    ),
  }));
}

/** Sorted, without impossible ones, cut to `topK`: servers add the sampled token where it is not among the likeliest. */
export function likeliest(items: readonly (readonly [TokenText, number | null])[], topK: number): Alternative[] {
  return items
    .flatMap(([token, value]) => {
      const known = logProb(value);
      return known === undefined ? [] : [{ ...token, logProb: known }];
    })
    .sort((a, b) => b.logProb - a.logProb)
    .slice(0, topK);
}

/** A token's text and bytes from what servers write of it: "bytes:\\xe2\\x80" is OpenAI's way for parts of characters. */
export function tokenText(
  token: string,
  given: readonly number[] | null | undefined,
  id: number | null | undefined,
  idOf: IdOf,
): TokenText {
  const spelled = /^bytes:((?:\\x[\da-f]{2})+)$/i.exec(token)?.[1];
  const bytes = given
    ? Uint8Array.from(given)
    : spelled
      ? Uint8Array.from(spelled.slice(2).split("\\x"), (hex) => Number.parseInt(hex, 16))
      : undefined;
  const text = bytes ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) : token;
  const whole = bytes === undefined || sameBytes(new TextEncoder().encode(text), bytes);
  return {
    id: id ?? idOf(bytes ?? new TextEncoder().encode(token)) ?? unknownTokenId,
    text,
    ...(!whole && bytes && { bytes: hex(bytes) }),
  };
}

/**
 * The distribution of which `top` is known: the rest is one bucket, so that the entropy is a lower bound unless nothing
 * is left.
 */
export function distributionOf(
  top: readonly Alternative[],
  whole: boolean,
): Omit<Distribution, "asked" | "promptTokens"> {
  const seen = top.reduce((sum, { logProb }) => sum + Math.exp(logProb), 0);
  // Servers round, so that the sum may be over 1 by a little.
  const tail = whole ? 0 : Math.max(0, 1 - seen);
  return { top, entropy: { ...entropyOf(top, tail), exact: whole }, tail };
}

/** In nats; the rest as one bucket. Undefined without alternatives. */
export function lowerBound(top: readonly Alternative[]): Entropy | undefined {
  if (top.length === 0) return undefined;
  const seen = top.reduce((sum, { logProb }) => sum + Math.exp(logProb), 0);
  return { ...entropyOf(top, Math.max(0, 1 - seen)), exact: false };
}

function entropyOf(top: readonly Alternative[], tail: number): { readonly nats: number } {
  const known = top.reduce((sum, { logProb }) => sum - Math.exp(logProb) * logProb, 0);
  return { nats: Math.max(0, tail > 0 ? known - tail * Math.log(tail) : known) };
}

function logProb(value: number | null | undefined): number | undefined {
  return value === null || value === undefined || value <= leastLogProb ? undefined : Math.min(0, value);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
