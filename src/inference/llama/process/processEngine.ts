import * as v from "valibot";
import {
  type Capabilities,
  type Distribution,
  type Engine,
  EngineError,
  type ModelFacts,
  type NextOptions,
  type Prompt,
  type PromptScore,
  type SampleEvent,
  type SampleRequest,
  type ScoreOptions,
  type TokenizedPrompt,
  type TokenizeOptions,
} from "../../engine";
import type { LlamaLoadOptions, LlamaRunning } from "../runtime/loadOptions";
import type { Answer, Items, Part, Request } from "./contract";
import { ModelProcess, type ProcessOptions } from "./modelProcess";
import { errorOf, unwrap } from "./outcome";
import { PartQueue } from "./partQueue";

export interface ProcessEngineOptions extends Omit<ProcessOptions, "model"> {
  readonly load: LlamaLoadOptions;
  /** Reading the weights, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
  readonly onRunning?: (running: LlamaRunning) => void;
  /** The process ended by itself; every call under way rejects with the same error, after what had arrived. */
  readonly onFail?: (error: EngineError) => void;
  /** Stops the loading. */
  readonly signal?: AbortSignal;
}

/** Starts a model process and loads a model in it. Rejects with an `EngineError`, or with the signal's reason. */
export async function openProcessEngine(options: ProcessEngineOptions): Promise<ProcessEngine> {
  options.signal?.throwIfAborted();
  const engine = new ProcessEngine(options);
  try {
    await engine.load(options.signal);
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** A model in a process of its own. A crash there ends its calls with a clear error and nothing else. */
export class ProcessEngine implements Engine {
  private readonly process: ModelProcess;
  private readonly calls = new Map<number, PartQueue>();
  private lastCall = 0;
  private failure: EngineError | undefined;
  private onFailure: ((error: EngineError) => void) | undefined;
  private loaded:
    | { readonly model: ModelFacts; readonly capabilities: Capabilities; running: LlamaRunning }
    | undefined;
  private quietSince = 0;

  /** Use {@link openProcessEngine}. */
  constructor(private readonly options: ProcessEngineOptions) {
    this.process = new ModelProcess(
      { ...options, model: options.load.name },
      {
        part: (id, part) => this.calls.get(id)?.push(part),
        broken: (id, error) => this.broken(id, error),
        progress: (fraction) => options.onProgress?.(fraction),
        running: (running) => {
          if (this.loaded) this.loaded.running = running;
          options.onRunning?.(running);
        },
        failed: (error) => this.fail(error),
      },
    );
  }

  get model(): ModelFacts {
    return this.ready().model;
  }

  get capabilities(): Capabilities {
    return this.ready().capabilities;
  }

  /** What the model runs on, as last heard. */
  get running(): LlamaRunning {
    return this.ready().running;
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** Milliseconds since the loading or the last call ended; 0 while there are calls. */
  get idleFor(): number {
    return this.calls.size > 0 ? 0 : performance.now() - this.quietSince;
  }

  async load(signal: AbortSignal | undefined): Promise<void> {
    const done = this.process.begin();
    let stop: (() => void) | undefined;
    try {
      const stopped = new Promise<never>((_, reject) => {
        this.onFailure = reject;
        stop = () => reject(signal?.reason);
        signal?.addEventListener("abort", stop);
      });
      const loading = this.process.remote
        .call("load", this.options.load)
        .catch((error: unknown) => Promise.reject(refusal(error)));
      this.loaded = unwrap(await Promise.race([loading, stopped]));
      this.process.loaded = true;
      this.quietSince = performance.now();
    } finally {
      if (stop) signal?.removeEventListener("abort", stop);
      this.onFailure = undefined;
      done();
    }
  }

  async tokenize(text: string, options: TokenizeOptions, signal?: AbortSignal): Promise<TokenizedPrompt> {
    return this.tokens({ kind: "tokenize", text, options }, signal);
  }

  async render(prompt: Prompt, signal?: AbortSignal): Promise<TokenizedPrompt> {
    return this.tokens({ kind: "render", prompt }, signal);
  }

  async score(prompt: Prompt, options: ScoreOptions, signal?: AbortSignal): Promise<PromptScore> {
    const { answer, parts } = await this.whole({ kind: "score", prompt, options }, "score", signal);
    const { text, from } = answer;
    return { prompt: { tokens: itemsOf("tokens", parts), text }, from, tokens: itemsOf("scores", parts) };
  }

  async next(prompt: Prompt, options: NextOptions, signal?: AbortSignal): Promise<Distribution> {
    const { answer, parts } = await this.whole({ kind: "next", prompt, options }, "next", signal);
    return { top: itemsOf("alternatives", parts), ...answer.rest };
  }

  async *sample(request: SampleRequest, signal?: AbortSignal): AsyncGenerator<SampleEvent, void, undefined> {
    for await (const part of this.ask({ kind: "sample", request }, signal)) {
      if (part.kind === "events") yield* part.items;
    }
  }

  /** Ends the process; resolves when it is gone. Calls under way reject with an `EngineError` "crashed". */
  async close(): Promise<void> {
    const closed = new EngineError("crashed", `“${this.options.load.name}” was unloaded. Load it again to go on.`);
    this.end(closed);
    await this.process.close();
  }

  private async tokens(
    request: Extract<Request, { kind: "tokenize" | "render" }>,
    signal: AbortSignal | undefined,
  ): Promise<TokenizedPrompt> {
    const { answer, parts } = await this.whole(request, request.kind, signal);
    return { tokens: itemsOf("tokens", parts), text: answer.text };
  }

  /** A call's parts, all together, and its answer, which is of the request's kind. */
  private async whole<K extends Answer["kind"]>(request: Request, kind: K, signal: AbortSignal | undefined) {
    const parts: Part[] = [];
    const asked = this.ask(request, signal);
    for (;;) {
      const step = await asked.next();
      if (!step.done) parts.push(step.value);
      else if (step.value.kind !== kind) throw new Error(`asked for ${kind}, answered ${step.value.kind}`);
      else return { parts, answer: step.value as Extract<Answer, { kind: K }> };
    }
  }

  /** Yields a call's parts as they come and returns its answer. Leaving early cancels the call. */
  private async *ask(request: Request, signal: AbortSignal | undefined): AsyncGenerator<Part, Answer, undefined> {
    signal?.throwIfAborted();
    if (this.failure) throw this.failure;
    const id = ++this.lastCall;
    const queue = new PartQueue();
    const { remote } = this.process;
    const done = this.process.begin();
    this.calls.set(id, queue);
    const abort = (): void => queue.abort(signal?.reason);
    signal?.addEventListener("abort", abort);
    let answer: Answer | undefined;
    let answered = false;
    remote.call("ask", id, request).then(
      ({ parts, outcome }) => {
        answered = true;
        if (outcome.ok) answer = outcome.value;
        queue.end(parts, outcome.ok ? undefined : errorOf(outcome));
      },
      (error: unknown) => {
        // A process that ended says why by itself; what is left is a request or an answer that breaks the contract.
        if (this.failure) return;
        queue.fail(v.isValiError(error) ? brokenAnswer(this.options.load.name, error) : refusal(error));
      },
    );
    try {
      for (;;) {
        const part = await queue.next();
        if (!part) break;
        remote.tell("took", id, 1);
        yield part;
      }
      if (!answer) throw new Error("a call ended without its answer");
      return answer;
    } finally {
      if (!answered && !this.failure) remote.tell("cancel", id);
      signal?.removeEventListener("abort", abort);
      this.calls.delete(id);
      this.quietSince = performance.now();
      done();
    }
  }

  private fail(error: EngineError): void {
    if (this.failure) return;
    this.end(error);
    if (this.loaded) this.options.onFail?.(error);
  }

  /** Without the part that was refused the call has no end. Where nobody can say whose it was, none of them may wait for it. */
  private broken(id: number | undefined, cause: Error): void {
    const error = brokenAnswer(this.options.load.name, cause);
    const queue = id === undefined ? undefined : this.calls.get(id);
    if (queue) queue.fail(error);
    else if (id === undefined) for (const each of this.calls.values()) each.fail(error);
  }

  private end(error: EngineError): void {
    this.failure ??= error;
    this.onFailure?.(error);
    for (const queue of this.calls.values()) queue.fail(error);
  }

  private ready() {
    if (!this.loaded) throw new Error("the model is not loaded yet");
    return this.loaded;
  }
}

function itemsOf<K extends Part["kind"]>(kind: K, parts: readonly Part[]): Items<K> {
  const ofKind = parts.filter((part): part is Extract<Part, { kind: K }> => part.kind === kind);
  return ofKind.flatMap((part) => part.items as unknown[]) as Items<K>;
}

/** What the process said cannot be used. The process itself may well go on. */
function brokenAnswer(model: string, cause: Error): EngineError {
  const message = `“${model}” gave an answer that cannot be read, so it was stopped. Try again; if it happens again, load the model on the CPU or choose another one.`;
  return new EngineError("crashed", message, cause.message, { cause });
}

/** The process did not even look at it: it breaks the contract. */
function refusal(error: unknown): EngineError {
  const cause = error instanceof Error ? error.message : String(error);
  return new EngineError("badInput", `The request was refused: ${cause}`, undefined, { cause: error });
}
