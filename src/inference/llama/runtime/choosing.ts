import type { LlamaGrammarEvaluationState } from "node-llama-cpp";
import type { SampledToken, SampleRequest, Sampler } from "../../engine";
import { alternatives, logProbOf } from "./alternatives";
import type { Candidates, RawCandidates } from "./candidates";
import { draw } from "./draw";
import { entropyOf } from "./entropy";
import type { RowReader } from "./rowReader";
import type { Vocabulary } from "./vocabulary";

/** Candidates read at once, enough for nearly every draw; and what is read before the whole vocabulary is. */
const SAMPLING_TOP = 128;
const WIDER_TOP = 1024;
/** Tokens that the repetition penalty looks back on, as llama.cpp has it. */
const PENALTY_WINDOW = 64;

const noBias: ReadonlyMap<number, number> = new Map();

/**
 * The raw top after the temperature, where top-k or min-p leave nothing beyond it: then the rest's weight does not matter,
 * and need not be asked for.
 */
function cutShort(raw: RawCandidates, { temperature, topK, topP, minP }: Sampler): Candidates | undefined {
  const count = topK > 0 ? Math.min(topK, raw.ids.length) : raw.ids.length;
  const logits = raw.logits.slice(0, count).map((logit) => logit / temperature);
  const [max] = logits;
  if (max === undefined) return undefined;
  const cutByMinP = topP === 1 && minP > 0 && Math.exp(logits[count - 1]! - max) < minP;
  if (!(topK > 0 && count === topK) && !cutByMinP) return undefined;
  const logWeight = max + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - max), 0));
  return { ids: raw.ids.slice(0, count), logits, logWeight, complete: true };
}

/** Draws the next token of a sample from a row of logits. */
export class Chooser {
  private readonly top: number;
  private readonly userBias: ReadonlyMap<number, number>;

  constructor(
    private readonly rows: RowReader,
    private readonly vocabulary: Vocabulary,
    private readonly request: SampleRequest,
  ) {
    this.top = Math.max(SAMPLING_TOP, request.topK, request.sampler.topK);
    this.userBias = new Map((request.logitBias ?? []).map(({ id, bias }) => [id, bias]));
  }

  /**
   * Within a turn of the decoder. `before` are all tokens so far. Undefined when a grammar leaves no token.
   *
   * Logits are biased, then penalized, then divided by the temperature: llama.cpp's own sampler cuts by top-k, top-p and
   * min-p before the temperature, and draws by one quantile for equal seeds. So the draw is done here.
   */
  async choose(
    row: number,
    before: readonly number[],
    grammar: LlamaGrammarEvaluationState | undefined,
    random: () => number,
  ): Promise<SampledToken | undefined> {
    const { sampler } = this.request;
    const recent = sampler.repetitionPenalty === 1 ? [] : [...new Set(before.slice(-PENALTY_WINDOW))];
    const raw = await this.rows.raw(row, this.top, recent);
    const bias = recent.length === 0 ? this.userBias : this.penalized(recent, raw);
    const u = random();
    const drawn = await this.drawn(row, raw, bias, grammar, u);
    if (!drawn) return undefined;
    const logProb = logProbOf(raw, drawn.id) ?? logProbOf(await this.rows.raw(row, this.top, [drawn.id]), drawn.id);
    return {
      ...this.vocabulary.token(drawn.id),
      logProb,
      sampledWith: drawn.probability,
      entropy: entropyOf(raw, this.vocabulary.size),
      top: alternatives(raw, this.request.topK, this.vocabulary),
    };
  }

  private async drawn(
    row: number,
    raw: RawCandidates,
    bias: ReadonlyMap<number, number>,
    grammar: LlamaGrammarEvaluationState | undefined,
    u: number,
  ): Promise<{ readonly id: number; readonly probability: number } | undefined> {
    const { sampler } = this.request;
    const unchanged = bias.size === 0 && !grammar;
    if (sampler.temperature === 0) {
      if (unchanged) return { id: raw.ids[0]!, probability: 1 };
      const id = await this.rows.likeliest(row, { bias, grammar });
      return id < 0 ? undefined : { id, probability: 1 };
    }
    for (const k of [this.top, Math.max(this.top, WIDER_TOP), this.vocabulary.size]) {
      const changes = { temperature: sampler.temperature, bias, grammar };
      const candidates = await (unchanged ? this.heated(row, raw, k) : this.rows.changed(row, k, changes));
      if (candidates.logits[0] === undefined || candidates.logits[0] === -Infinity) return undefined;
      const found = draw(candidates, sampler, u);
      if (found) return found;
    }
    return undefined;
  }

  /** The top `k` after the temperature alone, from the raw one where that reaches so far. */
  private async heated(row: number, raw: RawCandidates, k: number): Promise<Candidates> {
    const { sampler } = this.request;
    const top = raw.complete || k <= raw.ids.length ? raw : await this.rows.raw(row, k);
    if (sampler.temperature === 1) return top;
    return cutShort(top, sampler) ?? this.rows.heated(row, top, sampler.temperature);
  }

  /** The bias that stands for the request's own and the penalty [Keskar 2019, arXiv 1909.05858] together. */
  private penalized(recent: readonly number[], raw: RawCandidates): ReadonlyMap<number, number> {
    const { repetitionPenalty } = this.request.sampler;
    const bias = new Map(this.userBias);
    for (const id of recent) {
      const logit = raw.asked.get(id);
      if (logit === undefined) continue;
      const own = this.userBias.get(id) ?? 0;
      if (own === -Infinity) continue;
      const biased = logit + own;
      bias.set(id, (biased > 0 ? biased / repetitionPenalty : biased * repetitionPenalty) - logit);
    }
    return bias.size === 0 ? noBias : bias;
  }
}
