import type { Disposable } from "vscode";

/** Tokens gather for so long: faster nobody can read. */
const frameMs = 50;

/** An answer that is being written, as far as it is. */
export type Written<Id> = Id & { readonly tokens: string[] };
/** More of one: `from` tokens came before these. */
export type Streamed<Id> = Written<Id> & { readonly from: number };

interface Live<Id> {
  readonly answer: Id;
  readonly tokens: string[];
  /** Tokens the panel has. */
  sent: number;
}

/** How a panel hears of answers. */
export interface Hearing<Id> {
  /** Names an answer. */
  key(answer: Id): string;
  /** Whether its tokens are sent: it is on the screen. */
  inView(answer: Id): boolean;
  send(streamed: Streamed<Id>[]): void;
}

/** Answers that are being written. What is new of those in view is streamed to the panel. */
export class LiveAnswers<Id extends object> implements Disposable {
  private readonly live = new Map<string, Live<Id>>();
  private timer: NodeJS.Timeout | undefined;
  /** Tokens heard since the beginning, whole answers' included. */
  heard = 0;

  constructor(private readonly hearing: Hearing<Id>) {}

  /** One more token. The answer's name is passed on as it is. */
  token(answer: Id, text: string): void {
    const key = this.hearing.key(answer);
    const live = this.live.get(key) ?? { answer, tokens: [], sent: 0 };
    live.tokens.push(text);
    this.live.set(key, live);
    this.heard++;
    if (this.hearing.inView(answer)) this.timer ??= setTimeout(() => this.flush(), frameMs);
  }

  /** The answer is in the record now. */
  whole(answer: Id): void {
    this.live.delete(this.hearing.key(answer));
  }

  /** Tokens of answers that are not whole yet. */
  get unfinished(): number {
    return [...this.live.values()].reduce((sum, { tokens }) => sum + tokens.length, 0);
  }

  /** The answer that was begun first of those that are not whole. */
  get first(): Id | undefined {
    return this.live.values().next().value?.answer;
  }

  /** Those in view, as far as they are; from here on `send` brings what follows. */
  shown(): Written<Id>[] {
    return this.inView().map((live) => {
      live.sent = live.tokens.length;
      return { ...live.answer, tokens: live.tokens.slice() };
    });
  }

  /** What there is of an answer; undefined where none is being written. */
  tokensOf(answer: Id): readonly string[] | undefined {
    return this.live.get(this.hearing.key(answer))?.tokens;
  }

  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.live.clear();
    this.heard = 0;
  }

  dispose(): void {
    this.clear();
  }

  private inView(): Live<Id>[] {
    return [...this.live.values()].filter(({ answer }) => this.hearing.inView(answer));
  }

  private flush(): void {
    this.timer = undefined;
    const fresh = this.inView().filter(({ tokens, sent }) => tokens.length > sent);
    if (fresh.length === 0) return;
    this.hearing.send(fresh.map(({ answer, tokens, sent }) => ({ ...answer, from: sent, tokens: tokens.slice(sent) })));
    for (const live of fresh) live.sent = live.tokens.length;
  }
}
