import { type Event, EventEmitter, l10n, workspace } from "vscode";
import { type Capabilities, type Engine, EngineError } from "../inference/engine";
import { changeSetting, SettingsWatch, setting } from "../platform/configuration";
import { DisposableStore } from "../platform/disposables";
import type { Log } from "../platform/log";
import { ModelLifecycle } from "./modelLifecycle";
import type { ModelEntry, ModelRole, ModelSource, Models, OpenOptions } from "./models";

/** Setting that names the model of a role. */
export const roleSettings = {
  base: "promptscope.models.base",
  chat: "promptscope.models.chat",
  judge: "promptscope.models.judge",
} as const satisfies Record<ModelRole, string>;

/** A model that was ready ended by itself. */
export interface ModelCrash {
  readonly entry: ModelEntry;
  readonly error: Error;
}

export interface ModelServiceParts {
  readonly sources: readonly ModelSource[];
  readonly log: Log;
  readonly pick: Models["pick"];
}

/** Brings the sources together: one list, one state for each model, one loading shared by all who ask. */
export class ModelService implements Models {
  private readonly store = new DisposableStore();
  private readonly changeEmitter = this.store.add(new EventEmitter<void>());
  private readonly crashEmitter = this.store.add(new EventEmitter<ModelCrash>());
  private readonly lifecycles = new Map<string, ModelLifecycle>();
  readonly onDidChange: Event<void> = this.changeEmitter.event;
  /** Once for each crash; failed loadings are told to those who asked for them. */
  readonly onDidCrash: Event<ModelCrash> = this.crashEmitter.event;

  constructor(private readonly parts: ModelServiceParts) {
    const changed = (): void => this.changeEmitter.fire();
    for (const source of parts.sources) {
      this.store.add(source);
      this.store.add(source.onDidChange(changed));
    }
    this.store.add(this.store.add(new SettingsWatch(Object.values(roleSettings))).onDidChange(changed));
    this.store.add(workspace.onDidGrantWorkspaceTrust(changed));
  }

  /** Nothing in a workspace that is not trusted. */
  list(): readonly ModelEntry[] {
    if (!workspace.isTrusted) return [];
    return this.parts.sources.flatMap((source) =>
      source
        .list()
        .map((entry) => ({ ...entry, state: this.lifecycles.get(entry.id)?.state ?? { kind: "notLoaded" } })),
    );
  }

  get(id: string): ModelEntry | undefined {
    return this.list().find((entry) => entry.id === id);
  }

  async engine(id: string, options: OpenOptions = {}): Promise<Engine> {
    if (!workspace.isTrusted) throw new EngineError("unsupported", untrusted());
    const source = this.sourceOf(id);
    if (!source)
      throw new EngineError(
        "badInput",
        l10n.t("The model “{0}” is not in the list any more. Choose another one in the Models view.", id),
      );
    return this.lifecycleOf(id, source).engine(options);
  }

  /** What a running model can give; undefined for one that is not loaded. */
  capabilities(id: string): Capabilities | undefined {
    return this.lifecycles.get(id)?.ready?.capabilities;
  }

  async unload(id: string): Promise<void> {
    const name = this.get(id)?.name ?? id;
    const reason = new EngineError("loadFailed", l10n.t("Loading {0} was cancelled.", name));
    await this.lifecycles.get(id)?.unload(reason);
  }

  defaultFor(role: ModelRole): string {
    return setting(roleSettings[role]);
  }

  async setDefault(role: ModelRole, id: string): Promise<void> {
    await changeSetting(roleSettings[role], id);
  }

  async pick(options: Parameters<Models["pick"]>[0]): Promise<string | undefined> {
    return this.parts.pick(options);
  }

  dispose(): void {
    for (const lifecycle of this.lifecycles.values())
      void lifecycle.unload(new EngineError("loadFailed", l10n.t("The window was closed.")));
    this.store.dispose();
  }

  private sourceOf(id: string): ModelSource | undefined {
    return this.parts.sources.find((source) => source.list().some((entry) => entry.id === id));
  }

  private lifecycleOf(id: string, source: ModelSource): ModelLifecycle {
    const known = this.lifecycles.get(id);
    if (known) return known;
    const { log } = this.parts;
    const lifecycle = new ModelLifecycle({
      open: (options) => log.timed("model loaded", () => source.open(id, options), { id }),
      onDidChange: () => this.changeEmitter.fire(),
      onDidCrash: (error) => {
        log.error("model ended", error, { id });
        const entry = this.get(id);
        if (entry) this.crashEmitter.fire({ entry, error });
      },
      report: (message, error) => log.error(message, error, { id }),
    });
    this.lifecycles.set(id, lifecycle);
    return lifecycle;
  }
}

/** Why there are no models here, and what to do. */
export function untrusted(): string {
  return l10n.t(
    "Models are off because this workspace is not trusted. Trust it to load them; token features work meanwhile.",
  );
}
