import type { LlamaGrammarEvaluationState } from "node-llama-cpp";
import type { NativeParts, NativeSample, NativeSampler, NativeSamplerConfig } from "./nativeContext";

/** Candidates for the next token, likeliest first. */
export interface Candidates {
  readonly ids: readonly number[];
  /** Raw logits, or after what changed them. */
  readonly logits: readonly number[];
  /** ln of the sum of e^logit over the whole vocabulary: ln p = logit - logWeight. */
  readonly logWeight: number;
  /** Whether all tokens are here that have any probability. */
  readonly complete: boolean;
}

export interface RawCandidates extends Candidates {
  /** Raw logits of the tokens asked for. */
  readonly asked: ReadonlyMap<number, number>;
}

/** What changes the logits before a token is drawn. */
export interface Changes {
  /** Above 0: logits are divided by it. */
  readonly temperature: number;
  /** Added to logits, before the temperature. */
  readonly bias: ReadonlyMap<number, number>;
  readonly grammar: LlamaGrammarEvaluationState | undefined;
}

/** Up to this many tokens, one sorted pass is cheaper than asking for the weight and the top apart. */
const SMALL = 8192;

/**
 * Reads logits of evaluated rows, within a turn of the decoder.
 *
 * All logits of one row cost llama.cpp's binding 0.4 ms for 2,048 tokens and 14 ms for 49,152 (each number becomes a
 * JavaScript value), the top 256 of 49,152 cost 0.4 ms and the weight of the rest 0.5 ms. The binding sums in float32, one
 * after the other, so that tokens of less than 1e-8 are lost beside a likely one: over 49,152 tokens that was seen to cost
 * 1.6e-4 nats. So the rest is summed by itself, and put to the top in double precision.
 */
export class RowReader {
  private readonly samplers: NativeSampler[] = [];

  constructor(
    private readonly native: NativeParts,
    readonly vocabularySize: number,
  ) {}

  /** The raw distribution's top `k` and the logits of `ids`. */
  async raw(row: number, k: number, ids: readonly number[] = []): Promise<RawCandidates> {
    if (k >= this.vocabularySize) {
      const all = sorted(pairs(await this.sample(row, {}, true)));
      const asked = new Map(ids.map((id) => [id, all.logits[all.ids.indexOf(id)]!]));
      return { ...whole(all), asked };
    }
    if (this.vocabularySize <= SMALL) {
      const answer = await this.sample(row, {}, [ids, false, false, false, Math.max(1, k)]);
      const given = sorted(pairs(answer));
      const logWeight = given.logits[0]! + Math.log(answer[4]!);
      const asked = new Map(ids.map((id) => [id, given.logits[given.ids.indexOf(id)]!]));
      return { ...cut(given, k), logWeight, complete: false, asked };
    }
    const { candidates, rest } = await this.topAndRest(row, k, {}, ids);
    const given = sorted(pairs(rest));
    // What is in the top was taken out of the rest.
    const logitOf = (id: number) => {
      const index = candidates.ids.indexOf(id);
      return index >= 0 ? candidates.logits[index]! : given.logits[given.ids.indexOf(id)]!;
    };
    return { ...candidates, asked: new Map(ids.map((id) => [id, logitOf(id)])) };
  }

  /** The top `k` of the distribution after `changes`; logits are after the temperature. */
  async changed(row: number, k: number, changes: Changes): Promise<Candidates> {
    const config = { ...configOf(changes, this.native), temperature: changes.temperature };
    if (k >= this.vocabularySize) return whole(sorted(pairs(await this.sample(row, config, true))));
    if (this.vocabularySize <= SMALL || changes.grammar) {
      const answer = await this.sample(row, config, [[], false, false, false, k]);
      const top = sorted(pairs(answer));
      return { ...top, logWeight: top.logits[0]! + Math.log(answer[4]!), complete: false };
    }
    return (await this.topAndRest(row, k, config, [])).candidates;
  }

  /** The top `k` and the weight of all the others, whose own likeliest is the one after the top. */
  private async topAndRest(
    row: number,
    k: number,
    config: NativeSamplerConfig,
    ids: readonly number[],
  ): Promise<{ candidates: Candidates; rest: NativeSample }> {
    const more = sorted(pairs(await this.sample(row, { temperature: 1, ...config, topK: k + 1 }, true)));
    const top = cut(more, k);
    const best = more.logits[k] ?? -Infinity;
    const bias = new Map<number, number>();
    config.tokenBiasKeys?.forEach((id, index) => {
      bias.set(id, config.tokenBiasValues![index]!);
    });
    for (const id of top.ids) bias.set(id, -Infinity);
    const rest = await this.sample(row, { ...config, ...biasOf(bias) }, [ids, false, false, false, 0]);
    const max = top.logits[0] ?? best;
    const restWeight = best === -Infinity ? 0 : Math.exp(best - max) * rest[4]!;
    const logWeight = max + Math.log(top.logits.reduce((sum, logit) => sum + Math.exp(logit - max), restWeight));
    return { candidates: { ...top, logWeight, complete: best === -Infinity }, rest };
  }

  /** The likeliest token after `changes`, whose temperature plays no part. -1 when nothing is allowed. */
  async likeliest(row: number, changes: Omit<Changes, "temperature">): Promise<number> {
    return (await this.sample(row, configOf(changes, this.native), false))[0];
  }

  private async sample(
    row: number,
    config: NativeSamplerConfig,
    logits: boolean | readonly [readonly number[], boolean, boolean, boolean, number],
  ): Promise<NativeSample> {
    const sampler = this.samplers.pop() ?? this.native.newSampler();
    try {
      sampler.applyConfig({ ...config, seed: 0 });
      return await this.native.context.sampleToken(row, sampler, false, false, logits, logits !== false);
    } finally {
      this.samplers.push(sampler);
    }
  }

  close(): void {
    for (const sampler of this.samplers.splice(0)) sampler.dispose();
  }
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

/** Pairs of id and logit in one order for all: by logit, then by id; each id once. */
function sorted(flat: readonly number[]): { ids: number[]; logits: number[] } {
  const ids: number[] = [];
  const logits: number[] = [];
  for (let at = 1; at < flat.length; at += 2) {
    const id = flat[at - 1]!;
    const logit = flat[at]!;
    let place = ids.length;
    while (place > 0 && (logits[place - 1]! < logit || (logits[place - 1] === logit && ids[place - 1]! > id))) place--;
    if (place > 0 && ids[place - 1] === id) continue;
    if (place === ids.length) {
      ids.push(id);
      logits.push(logit);
    } else {
      ids.splice(place, 0, id);
      logits.splice(place, 0, logit);
    }
  }
  return { ids, logits };
}

function cut({ ids, logits }: { ids: number[]; logits: number[] }, k: number): { ids: number[]; logits: number[] } {
  return { ids: ids.slice(0, k), logits: logits.slice(0, k) };
}

/** Candidates that are all there are: the weight is summed here, in double precision. Forbidden ones are left out. */
function whole({ ids, logits }: { ids: number[]; logits: number[] }): Candidates {
  const possible = logits.indexOf(-Infinity);
  if (possible >= 0) {
    ids.length = possible;
    logits.length = possible;
  }
  const max = logits[0] ?? 0;
  const logWeight = max + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - max), 0));
  return { ids, logits, logWeight, complete: true };
}
