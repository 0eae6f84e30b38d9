import { createParser } from "eventsource-parser";
import type { Log } from "../../platform/log";
import { EngineError } from "../engine";
import type { ServerAddress } from "./address";
import { isBrokenConnection, networkError, redirectError, refusalError } from "./failures";
import { isPassing, pause, type RetryTimes, retryAfter, retryTimes, waitBefore } from "./retry";
import { Slots } from "./slots";
import { type Timeouts, Watch } from "./watch";

export interface ClientOptions {
  readonly address: ServerAddress;
  readonly key?: string | undefined;
  /** Requests under way at the same time; default 4. */
  readonly maxParallel?: number | undefined;
  readonly timeouts?: Partial<Timeouts>;
  readonly retry?: Partial<RetryTimes>;
  readonly log?: Log | undefined;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** A question whose refusal is an answer: a 500 is not asked again. */
  readonly once?: boolean;
}

const defaultTimeouts: Timeouts = { answer: 300_000, silence: 120_000 };
/** No answer is anywhere near as large; what is larger is no answer but a fault. */
const mostBytes = 128_000_000;
const mostEventBytes = 8_000_000;

/**
 * Talks HTTP with one server: JSON answers and event streams, a limit of requests at a time, tries again with growing
 * waits. Everything rejects with an EngineError that names the host, or with the signal's reason once aborted.
 * The key goes to this server alone: redirects are refused.
 */
export class ServerClient {
  readonly address: ServerAddress;
  private readonly slots: Slots;
  private readonly timeouts: Timeouts;
  private readonly times: RetryTimes;

  constructor(private readonly options: ClientOptions) {
    this.address = options.address;
    this.slots = new Slots(Math.max(1, options.maxParallel ?? 4));
    this.timeouts = { ...defaultTimeouts, ...options.timeouts };
    this.times = { ...retryTimes, ...options.retry };
  }

  get host(): string {
    return this.address.host;
  }

  get maxParallel(): number {
    return this.slots.size;
  }

  /** `path` behind the base address ("/models"). */
  get(path: string, call: CallOptions = {}): Promise<unknown> {
    return this.json(this.address.baseUrl + path, undefined, call);
  }

  post(path: string, body: object, call: CallOptions = {}): Promise<unknown> {
    return this.json(this.address.baseUrl + path, body, call);
  }

  /** `path` at the server's root ("/props"): what a program has beside the common paths. */
  ownGet(path: string, call: CallOptions = {}): Promise<unknown> {
    return this.json(this.address.root + path, undefined, call);
  }

  ownPost(path: string, body: object, call: CallOptions = {}): Promise<unknown> {
    return this.json(this.address.root + path, body, call);
  }

  /** The events of a streamed answer as parsed JSON, until "[DONE]" or the end of the connection. */
  async *events(path: string, body: object, call: CallOptions = {}): AsyncGenerator<unknown, void> {
    const release = await this.slots.take(call.signal);
    const silence = new Watch(this.timeouts, call.signal);
    try {
      const response = await this.ask(this.address.baseUrl + path, body, call, silence);
      const type = response.headers.get("content-type") ?? "";
      if (!type.includes("event-stream")) {
        const text = await this.text(response, silence);
        throw new EngineError(
          "server",
          `${this.host} answered ${path} with ${type || "something"} instead of a stream. Check that the address is an OpenAI-compatible server's.`,
          text.slice(0, 2_000),
        );
      }
      for await (const data of this.eventData(response, silence)) {
        if (data.trim() === "[DONE]") return;
        yield parseJson(data, this.host, path);
      }
    } catch (error) {
      throw this.known(error, silence, call.signal, "in the middle of an answer; what had arrived is kept");
    } finally {
      silence.end();
      release();
    }
  }

  private async json(url: string, body: object | undefined, call: CallOptions): Promise<unknown> {
    const release = await this.slots.take(call.signal);
    const silence = new Watch(this.timeouts, call.signal);
    try {
      const response = await this.ask(url, body, call, silence);
      return parseJson(await this.text(response, silence), this.host, new URL(url).pathname);
    } catch (error) {
      throw this.known(error, silence, call.signal, "before the answer was complete");
    } finally {
      silence.end();
      release();
    }
  }

  /** Sends until an answer comes that is no passing refusal. Resolves with a success only. */
  private async ask(url: string, body: object | undefined, call: CallOptions, silence: Watch): Promise<Response> {
    const { key, log } = this.options;
    const path = new URL(url).pathname;
    for (let attempt = 1; ; attempt++) {
      const start = performance.now();
      silence.expect("answer");
      let response: Response;
      try {
        response = await fetch(url, {
          method: body === undefined ? "GET" : "POST",
          redirect: "manual",
          signal: silence.signal,
          headers: {
            accept: "application/json, text/event-stream",
            ...(body !== undefined && { "content-type": "application/json" }),
            ...(key !== undefined && { authorization: `Bearer ${key}` }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
      } catch (error) {
        if (silence.signal.aborted || attempt > 1 || !isBrokenConnection(error)) throw error;
        continue;
      }
      log?.debug("server asked", { url, status: response.status, ms: Math.round(performance.now() - start), attempt });
      if (response.ok) return response;
      if (response.status >= 300 && response.status < 400) {
        await response.body?.cancel();
        throw redirectError(this.host, response.headers.get("location"));
      }
      const text = this.withoutKey(await this.text(response, silence));
      const asked = retryAfter(response.headers.get("retry-after"), Date.now());
      const { status } = response;
      const again = isPassing(status) && !(call.once && status === 500) && attempt < this.times.tries;
      if (!again || (asked ?? 0) > this.times.longestAsked)
        throw refusalError({
          host: this.host,
          path,
          status,
          body: text,
          hasKey: key !== undefined,
          tries: attempt,
          retryAfter: asked,
        });
      const wait = waitBefore(attempt, asked, this.times, Math.random);
      log?.info("server asked again later", { host: this.host, status, ms: Math.round(wait) });
      silence.rest();
      await pause(wait, call.signal);
    }
  }

  private async text(response: Response, silence: Watch): Promise<string> {
    const decoder = new TextDecoder();
    let text = "";
    let received = 0;
    for await (const part of this.parts(response, silence)) {
      received += part.length;
      if (received > mostBytes) throw tooLarge(this.host);
      text += decoder.decode(part, { stream: true });
    }
    return text + decoder.decode();
  }

  private async *eventData(response: Response, silence: Watch): AsyncGenerator<string, void> {
    const decoder = new TextDecoder();
    const ready: string[] = [];
    let sinceEvent = 0;
    const parser = createParser({
      onEvent: ({ data }) => {
        ready.push(data);
        sinceEvent = 0;
      },
    });
    for await (const part of this.parts(response, silence)) {
      sinceEvent += part.length;
      parser.feed(decoder.decode(part, { stream: true }));
      if (sinceEvent > mostEventBytes) throw tooLarge(this.host);
      yield* ready.splice(0);
    }
    // Some servers leave out the blank line behind the last event.
    parser.feed("\n\n");
    yield* ready.splice(0);
  }

  private async *parts(response: Response, silence: Watch): AsyncGenerator<Uint8Array, void> {
    silence.expect("silence");
    for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      silence.rest();
      yield part;
      silence.expect("silence");
    }
  }

  /** Puts what went wrong in words, unless somebody did or the caller stopped. */
  private known(error: unknown, silence: Watch, signal: AbortSignal | undefined, doing: string): unknown {
    if (signal?.aborted) return signal.reason;
    if (error instanceof EngineError) return error;
    if (silence.waitedFor === undefined) return networkError(this.host, error, doing);
    const seconds = Math.ceil(this.timeouts[silence.waitedFor] / 1_000);
    return new EngineError(
      "network",
      silence.waitedFor === "answer"
        ? `${this.host} did not answer within ${seconds} s. It may be busy or stuck: look at its log, then try again.`
        : `${this.host} stopped sending in the middle of an answer and was silent for ${seconds} s. What had arrived is kept; try again.`,
    );
  }

  private withoutKey(text: string): string {
    const { key } = this.options;
    return key === undefined || key === "" ? text : text.replaceAll(key, "•••");
  }
}

function parseJson(text: string, host: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new EngineError(
      "server",
      `${host} answered ${path} with something that is no JSON. Check that the address is an OpenAI-compatible server's (it usually ends with /v1).`,
      text.slice(0, 2_000),
      { cause: error },
    );
  }
}

function tooLarge(host: string): EngineError {
  return new EngineError("server", `${host} sent more than any answer can be; reading it was stopped.`);
}
