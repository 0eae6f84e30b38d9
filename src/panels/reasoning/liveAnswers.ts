import type { Disposable } from "vscode";
import type { RunningAnswer, Streamed } from "../../../webview/reasoning/questions";
import type { Progress } from "../../experiments/reasoning/run";
import { type SampleEvent, sampleKey } from "../../experiments/reasoning/spec";

/** Tokens gather for so long: faster nobody can read. */
const frameMs = 50;

interface Live {
  readonly answer: Omit<Streamed, "from" | "tokens">;
  readonly tokens: string[];
  /** Tokens the panel has. */
  sent: number;
}

/** Answers that are being written. What is new of the question in view is streamed to the panel. */
export class LiveAnswers implements Progress, Disposable {
  private readonly live = new Map<string, Live>();
  private timer: NodeJS.Timeout | undefined;
  /** Tokens heard since the beginning, whole answers' included. */
  tokens = 0;

  /** `inView` says whose tokens are sent. */
  constructor(
    private readonly inView: () => string | undefined,
    private readonly send: (streamed: Streamed[]) => void,
  ) {}

  token(answer: Parameters<Progress["token"]>[0], text: string): void {
    const key = sampleKey(answer);
    const { model, question, arm, sample } = answer;
    const live = this.live.get(key) ?? { answer: { model, question, arm, sample }, tokens: [], sent: 0 };
    live.tokens.push(text);
    this.live.set(key, live);
    this.tokens++;
    if (question === this.inView()) this.timer ??= setTimeout(() => this.flush(), frameMs);
  }

  /** The answer is in the record now. */
  whole(event: SampleEvent): void {
    this.live.delete(sampleKey(event));
  }

  /** Tokens of answers that are not whole yet. */
  get unfinished(): number {
    return [...this.live.values()].reduce((sum, { tokens }) => sum + tokens.length, 0);
  }

  /** As far as they are; from here on `streamed` brings what follows. */
  of(question: string): RunningAnswer[] {
    return [...this.live.values()]
      .filter(({ answer }) => answer.question === question)
      .map((live) => {
        live.sent = live.tokens.length;
        const { model, arm, sample } = live.answer;
        return { model, arm, sample, tokens: live.tokens.slice() };
      });
  }

  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.live.clear();
    this.tokens = 0;
  }

  dispose(): void {
    this.clear();
  }

  private flush(): void {
    this.timer = undefined;
    const question = this.inView();
    const fresh = [...this.live.values()].filter(
      ({ answer, tokens, sent }) => answer.question === question && tokens.length > sent,
    );
    if (fresh.length === 0) return;
    this.send(fresh.map(({ answer, tokens, sent }) => ({ ...answer, from: sent, tokens: tokens.slice(sent) })));
    for (const live of fresh) live.sent = live.tokens.length;
  }
}
