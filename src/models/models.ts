import type { Disposable, Event } from "vscode";
import type { Engine, ModelFacts } from "../inference/engine";

/** What a model is used for: going on with a text, answering in a chat, or judging answers. */
export type ModelRole = "base" | "chat" | "judge";

/** Every model a person can use, wherever it comes from. Features ask this for engines and never build one. */
export interface Models {
  /** The list, a state or a default changed. */
  readonly onDidChange: Event<void>;
  list(): readonly ModelEntry[];
  get(id: string): ModelEntry | undefined;
  /**
   * The model's engine, loaded first where needed; calls side by side share one loading. The signal stops this caller's
   * waiting. Rejects with an EngineError. Engines may go away (unloaded, crashed): ask anew for each piece of work.
   */
  engine(id: string, options?: OpenOptions): Promise<Engine>;
  unload(id: string): Promise<void>;
  /** The id of the model for a role: the setting's, or the built-in one. */
  defaultFor(role: ModelRole): string;
  setDefault(role: ModelRole, id: string): Promise<void>;
  /** Lets a person choose a model (a quick pick with states and sizes); undefined when they leave. */
  pick(options: {
    readonly title: string;
    readonly current?: string;
    readonly needs?: "score" | "next" | "sample" | "chat";
  }): Promise<string | undefined>;
}

export interface OpenOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

export interface LoadProgress {
  /** 0 to 1; undefined while it cannot be known. */
  readonly fraction: number | undefined;
  readonly message: string;
}

export interface ModelEntry {
  /** As `ModelFacts.id`. */
  readonly id: string;
  readonly name: string;
  readonly kind: ModelFacts["kind"];
  /** One line: what it is and is good for. */
  readonly description: string;
  readonly roles: readonly ModelRole[];
  /** Size of the weights, bytes; undefined for models elsewhere. */
  readonly bytes: number | undefined;
  /** A file's path, or a server's address. */
  readonly location: string;
  readonly state: ModelState;
}

export type ModelState =
  | { readonly kind: "notLoaded" }
  | { readonly kind: "loading"; readonly progress: LoadProgress }
  | { readonly kind: "ready"; readonly facts: ModelFacts; readonly running: RunningFacts }
  | { readonly kind: "failed"; readonly message: string; readonly details: string | undefined };

export interface RunningFacts {
  /** "CPU", "CUDA (NVIDIA H100)", a host's name, and why. */
  readonly device: string;
  readonly memoryBytes: number | undefined;
  /** Measured while sampling, tokens a second of all samples together. */
  readonly tokensPerSecond: number | undefined;
}

/** One origin of models: the built-in ones, GGUF files, servers, the editor's. */
export interface ModelSource extends Disposable {
  readonly onDidChange: Event<void>;
  /** Without states; `Models` keeps those. */
  list(): readonly Omit<ModelEntry, "state">[];
  open(id: string, options: OpenOptions): Promise<OpenModel>;
}

/** An engine in use, and how to end it. */
export interface OpenModel {
  readonly engine: Engine;
  readonly running: RunningFacts;
  /** `running` changed (a speed was measured). */
  readonly onDidChangeRunning: Event<RunningFacts>;
  /** The engine ended by itself: a crash, a server that went away. */
  readonly onDidFail: Event<Error>;
  /** The engine ended in good order without being asked: it was not used for a while. Then it is "notLoaded" again. */
  readonly onDidEnd?: Event<void>;
  close(): Promise<void>;
}
