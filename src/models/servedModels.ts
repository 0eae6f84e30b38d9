import { type Event, EventEmitter, l10n, workspace } from "vscode";
import { EngineError } from "../inference/engine";
import { servedModelId } from "../inference/openai/address";
import { DisposableStore } from "../platform/disposables";
import type { Log } from "../platform/log";
import { resolve } from "../tokenizers/catalogue";
import type { Tokenizer } from "../tokenizers/tokenizer";
import type { ModelEntry, ModelSource, OpenModel, OpenOptions, RunningFacts } from "./models";
import type { Server, Servers } from "./servers";

/** The part that talks to servers: a bundle of its own, loaded when the first server is asked. */
export type ServedModule = typeof import("../inference/openai/openServed");

export interface ServedModelsParts {
  readonly servers: Servers;
  readonly served: () => Promise<ServedModule>;
  /** A shipped tokenizer by its name. */
  readonly loadTokenizer: (name: string) => Promise<Tokenizer>;
  readonly log: Log;
}

/** The models a person chose on their servers. Nothing is asked of a server until one of its models is opened. */
export class ServedModels implements ModelSource {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<void>());
  readonly onDidChange: Event<void> = this.emitter.event;

  constructor(private readonly parts: ServedModelsParts) {
    this.store.add(parts.servers.onDidChange(() => this.emitter.fire()));
  }

  list(): readonly Omit<ModelEntry, "state">[] {
    if (!workspace.isTrusted) return [];
    return this.parts.servers.list().flatMap((server) => server.models.map((model) => entryOf(server, model)));
  }

  async open(id: string, { signal, onProgress }: OpenOptions): Promise<OpenModel> {
    const found = this.find(id);
    if (!workspace.isTrusted || !found)
      throw new EngineError(
        "badInput",
        l10n.t("The model “{0}” is on no server in promptscope.servers. Add its server again, or choose another.", id),
      );
    const { server, model } = found;
    const served = await this.parts.served();
    const speed = new EventEmitter<RunningFacts>();
    let running: RunningFacts = { device: server.host, memoryBytes: undefined, tokensPerSecond: undefined };
    const engine = await served.openServedModel({
      setup: { ...server, key: await this.parts.servers.key(server.baseUrl) },
      model,
      signal,
      log: this.parts.log,
      tokenizer: () => this.tokenizer(model),
      onStep: (message) => onProgress?.({ fraction: undefined, message }),
      onSpeed: (tokens, seconds) => {
        running = { ...running, tokensPerSecond: tokens / seconds };
        speed.fire(running);
      },
    });
    const failed = new EventEmitter<Error>();
    return {
      engine,
      get running() {
        return running;
      },
      onDidChangeRunning: speed.event,
      // A server that goes away is told by the next request; there is no process here that could end.
      onDidFail: failed.event,
      close: async () => {
        speed.dispose();
        failed.dispose();
      },
    };
  }

  dispose(): void {
    this.store.dispose();
  }

  private find(id: string): { readonly server: Server; readonly model: string } | undefined {
    for (const server of this.parts.servers.list())
      for (const model of server.models) if (servedModelId(server.baseUrl, model) === id) return { server, model };
    return undefined;
  }

  /** The tokenizer that a model's name stands for. The engine holds it against the server's own counts. */
  private async tokenizer(model: string): Promise<Tokenizer | undefined> {
    const known = resolve(model);
    return known?.kind === "exact" ? this.parts.loadTokenizer(known.tokenizer) : undefined;
  }
}

function entryOf(server: Server, model: string): Omit<ModelEntry, "state"> {
  return {
    id: servedModelId(server.baseUrl, model),
    name: model,
    kind: "served",
    description: l10n.t("On {0}. What it can give is found out when it is loaded.", server.name),
    roles: ["base", "chat", "judge"],
    bytes: undefined,
    location: server.baseUrl,
  };
}
