import { createTokenDocument } from "../src/tokenizers/tokenDocument";
import type { Tokenizer } from "../src/tokenizers/tokenizer";

/** One document filled and then edited character by character, half at random places, half as bursts of typing. */
export interface EditMeasurement {
  readonly tokenizer: string;
  readonly megabytes: number;
  readonly tokens: number;
  readonly fillMs: number;
  readonly fillMegabytesPerSecond: number;
  /** Longest turn of filling with a budget of 6 ms. */
  readonly longestFillTurnMs: number;
  readonly bytesPerToken: number;
  readonly edits: number;
  /** Time of one edit, the new token count included. */
  readonly microseconds: { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number };
}

const TYPED = [..."etaoin shrdlu,.\n(X1)中é'"];
const WARM_UP = 500;

/** Measures on `text`, edited in place; `edits` one-character edits are timed after a warm-up. */
export function measureEdits(tokenizer: Tokenizer, text: string, edits = 4000): EditMeasurement {
  const megabytes = new TextEncoder().encode(text).length / 1e6;
  const document = createTokenDocument(tokenizer, text);
  const fillStart = performance.now();
  let longestFillTurnMs = 0;
  for (let complete = false; !complete; ) {
    const turn = performance.now();
    complete = document.fill(6);
    longestFillTurnMs = Math.max(longestFillTurnMs, performance.now() - turn);
  }
  const fillMs = performance.now() - fillStart;
  const bytesPerToken = document.memoryBytes / document.tokenCount;
  const tokens = document.tokenCount;

  const random = generator(12345);
  const times: number[] = [];
  let at = 0;
  for (let i = -WARM_UP; i < edits; i++) {
    const isBurst = i % 100 < 50;
    at = isBurst ? Math.min(at, document.length) : Math.floor(random() * document.length);
    const deletes = random() < 0.4 && at < document.length;
    const inserted = deletes ? "" : TYPED[Math.floor(random() * TYPED.length)]!;
    const start = performance.now();
    document.edit({ offset: at, deleted: deletes ? 1 : 0, inserted });
    const count = document.tokenCount;
    const time = performance.now() - start;
    if (count < 0 || !document.complete) throw new Error("a one-character edit left the document incomplete");
    if (i >= 0) times.push(time * 1000);
    at += inserted.length;
  }
  times.sort((a, b) => a - b);
  const quantile = (q: number) => times[Math.min(times.length - 1, Math.floor(times.length * q))]!;
  return {
    tokenizer: tokenizer.name,
    megabytes,
    tokens,
    fillMs,
    fillMegabytesPerSecond: megabytes / (fillMs / 1000),
    longestFillTurnMs,
    bytesPerToken,
    edits,
    microseconds: { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99), max: times.at(-1)! },
  };
}

/** A linear congruential generator: the same edits in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
