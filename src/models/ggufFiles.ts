import path from "node:path";
import { ConfigurationTarget, type Event, EventEmitter, l10n, workspace } from "vscode";
import type { GgufFacts } from "../inference/library";
import { SettingsWatch, setting } from "../platform/configuration";
import { DisposableStore } from "../platform/disposables";
import { Lock } from "../platform/lock";
import type { Log } from "../platform/log";
import { formatParameters } from "./localText";
import type { ModelEntry } from "./models";

type Entry = Omit<ModelEntry, "state">;

const id = "promptscope.models.files";

/** The GGUF files that the setting `promptscope.models.files` names. Their headers are read when the list is first wanted. */
export class GgufFiles {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<void>());
  private readonly stop = new AbortController();
  /** The setting is changed in turns: two changes that read it at once would lose one of them. */
  private readonly changing = new Lock();
  private readonly entries = new Map<string, Entry>();
  /** Entries of the setting that the log has told of: the list is asked for whenever something is drawn. */
  private readonly leftOut = new Set<string>();
  readonly onDidChange: Event<void> = this.emitter.event;

  constructor(private readonly log: Log) {
    const watch = this.store.add(new SettingsWatch([id]));
    this.store.add(watch.onDidChange(() => this.emitter.fire()));
  }

  list(): readonly Entry[] {
    const entries = this.paths().map((file) => {
      const known = this.entries.get(file);
      if (known) return known;
      const entry = { ...unread(file), description: l10n.t("Reading the file …") };
      this.entries.set(file, entry);
      void this.read(file);
      return entry;
    });
    return toldApart(toldApart(entries, fileName), ({ location }) => path.basename(path.dirname(location)));
  }

  async add(file: string): Promise<string> {
    const facts = await this.inspect(file);
    this.entries.set(facts.path, entryOf(facts));
    await this.change((listed) => (listed.includes(facts.path) ? listed : [...listed, facts.path]));
    return ggufId(facts.path);
  }

  async remove(model: string): Promise<void> {
    await this.change((listed) => listed.filter((file) => typeof file !== "string" || ggufId(file) !== model));
  }

  async inspect(file: string, signal: AbortSignal = this.stop.signal): Promise<GgufFacts> {
    const { inspectGguf } = await import("../inference/library/gguf/inspectGguf");
    return inspectGguf(file, signal);
  }

  dispose(): void {
    this.stop.abort();
    this.store.dispose();
  }

  private change(next: (listed: readonly unknown[]) => readonly unknown[]): Promise<void> {
    return this.changing.run(async () => {
      const before = written();
      const after = next(before);
      if (after !== before) await workspace.getConfiguration().update(id, after, ConfigurationTarget.Global);
    });
  }

  /** Entries that are no paths are left out, and the log says which. */
  private paths(): readonly string[] {
    return written().filter((file): file is string => {
      if (typeof file === "string") return true;
      const entry = JSON.stringify(file);
      if (!this.leftOut.has(entry))
        this.log.warn("an entry of promptscope.models.files is left out: no path", { entry });
      this.leftOut.add(entry);
      return false;
    });
  }

  private async read(file: string): Promise<void> {
    try {
      this.entries.set(file, entryOf(await this.inspect(file), file));
    } catch (error) {
      if (this.stop.signal.aborted) return;
      const description = error instanceof Error ? error.message : String(error);
      this.log.warn("model file not read", { file, error: description });
      this.entries.set(file, { ...unread(file), description });
    }
    this.emitter.fire();
  }
}

/** Entries of one name get something more of each: a model may be there in several quantizations. */
function toldApart(entries: readonly Entry[], more: (entry: Entry) => string): readonly Entry[] {
  const times = new Map<string, number>();
  for (const { name } of entries) times.set(name, (times.get(name) ?? 0) + 1);
  return entries.map((entry) =>
    times.get(entry.name) === 1 ? entry : { ...entry, name: `${entry.name} (${more(entry)})` },
  );
}

/** Ollama's blobs are named by their hash, of which the beginning is enough. */
function fileName({ location }: Entry): string {
  return path.basename(location, ".gguf").replace(/^(sha256-[0-9a-f]{8})[0-9a-f]{56}$/, "$1…");
}

/** What stands in the setting, which a person may have written by hand. */
function written(): readonly unknown[] {
  const value: unknown = setting(id);
  return Array.isArray(value) ? value : [];
}

function ggufId(file: string): string {
  return `gguf:${file}`;
}

function unread(file: string): Omit<Entry, "description"> {
  const name = path.basename(file, ".gguf");
  return { id: ggufId(file), name, kind: "gguf", roles: ["base"], bytes: undefined, location: file };
}

function entryOf(facts: GgufFacts, file = facts.path): Entry {
  const { architecture, quantization, tensors, dimensions } = facts;
  const parameters = formatParameters(tensors.parameters);
  const context = dimensions.contextSize;
  return {
    ...unread(file),
    name: facts.name ?? path.basename(file, ".gguf"),
    description:
      context === undefined
        ? l10n.t("{0}, {1} parameters, {2}.", architecture, parameters, quantization)
        : l10n.t(
            "{0}, {1} parameters, {2}, trained for {3} tokens.",
            architecture,
            parameters,
            quantization,
            context.toLocaleString("en-US"),
          ),
    roles: facts.chatTemplate === undefined ? ["base"] : ["base", "chat", "judge"],
    bytes: facts.bytes,
  };
}
