import { type Engine, EngineError } from "../inference/engine";
import type { ModelState, OpenModel, OpenOptions } from "./models";
import { SharedLoading } from "./sharedLoading";

/** What the owner of a lifecycle hears. */
export interface LifecycleHooks {
  readonly open: (options: OpenOptions) => Promise<OpenModel>;
  readonly onDidChange: () => void;
  /** A model that was ready ended by itself. */
  readonly onDidCrash: (error: Error) => void;
  /** What cannot be told to anybody else: a closing that failed. */
  readonly report: (message: string, error: unknown) => void;
}

/**
 * One model's way from not loaded to ready and back. Callers side by side share one loading; a new loading waits until
 * the one before has let go of its memory.
 */
export class ModelLifecycle {
  private current: ModelState = { kind: "notLoaded" };
  private loading: SharedLoading | undefined;
  private model: OpenModel | undefined;
  private subscriptions: { dispose(): void }[] = [];
  /** Settles, never rejecting, when what was open or being opened before is gone. */
  private gone: Promise<unknown> = Promise.resolve();

  constructor(private readonly hooks: LifecycleHooks) {}

  get state(): ModelState {
    return this.current;
  }

  /** The engine where it is running now. */
  get ready(): Engine | undefined {
    return this.model?.engine;
  }

  /** Loads where needed. Rejects with the loading's error, or the signal's reason. */
  async engine(options: OpenOptions = {}): Promise<Engine> {
    options.signal?.throwIfAborted();
    if (this.model) return this.model.engine;
    // One that was given up ends with the reason of whoever left it, and a new one waits until it is gone.
    if (!this.loading || this.loading.cancelled) this.loading = this.begin();
    return (await this.loading.wait(options)).engine;
  }

  /** Ends the engine, or a loading under way; those who wait for it get `reason`. A failure is forgotten. */
  async unload(reason: Error): Promise<void> {
    this.loading?.cancel(reason);
    this.loading = undefined;
    this.letGo();
    this.set({ kind: "notLoaded" });
    await this.gone;
  }

  private begin(): SharedLoading {
    const before = this.gone;
    const loading: SharedLoading = new SharedLoading(
      async (options) => {
        await before;
        options.signal?.throwIfAborted();
        return this.hooks.open(options);
      },
      (progress) => this.loading === loading && this.set({ kind: "loading", progress }),
    );
    this.gone = loading.done.catch(() => undefined);
    this.set({ kind: "loading", progress: { fraction: undefined, message: "" } });
    loading.done.then(
      (model) => this.take(loading, model),
      (error: unknown) => this.loadingFailed(loading, error),
    );
    return loading;
  }

  private take(loading: SharedLoading, model: OpenModel): void {
    if (this.loading !== loading) {
      this.gone = this.close(model);
      return;
    }
    this.loading = undefined;
    this.model = model;
    const facts = model.engine.model;
    this.subscriptions = [
      model.onDidChangeRunning((running) => this.set({ kind: "ready", facts, running })),
      model.onDidFail((error) => this.crashed(model, error)),
    ];
    const ended = model.onDidEnd?.(() => this.ended(model));
    if (ended) this.subscriptions.push(ended);
    this.set({ kind: "ready", facts, running: model.running });
  }

  private loadingFailed(loading: SharedLoading, error: unknown): void {
    if (this.loading !== loading) return;
    this.loading = undefined;
    this.set(loading.cancelled ? { kind: "notLoaded" } : failed(error));
  }

  private crashed(model: OpenModel, error: Error): void {
    if (this.model !== model) return;
    this.letGo();
    this.set(failed(error));
    this.hooks.onDidCrash(error);
  }

  private ended(model: OpenModel): void {
    if (this.model !== model) return;
    this.letGo();
    this.set({ kind: "notLoaded" });
  }

  private letGo(): void {
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
    const { model } = this;
    this.model = undefined;
    if (model) this.gone = this.close(model);
  }

  private async close(model: OpenModel): Promise<void> {
    try {
      await model.close();
    } catch (error) {
      this.hooks.report("model not closed", error);
    }
  }

  private set(state: ModelState): void {
    const idle = state.kind === "notLoaded" && this.current.kind === "notLoaded";
    this.current = state;
    if (!idle) this.hooks.onDidChange();
  }
}

function failed(error: unknown): ModelState {
  const message = error instanceof Error ? error.message : String(error);
  return { kind: "failed", message, details: error instanceof EngineError ? error.details : undefined };
}
