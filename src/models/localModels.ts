import { type Event, EventEmitter, l10n } from "vscode";
import { EngineError } from "../inference/engine";
import { LibraryError } from "../inference/library/libraryError";
import type { GpuChoice, LlamaLoadOptions } from "../inference/llama/runtime/loadOptions";
import type { DeviceMemory } from "../inference/llama/runtime/surveyMemory";
import { setting } from "../platform/configuration";
import { DisposableStore } from "../platform/disposables";
import type { Log } from "../platform/log";
import { builtInLoadOptions, builtInModels } from "./builtInModels";
import { GgufFiles } from "./ggufFiles";
import { askForAnotherTry, ggufLoadOptions } from "./ggufLoading";
import type { ModelEntry, ModelSource, OpenModel, OpenOptions } from "./models";
import { OldBinaries } from "./oldBinaries";

type Entry = Omit<ModelEntry, "state">;

export interface LocalModelsParts {
  /** The built entry of the model process, `dist/modelProcess.mjs`. */
  readonly processEntry: string;
  /** Where the built-in models lie. */
  readonly builtInFolder: string;
  /** Where binaries of the runtime go that a person adds (CUDA's). */
  readonly binariesFolder: string;
  readonly log: Log;
}

/** Models that run on this machine: the built-in ones and the listed GGUF files. Each runs in a process of its own. */
export class LocalModels implements ModelSource {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<void>());
  private builtIn: readonly Entry[] | undefined;
  readonly onDidChange: Event<void> = this.emitter.event;
  private readonly files: GgufFiles;
  private readonly oldBinaries = new OldBinaries();

  constructor(private readonly parts: LocalModelsParts) {
    this.files = this.store.add(new GgufFiles(parts.log));
    this.store.add(this.files.onDidChange(() => this.emitter.fire()));
  }

  list(): readonly Entry[] {
    this.builtIn ??= builtInModels(this.parts.builtInFolder);
    return [...this.builtIn, ...this.files.list()];
  }

  /** Puts a GGUF file into the list, for all windows; returns its model's id. Rejects with a LibraryError for a broken one. */
  add(file: string): Promise<string> {
    return this.files.add(file);
  }

  /** Takes a GGUF file out of the list. It stays where it is. */
  remove(id: string): Promise<void> {
    return this.files.remove(id);
  }

  async open(id: string, options: OpenOptions): Promise<OpenModel> {
    const entry = this.list().find((each) => each.id === id);
    if (!entry) {
      throw new EngineError("badInput", l10n.t("The model “{0}” is not in the list any more. Choose another one.", id));
    }
    return entry.kind === "builtIn"
      ? this.run(await builtInLoadOptions(entry), options)
      : this.openGguf(entry, options);
  }

  get binariesFolder(): string {
    return this.parts.binariesFolder;
  }

  /** What a model would be loaded on. Rejects with an EngineError where that does not work. */
  async device(gpu: GpuChoice, signal?: AbortSignal): Promise<DeviceMemory> {
    const { processEntry, log } = this.parts;
    const extraBinaries = setting("promptscope.local.runtimeFolder");
    const { surveyDevice } = await import("../inference/llama/process/surveyDevice");
    return surveyDevice({ entry: processEntry, extraBinaries, log }, gpu, signal);
  }

  dispose(): void {
    this.store.dispose();
  }

  private async run(load: LlamaLoadOptions, options: OpenOptions): Promise<OpenModel> {
    const { openLocalModel } = await import("./openLocalModel");
    return openLocalModel(this.parts.processEntry, load, options, this.parts.log);
  }

  private async openGguf(entry: Entry, options: OpenOptions): Promise<OpenModel> {
    const facts = await this.files.inspect(entry.location, options.signal).catch((error: unknown) => {
      if (!(error instanceof LibraryError)) throw error;
      throw new EngineError("loadFailed", error.message, undefined, { cause: error });
    });
    options.onProgress?.({ fraction: undefined, message: l10n.t("Looking at the memory") });
    await this.oldBinaries.look();
    const survey = (gpu: GpuChoice) => this.survey(gpu, options.signal);
    let load: LlamaLoadOptions | undefined = await ggufLoadOptions(entry, facts, survey);
    for (;;) {
      options.signal?.throwIfAborted();
      try {
        return await this.run(load, options);
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        this.parts.log.warn("model not loaded", { id: entry.id, code: error.code, error: error.message });
        load = await askForAnotherTry(load, error, facts.dimensions.layers);
        if (!load) throw error;
      }
    }
  }

  /** Undefined where the device does not work: the loading will say why. */
  private async survey(gpu: GpuChoice, signal: AbortSignal | undefined): Promise<DeviceMemory | undefined> {
    try {
      return await this.device(gpu, signal);
    } catch (error) {
      signal?.throwIfAborted();
      this.parts.log.warn("memory of the GPU not known", { gpu, error: String(error) });
      return undefined;
    }
  }
}
