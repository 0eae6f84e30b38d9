import type { Progress } from "../../experiments/arena/run";
import { type AnswerEvent, type AnswerId, answerKey } from "../../experiments/arena/spec";

/** Answers that are being written, as far as they are. */
export class LiveTexts implements Progress {
  private readonly texts = new Map<string, string[]>();
  /** Tokens heard since the beginning, whole answers' included. */
  heard = 0;

  /** `grew` hears of each token. */
  constructor(private readonly grew: (answer: AnswerId) => void) {}

  token(answer: AnswerId, text: string): void {
    const key = answerKey(answer);
    const tokens = this.texts.get(key);
    if (tokens) tokens.push(text);
    else this.texts.set(key, [text]);
    this.heard++;
    this.grew(answer);
  }

  /** The answer is in the record now. */
  whole(answer: AnswerEvent): void {
    this.texts.delete(answerKey(answer));
  }

  readonly of = (answer: AnswerId): readonly string[] | undefined => this.texts.get(answerKey(answer));

  /** Tokens of answers that are not whole yet. */
  get unfinished(): number {
    return [...this.texts.values()].reduce((sum, tokens) => sum + tokens.length, 0);
  }

  clear(): void {
    this.texts.clear();
    this.heard = 0;
  }
}
