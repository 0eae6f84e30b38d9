import type { Corpus } from "./corpora";
import { type Engine, engines, type TokenizerName } from "./engines";

export interface SpeedResult {
  readonly engine: string;
  readonly tokenizer: TokenizerName;
  readonly corpus: string;
  /** Megabytes (10^6) of UTF-8 a second: the fastest of the rounds, as the least disturbed one. */
  readonly megabytesPerSecond: number;
  readonly tokens: number;
  /** Nanoseconds for each UTF-16 unit. */
  readonly nanosecondsPerUnit: number;
}

const ROUNDS = 5;
/** An engine that has spent this long on one corpus is not asked again. */
const PATIENCE_SECONDS = 1.5;

/**
 * Times every engine on every corpus, in turns, so that all see the same machine. Worst cases that would take an engine
 * minutes (quadratic merging) are tried on their first 4,000 units alone.
 */
export async function measureSpeed(
  tokenizer: TokenizerName,
  corpora: readonly Corpus[],
  wanted: (engine: string) => boolean,
): Promise<{ results: SpeedResult[]; skipped: string[] }> {
  const { engines: all, skipped } = await engines(tokenizer);
  const found = all.filter(({ name }) => wanted(name));
  const results: SpeedResult[] = [];
  for (const corpus of corpora) {
    const best = new Map<Engine, { seconds: number; tokens: number; corpus: Corpus }>();
    const texts = new Map<Engine, Corpus>();
    const spent = new Map<Engine, number>(found.map((engine) => [engine, 0]));
    for (const engine of found) texts.set(engine, await patient(engine, corpus));
    for (let round = 0; round < ROUNDS; round++) {
      for (const engine of found) {
        if (spent.get(engine)! > PATIENCE_SECONDS) continue;
        const before = best.get(engine);
        const text = texts.get(engine)!;
        const now = await engine.encode(text);
        spent.set(engine, spent.get(engine)! + now.seconds);
        if (before === undefined || now.seconds < before.seconds) best.set(engine, { ...now, corpus: text });
      }
    }
    for (const [{ name }, { seconds, tokens, corpus: text }] of best) {
      results.push({
        engine: name,
        tokenizer,
        corpus: corpus.name,
        megabytesPerSecond: text.bytes / 1e6 / seconds,
        tokens,
        nanosecondsPerUnit: (seconds * 1e9) / text.text.length,
      });
    }
  }
  for (const engine of all) engine.close?.();
  return { results, skipped };
}

/** The corpus, or its first part where two shorter ones show that the engine's time grows faster than the text. */
async function patient(engine: Engine, corpus: Corpus): Promise<Corpus> {
  if (!corpus.worstCase) return corpus;
  const shorter = part(corpus, 1_000);
  const longer = part(corpus, 4_000);
  await engine.encode(shorter);
  const { seconds: small } = await engine.encode(shorter);
  const { seconds: large } = await engine.encode(longer);
  return large > 0.02 && large > 7 * small ? longer : corpus;
}

function part(corpus: Corpus, units: number): Corpus {
  const text = corpus.text.slice(0, units);
  return { ...corpus, name: `${corpus.name}/${units}`, text, bytes: new TextEncoder().encode(text).length };
}
