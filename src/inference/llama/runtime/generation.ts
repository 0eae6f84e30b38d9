import type { SampledToken, SampleEvent, SampleRequest, StopReason } from "../../engine";
import { seededRandom } from "../../random";
import type { Slot } from "./slots";
import { StopTexts } from "./stopTexts";
import { TextStream } from "./textStream";

/** One sample on its way: what it has drawn, what of it may be shown, and when it ends. */
export class Generation {
  /** Uniform numbers of 0 to 1, one for each token: they depend on the seed alone. */
  readonly random: () => number;
  /** The token to evaluate next. */
  feed: number;
  /** Tokens drawn so far, without the one that ended the sample. */
  readonly drawn: number[] = [];
  private readonly stream = new TextStream();
  private readonly stops: StopTexts;
  private text = "";
  private watched = 0;
  private told = 0;
  /** Drawn, but perhaps the beginning of a stop text; `end` is where the token's text ends in the sample's. */
  private held: { readonly token: SampledToken; readonly end: number }[] = [];

  constructor(
    readonly index: number,
    readonly slot: Slot,
    private readonly request: SampleRequest,
    lastOfPrompt: number,
    /** Tokens that may follow the prompt before the context is full. */
    private readonly room: number,
  ) {
    this.random = seededRandom(request.seeds[index]!);
    this.feed = lastOfPrompt;
    this.stops = new StopTexts(request.stop ?? []);
  }

  /** Takes a drawn token that does not end the sample by itself. Gives the events, the last of which may be the end. */
  push(token: SampledToken, bytes: Uint8Array): SampleEvent[] {
    this.feed = token.id;
    this.drawn.push(token.id);
    this.text += this.stream.push(bytes);
    this.held.push({ token, end: this.text.length });
    const { safe, stopped } = this.stops.watch(this.text, this.watched);
    this.watched = this.text.length;
    if (stopped) return this.cut(safe);
    const events = this.tellUntil(safe);
    if (this.drawn.length >= this.request.maxTokens) return [...events, ...this.end("maxTokens")];
    if (this.drawn.length >= this.room) return [...events, ...this.end("contextFull")];
    return events;
  }

  /** Ends with all that was held back. */
  end(reason: StopReason): SampleEvent[] {
    this.text += this.stream.end();
    return [...this.tellUntil(this.text.length), this.ended(reason, this.text)];
  }

  /** Ends before a stop text. A token that it begins within is told with the text before it alone. */
  private cut(at: number): SampleEvent[] {
    const events = this.tellUntil(at);
    const next = this.held[0];
    const before = this.text.slice(this.told, at);
    if (next && before !== "") events.push(this.tokenEvent({ ...next.token, text: before }));
    return [...events, this.ended("stopText", this.text.slice(0, at))];
  }

  private tellUntil(safe: number): SampleEvent[] {
    const count = this.held.findIndex(({ end }) => end > safe);
    const ready = this.held.splice(0, count < 0 ? this.held.length : count);
    const last = ready.at(-1);
    if (last) this.told = last.end;
    return ready.map(({ token }) => this.tokenEvent(token));
  }

  private tokenEvent(token: SampledToken): SampleEvent {
    return { kind: "token", sample: this.index, token };
  }

  private ended(reason: StopReason, text: string): SampleEvent {
    return { kind: "end", sample: this.index, reason, text, tokens: this.drawn.length };
  }
}
