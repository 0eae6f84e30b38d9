import { ConfigurationTarget, type Disposable, type Event, EventEmitter, type SecretStorage, workspace } from "vscode";
import type { ServerSetting } from "../contributions";
import { serverAddress } from "../inference/openai/address";
import { SettingsWatch, setting } from "../platform/configuration";
import { DisposableStore } from "../platform/disposables";
import { Lock } from "../platform/lock";
import type { Log } from "../platform/log";

/** A server of the setting, read and checked. */
export interface Server {
  readonly name: string;
  /** In the form the code uses everywhere: with scheme and path, without a slash at the end. */
  readonly baseUrl: string;
  readonly host: string;
  readonly models: readonly string[];
  readonly maxParallel: number | undefined;
}

/**
 * The servers a person set up: the setting `promptscope.servers` (user settings only, so that no workspace can point a
 * key at another host), and their keys, in SecretStorage under the server's address.
 */
export class Servers implements Disposable {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<void>());
  /** The setting is changed in turns: two changes that read it at once would lose one of them. */
  private readonly changing = new Lock();
  readonly onDidChange: Event<void> = this.emitter.event;

  constructor(
    private readonly secrets: SecretStorage,
    private readonly log: Log,
  ) {
    const watch = this.store.add(new SettingsWatch(["promptscope.servers"]));
    this.store.add(watch.onDidChange(() => this.emitter.fire()));
  }

  /** Entries that cannot be read are left out, and the log says which. */
  list(): readonly Server[] {
    const known = new Set<string>();
    return written().flatMap((entry) => {
      const server = this.read(entry);
      if (!server || known.has(server.baseUrl)) return [];
      known.add(server.baseUrl);
      return [server];
    });
  }

  /** Adds the server, or replaces the one at the same address. */
  async save(server: Server): Promise<void> {
    const { baseUrl, name, models, maxParallel } = server;
    const entry: ServerSetting = { name, baseUrl, models, ...(maxParallel !== undefined && { maxParallel }) };
    await this.change(baseUrl, [entry]);
  }

  /** Forgets the server and its key. */
  async remove(baseUrl: string): Promise<void> {
    await this.secrets.delete(secretName(baseUrl));
    await this.change(baseUrl, []);
  }

  async key(baseUrl: string): Promise<string | undefined> {
    return (await this.secrets.get(secretName(baseUrl))) || undefined;
  }

  /** An empty key means none. */
  async setKey(baseUrl: string, key: string): Promise<void> {
    if (key === "") await this.secrets.delete(secretName(baseUrl));
    else await this.secrets.store(secretName(baseUrl), key);
  }

  dispose(): void {
    this.store.dispose();
  }

  /** Puts `instead` in the place of what stands for an address. */
  private change(baseUrl: string, instead: readonly ServerSetting[]): Promise<void> {
    return this.changing.run(async () => {
      const others = written().filter((entry) => this.read(entry)?.baseUrl !== baseUrl);
      const entries = [...others, ...instead];
      await workspace.getConfiguration().update("promptscope.servers", entries, ConfigurationTarget.Global);
    });
  }

  private read(entry: ServerSetting): Server | undefined {
    try {
      const { baseUrl, host } = serverAddress(entry.baseUrl);
      const models = Array.isArray(entry.models) ? entry.models.filter((model) => typeof model === "string") : [];
      const maxParallel = Number.isInteger(entry.maxParallel) ? entry.maxParallel : undefined;
      return { name: entry.name || host, baseUrl, host, models, maxParallel };
    } catch (error) {
      this.log.warn("a server in promptscope.servers is left out", { reason: String(error) });
      return undefined;
    }
  }
}

/** What stands in the setting, which a person may have written by hand: its entries are checked one by one. */
function written(): readonly ServerSetting[] {
  const value: unknown = setting("promptscope.servers");
  return Array.isArray(value) ? value : [];
}

function secretName(baseUrl: string): string {
  return `promptscope.server:${baseUrl}`;
}
