import { createTokenDocument, loadTokenizer } from "../../src/tokenizers";
import { directorySource } from "../../src/tokenizers/node/nodeSource";
import { seeded } from "./seeded";

export interface EditTimes {
  readonly megabytes: number;
  readonly tokens: number;
  /** First fill of the whole document, milliseconds. */
  readonly fillMs: number;
  /** Time of one edit with the count asked for after it, microseconds. */
  readonly p50Us: number;
  readonly p95Us: number;
  readonly maxUs: number;
  readonly bytesPerToken: number;
}

const EDITS = 4_000;
/** Edits before the clock counts: the code is compiled then. */
const WARM_UP = 1_000;
const TYPED = [..."abcdefghij ,.\n(X1中"];

/** One-character insertions and deletions all over a document of `megabytes`, made of `text` again and again. */
export async function measureEdits(text: string, megabytes: number): Promise<EditTimes> {
  const tokenizer = await loadTokenizer("o200k_base", directorySource("dist"));
  const source = text.repeat(Math.ceil((megabytes * 1e6) / text.length)).slice(0, megabytes * 1e6);
  const random = seeded(7);
  const begin = performance.now();
  const document = createTokenDocument(tokenizer, source);
  while (!document.complete) document.fill(1_000);
  const fillMs = performance.now() - begin;
  const times: number[] = [];
  for (let i = 0; i < WARM_UP + EDITS; i++) {
    const offset = Math.floor(random() * (document.length - 1));
    const deleted = random() < 0.4 ? 1 : 0;
    const inserted = deleted === 1 ? "" : TYPED[Math.floor(random() * TYPED.length)]!;
    const start = performance.now();
    document.edit({ offset, deleted, inserted });
    const total = document.tokenCount;
    const time = (performance.now() - start) * 1000;
    if (i >= WARM_UP && total > 0) times.push(time);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))]!;
  return {
    megabytes,
    tokens: document.tokenCount,
    fillMs,
    p50Us: at(0.5),
    p95Us: at(0.95),
    maxUs: at(1),
    bytesPerToken: document.memoryBytes / document.tokenCount,
  };
}
