import type { PromptScore, ScoreOptions, TokenizedPrompt, TokenScore } from "../../engine";
import { alternatives, logProbOf } from "./alternatives";
import type { Decoder } from "./decoder";
import { mapSome } from "./mapSome";
import type { RowReader } from "./rowReader";
import { type Slots, sharedPrefix } from "./slots";
import type { Vocabulary } from "./vocabulary";

/**
 * Rows read at once. The binding reads on four threads, and what waits for them keeps them awake: the specimen's calls took
 * half the CPU time with 16 as with 4. Each row holds a few samplers with 12 bytes a token of the vocabulary.
 */
function readers(vocabularySize: number): number {
  return Math.max(4, Math.min(16, Math.floor(65_536 / vocabularySize)));
}

interface Scored {
  readonly ids: readonly number[];
  readonly topK: number;
  /** By index in `ids`; what was not asked for is missing. */
  readonly tokens: readonly (TokenScore | undefined)[];
}

const unknowable: TokenScore = { logProb: undefined, rank: undefined, entropy: undefined, top: [] };

/** Scores prompts in one prefill, and after a change only from the first token that differs. */
export class Scorer {
  private last: Scored | undefined;

  constructor(
    private readonly decoder: Decoder,
    private readonly rows: RowReader,
    private readonly slots: Slots,
    private readonly vocabulary: Vocabulary,
    /** Rows of logits that memory is kept for; `Decoder.chunk` may be less. */
    private readonly mostRows: number,
  ) {}

  async score(prompt: TokenizedPrompt, options: ScoreOptions, signal: AbortSignal | undefined): Promise<PromptScore> {
    const ids = prompt.tokens.map(({ id }) => id);
    const from = Math.min(options.from ?? 0, ids.length);
    const tokens = this.known(ids, options.topK);
    if (from === 0 && ids.length > 0) tokens[0] = unknowable;
    const missing = ids.findIndex((_, index) => index >= from && tokens[index] === undefined);
    if (missing > 0) {
      const [slot] = await this.slots.take(ids.slice(0, missing - 1), 1, signal);
      try {
        await this.decoder.prepare(slot!, ids.slice(0, missing - 1), signal);
        const start = performance.now();
        for (let at = missing - 1, next = at; at < ids.length - 1; at = next) {
          next = Math.min(at + Math.min(this.mostRows, this.decoder.chunk), ids.length - 1);
          const feed = ids.slice(at, next);
          const scores = await this.decoder.turn(async () => {
            const [rows] = await this.decoder.decode([{ slot: slot!, tokens: feed, wanted: [...feed.keys()] }]);
            return mapSome(rows!, readers(this.vocabulary.size), (row, index) =>
              this.read(row, ids[at + index + 1]!, options.topK),
            );
          }, signal);
          scores.forEach((score, index) => {
            tokens[at + index + 1] = score;
          });
        }
        signal?.throwIfAborted();
        this.decoder.measured(ids.length - missing, start);
      } finally {
        this.slots.give([slot!]);
      }
    }
    this.last = { ids, topK: options.topK, tokens };
    return { prompt, from, tokens: tokens.slice(from) as TokenScore[] };
  }

  /** What the last prompt's scores say of this one: a token's score depends on nothing after it. */
  private known(ids: readonly number[], topK: number): (TokenScore | undefined)[] {
    const tokens: (TokenScore | undefined)[] = new Array(ids.length).fill(undefined);
    if (!this.last || this.last.topK < topK) return tokens;
    const shared = sharedPrefix(this.last.ids, ids);
    for (let index = 0; index < shared; index++) {
      const score = this.last.tokens[index];
      if (score) tokens[index] = { ...score, top: score.top.slice(0, topK) };
    }
    return tokens;
  }

  private async read(row: number, id: number, topK: number): Promise<TokenScore> {
    const measured = await this.rows.measured(row, Math.max(topK, this.rows.usualTop), [id]);
    return {
      logProb: logProbOf(measured, id),
      rank: await this.rows.rank(row, measured, measured.asked.get(id)!),
      entropy: measured.entropy,
      top: alternatives(measured, topK, this.vocabulary),
    };
  }
}
