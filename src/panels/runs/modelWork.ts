import { l10n } from "vscode";
import type { Busy, Problem } from "../../../webview/runs/state";
import type { Capabilities, Engine } from "../../inference/engine";
import type { Models } from "../../models/models";
import { UserError } from "../../platform/commands";
import type { Log } from "../../platform/log";
import { engineOf, workOf } from "./failingModel";
import { problemOf } from "./problems";

/** One piece of work with models at a time: a new one ends the one before, which then counts as if never begun. */
export class ModelWork {
  private current: AbortController | undefined;
  private readonly seen = new Map<string, Capabilities>();
  busy: Busy | null = null;
  problem: Problem | null = null;

  /** `changed` hears when `busy`, `problem` or what is known of a model changes. */
  constructor(
    private readonly models: Models,
    private readonly log: Log,
    /** Names the panel in the log. */
    private readonly panel: string,
    private readonly changed: () => void,
  ) {}

  /** What a model can do, once it was in use. */
  readonly capabilities = (modelId: string): Capabilities | undefined => this.seen.get(modelId);

  get running(): boolean {
    return this.current !== undefined;
  }

  /** Runs to the end, or until other work begins; errors become the problem. */
  async run(message: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.current?.abort();
    const controller = new AbortController();
    this.current = controller;
    this.problem = null;
    this.say(message);
    try {
      await work(controller.signal);
    } catch (error) {
      // What ends because it was asked to is no failure.
      if (!controller.signal.aborted) this.fail(error);
    }
    if (this.current === controller) this.rest();
  }

  cancel(): void {
    this.current?.abort();
    this.rest();
  }

  /** What is being done now, with how far it is. */
  say(message: string, fraction: number | null = null): void {
    this.busy = { message, fraction };
    this.changed();
  }

  fail(error: unknown): void {
    if (error instanceof UserError) this.log.warn(error.message, { panel: this.panel });
    else this.log.error(this.panel, error);
    this.problem = problemOf(error);
    this.changed();
  }

  /** Says something that is no failure, and what can be done about it; `model` where it is about one. */
  tell(message: string, actions: Problem["actions"] = [], model: string | null = null): void {
    this.problem = { kind: "note", message, details: null, actions, model };
    this.changed();
  }

  /** The engine of a model, which is loaded where it has to be, saying so. */
  engine = async (modelId: string, signal: AbortSignal): Promise<Engine> => {
    const state = this.models.get(modelId)?.state.kind;
    const before = this.busy;
    if (state !== "ready") this.say(l10n.t("Loading the model"));
    const opened = this.models.engine(modelId, {
      signal,
      onProgress: ({ fraction, message }) => signal.aborted || this.say(message, fraction ?? null),
    });
    const engine = engineOf(modelId, await workOf(modelId, opened));
    signal.throwIfAborted();
    this.seen.set(modelId, engine.capabilities);
    this.busy = before;
    this.changed();
    return engine;
  };

  private rest(): void {
    this.current = undefined;
    this.busy = null;
    this.changed();
  }
}
