import type { LlamaGrammarEvaluationState } from "node-llama-cpp";
import type { Entropy } from "../../engine";
import { type Candidates, type RawCandidates, ranked, type Top, whole, withRest } from "./candidates";
import { entropyOf, entropyWithRest } from "./entropy";
import type { NativeParts, NativeSample, NativeSampler, NativeSamplerConfig } from "./nativeContext";
import { minPAbove } from "./ranks";

/** What changes the logits before a token is drawn. */
export interface Changes {
  /** Above 0: logits are divided by it. */
  readonly temperature: number;
  /** Added to logits, before the temperature. */
  readonly bias: ReadonlyMap<number, number>;
  readonly grammar: LlamaGrammarEvaluationState | undefined;
}

/** Raw candidates with the entropy of the whole distribution. */
export interface MeasuredCandidates extends RawCandidates {
  readonly entropy: Entropy;
}

/** What follows from sums over all tokens but the top. */
interface Rest {
  readonly logWeight: number;
  readonly logits: ReadonlyMap<number, number>;
}

/** How far the sums lie apart, in 1/temperature, from whose slope the rest's mean logit follows. */
const STEP = 0.02;
/** A temperature at which all tokens weigh the same, so that their weight is their number. */
const LEVEL = 1e9;

/**
 * Reads logits of evaluated rows, within a turn of the decoder.
 *
 * Each logit that crosses into JavaScript costs the binding 0.15 µs and a sorted answer sorts the whole vocabulary, while a
 * sum over all of them costs one pass in C++. So the top is read through llama.cpp's top-k, and what is to be known of the
 * rest follows from sums: its weight, its entropy (from the weights a little warmer and cooler), and the rank of a token in
 * it (the number of tokens that min-p leaves).
 *
 * The binding sums in float32, one after the other, so that tokens of less than 1e-8 are lost beside a likely one: over
 * 49,152 tokens that was seen to cost 1.6e-4 nats. So the top is taken out by a bias, the rest summed by itself, and both
 * put together in double precision.
 */
export class RowReader {
  /** Candidates read beside the sums: more for large vocabularies, whose sums in float32 lose more of their ends. */
  readonly usualTop: number;
  private readonly samplers: NativeSampler[] = [];

  constructor(
    private readonly native: NativeParts,
    readonly vocabularySize: number,
    /** The error for a row that has no probabilities. */
    private readonly noNumbers: () => Error,
  ) {
    this.usualTop = vocabularySize <= 8192 ? 64 : 256;
  }

  /** The raw distribution's top `k` and the logits of `ids`. */
  async raw(row: number, k: number, ids: readonly number[] = []): Promise<RawCandidates> {
    if (k >= this.vocabularySize) return this.checked(asking(ids, await this.all(row, {})));
    const top = await this.top(row, k, {});
    const rest = await this.rest(row, top.beyond, without(top, {}), ids);
    return this.checked(asking(ids, withRest(top, rest.logWeight), rest.logits));
  }

  /**
   * The same, with the entropy. Held against all logits in double precision it was seen to differ by up to 1e-4 nats for
   * 2,048 tokens and 2e-4 for 49,152; sums in float32 over made-up distributions of 262,144 tokens differ by up to 1.1e-3.
   */
  async measured(row: number, k: number, ids: readonly number[] = []): Promise<MeasuredCandidates> {
    if (k >= this.vocabularySize) {
      const all = await this.raw(row, k, ids);
      return { ...all, entropy: entropyOf(all, this.vocabularySize) };
    }
    const top = await this.top(row, k, {});
    const config = without(top, {});
    const rest = await this.rest(row, top.beyond, config, ids);
    const candidates = this.checked(asking(ids, withRest(top, rest.logWeight), rest.logits));
    const bounded = entropyOf(candidates, this.vocabularySize);
    if (bounded.exact) return { ...candidates, entropy: bounded };
    // The slope of ln Σ e^(β logit) over β is the mean logit.
    const at = async (beta: number) =>
      (await this.rest(row, top.beyond * beta, { ...config, temperature: 1 / beta })).logWeight;
    const [cooler, warmer] = await Promise.all([at(1 + STEP), at(1 - STEP)]);
    const restMean = (cooler - warmer) / (2 * STEP);
    return { ...candidates, entropy: entropyWithRest(candidates, rest.logWeight, restMean) };
  }

  /** Rank of a token by its raw logit, 1 for the likeliest: one more than there are tokens above it. */
  async rank(row: number, candidates: RawCandidates, logit: number): Promise<number> {
    const { logits, complete } = candidates;
    const better = logits.findIndex((other) => other <= logit);
    if (better >= 0 || complete) return (better < 0 ? logits.length : better) + 1;
    const minP = minPAbove(logit, logits[0]!);
    if (minP === undefined) return this.rank(row, await this.all(row, {}), logit);
    const above = await this.sample(row, { minP, temperature: LEVEL }, false, true);
    return above[4]! + 1;
  }

  /** The raw candidates at another temperature, above 0. */
  async heated(row: number, raw: RawCandidates, temperature: number): Promise<Candidates> {
    const logits = raw.logits.map((logit) => logit / temperature);
    const top = { ids: raw.ids, logits, beyond: raw.beyond / temperature };
    return withRest(top, (await this.rest(row, top.beyond, without(top, { temperature }))).logWeight);
  }

  /** The top `k` of the distribution after `changes`; logits are after the temperature. */
  async changed(row: number, k: number, changes: Changes): Promise<Candidates> {
    const config = { ...configOf(changes, this.native), temperature: changes.temperature };
    if (k >= this.vocabularySize) return this.all(row, config);
    if (changes.grammar) {
      // What a grammar allows is found out anew by each call: so by one.
      const answer = await this.sample(row, config, [[], false, false, false, k], true);
      const top = ranked(pairs(answer));
      return { ...top, logWeight: top.logits[0]! + Math.log(answer[4]!), complete: false };
    }
    const top = await this.top(row, k, config);
    return withRest(top, (await this.rest(row, top.beyond, without(top, config))).logWeight);
  }

  /** The likeliest token after `changes`, whose temperature plays no part. -1 when nothing is allowed. */
  async likeliest(row: number, changes: Omit<Changes, "temperature">): Promise<number> {
    return (await this.sample(row, configOf(changes, this.native), false, false))[0];
  }

  close(): void {
    for (const sampler of this.samplers.splice(0)) sampler.dispose();
  }

  /** All that is read of a row begins with its raw candidates; one NaN among its logits makes their weight NaN. */
  private checked(candidates: RawCandidates): RawCandidates {
    if (Number.isFinite(candidates.logWeight)) return candidates;
    throw this.noNumbers();
  }

  private async all(row: number, config: NativeSamplerConfig): Promise<RawCandidates> {
    return whole(ranked(pairs(await this.sample(row, config, true, false))));
  }

  private async top(row: number, k: number, config: NativeSamplerConfig): Promise<Top> {
    const answer = await this.sample(row, { temperature: 1, ...config, topK: k + 1 }, true, false);
    const { ids, logits } = ranked(pairs(answer));
    return { ids: ids.slice(0, k), logits: logits.slice(0, k), beyond: logits[k] ?? -Infinity };
  }

  /** The weight of what `config` leaves, of which `largest` is the largest logit, and the logits of those of `ids` in it. */
  private async rest(
    row: number,
    largest: number,
    config: NativeSamplerConfig,
    ids: readonly number[] = [],
  ): Promise<Rest> {
    if (largest === -Infinity) return { logWeight: -Infinity, logits: new Map() };
    const wanted = ids.length > 0 && ([ids, false, false, false, 0] as const);
    const answer = await this.sample(row, config, wanted, true);
    const given = ranked(pairs(answer));
    return {
      logWeight: largest + Math.log(answer[4]!),
      logits: new Map(given.ids.map((id, index) => [id, given.logits[index]!])),
    };
  }

  private async sample(
    row: number,
    config: NativeSamplerConfig,
    logits: boolean | readonly [readonly number[], boolean, boolean, boolean, number],
    weight: boolean,
  ): Promise<NativeSample> {
    const sampler = this.samplers.pop() ?? this.native.newSampler();
    try {
      sampler.applyConfig({ ...config, seed: 0 });
      return await this.native.context.sampleToken(row, sampler, false, false, logits, weight);
    } finally {
      this.samplers.push(sampler);
    }
  }
}

/** A configuration that forbids the top as well. */
function without({ ids }: Top, config: NativeSamplerConfig): NativeSamplerConfig {
  const { tokenBiasKeys: keys, tokenBiasValues: values } = config;
  if (!keys || !values)
    return {
      ...config,
      tokenBiasKeys: Uint32Array.from(ids),
      tokenBiasValues: new Float32Array(ids.length).fill(-Infinity),
    };
  const bias = new Map(Array.from(keys, (id, index) => [id, values[index]!]));
  for (const id of ids) bias.set(id, -Infinity);
  return { ...config, ...biasOf(bias) };
}

/** Candidates with the logits of the tokens asked for, which stand in the top or in the rest. */
function asking(
  ids: readonly number[],
  candidates: RawCandidates,
  rest: ReadonlyMap<number, number> = new Map(),
): RawCandidates {
  const logitOf = (id: number) => candidates.logits[candidates.ids.indexOf(id)] ?? rest.get(id) ?? -Infinity;
  return { ...candidates, asked: new Map(ids.map((id) => [id, logitOf(id)])) };
}

function configOf({ bias, grammar }: Omit<Changes, "temperature">, native: NativeParts): NativeSamplerConfig {
  return {
    ...(bias.size > 0 && biasOf(bias)),
    // Sampling makes the grammar accept the token that the binding drew, which is not the one we draw: so a copy.
    ...(grammar && { grammarEvaluationState: native.grammarHandle(grammar.clone()) }),
  };
}

function biasOf(bias: ReadonlyMap<number, number>) {
  return { tokenBiasKeys: Uint32Array.from(bias.keys()), tokenBiasValues: Float32Array.from(bias.values()) };
}

function pairs(sample: NativeSample): readonly number[] {
  return sample[3] ?? [];
}
