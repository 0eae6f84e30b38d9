import { stat } from "node:fs/promises";
import path from "node:path";
import type { GgufFacts } from "../gguf/ggufFacts";
import { inspectGguf } from "../gguf/inspectGguf";
import { modelName, splitName, splitPaths } from "../gguf/splitFiles";
import { LibraryError } from "../libraryError";
import type { FoundModel, ModelPlace, ScanProgress, ScanResult, SkippedFile } from "./foundModels";
import { ollamaModels } from "./ollama";
import { type Walked, type WalkLimits, type WalkReport, walk } from "./walk";

const usual: WalkLimits = { depth: 8, folders: 20_000, files: 200_000 };

/**
 * Finds the models in these places and inspects each, without copying or changing anything. A model that is reached by several
 * ways is listed once, under the first. What looks like a model and is none is in `skipped` with the reason.
 */
export async function scanForModels(
  places: readonly ModelPlace[],
  options: {
    readonly signal: AbortSignal;
    readonly onProgress?: (progress: ScanProgress) => void;
    readonly limits?: WalkLimits;
  },
): Promise<ScanResult> {
  const scan = new Scan(options.signal, options.onProgress ?? (() => {}), options.limits ?? usual);
  for (const place of places) await scan.place(place);
  return scan.result();
}

class Scan {
  private readonly models: FoundModel[] = [];
  private readonly skipped: SkippedFile[] = [];
  private readonly unread: SkippedFile[] = [];
  private readonly seen = new Set<string>();
  private folders = 0;
  private files = 0;
  private incomplete = false;

  constructor(
    private readonly signal: AbortSignal,
    private readonly onProgress: (progress: ScanProgress) => void,
    private readonly limits: WalkLimits,
  ) {}

  async place(place: ModelPlace): Promise<void> {
    const missing = await this.unreadable(place.path);
    if (missing) {
      this.unread.push({ path: place.path, reason: missing });
      return;
    }
    if (place.kind === "ollama") {
      for await (const found of ollamaModels(place.path, this.limits, this.report(), this.signal))
        await this.add(found, found.name, place);
      return;
    }
    for await (const found of walk(place.path, isGguf, this.limits, this.report(), this.signal))
      await this.add(found, nameAt(place, found.path), place);
  }

  result(): ScanResult {
    const models = this.models.sort((a, b) => a.name.localeCompare(b.name, "en"));
    return { models, skipped: this.skipped, unread: this.unread, incomplete: this.incomplete };
  }

  private async add(file: Walked, name: string, place: ModelPlace): Promise<void> {
    if (this.seen.has(file.realPath)) return;
    this.seen.add(file.realPath);
    this.progress(file.path);
    const projector = /^mmproj[-_.]|[-_.]mmproj[-_.]/i.test(path.basename(file.path));
    if (projector) return this.skip(file.path, "It is a projector for images or sound, not a language model.");
    const split = splitName(file.path);
    // The parts of a split model lie beside each other by their links' names, not always where the links lead.
    const opened = split ? file.path : file.realPath;
    if (split && split.part > 1 && (await this.exists(splitPaths(split)[0]))) return;
    try {
      const facts = await inspectGguf(opened, this.signal);
      this.models.push(foundModel(facts, name, place));
    } catch (error) {
      this.signal.throwIfAborted();
      if (!(error instanceof LibraryError)) throw error;
      this.skip(file.path, error.message);
    }
  }

  private async exists(file: string | undefined): Promise<boolean> {
    return file !== undefined && (await this.unreadable(file)) === undefined;
  }

  private async unreadable(file: string): Promise<string | undefined> {
    try {
      await stat(file);
      return undefined;
    } catch (error) {
      return reason(error);
    }
  }

  private skip(file: string, why: string): void {
    this.skipped.push({ path: file, reason: why });
  }

  private report(): WalkReport {
    return {
      folder: (folder) => {
        this.folders++;
        this.progress(folder);
      },
      file: () => {
        this.files++;
      },
      unread: (file, error) => this.unread.push({ path: file, reason: reason(error) }),
      incomplete: () => {
        this.incomplete = true;
      },
    };
  }

  private progress(at: string): void {
    this.onProgress({ folders: this.folders, files: this.files, models: this.models.length, path: at });
  }
}

function foundModel(facts: GgufFacts, name: string, place: ModelPlace): FoundModel {
  return {
    path: facts.path,
    name,
    place: place.kind,
    bytes: facts.bytes,
    architecture: facts.architecture,
    quantization: facts.quantization,
    parameters: facts.tensors.parameters,
    contextSize: facts.dimensions.contextSize,
    hasChatTemplate: facts.chatTemplate !== undefined,
  };
}

function isGguf(name: string): boolean {
  return /\.gguf$/i.test(name);
}

/** What a person knows a file by: the hub's repository and the file's name, or its name alone. */
function nameAt(place: ModelPlace, file: string): string {
  const base = modelName(file);
  const folders = path.relative(place.path, path.dirname(file)).split(path.sep);
  if (place.kind === "huggingFace") {
    // models--OWNER--NAME/snapshots/COMMIT/...
    const repository = folders.find((folder) => folder.startsWith("models--"));
    if (repository) return `${repository.slice("models--".length).replaceAll("--", "/")}/${base}`;
  }
  if (place.kind === "lmStudio" && folders.length >= 2) return `${folders.slice(0, 2).join("/")}/${base}`;
  return base;
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return "It is not there.";
  if (code === "EACCES" || code === "EPERM") return "You may not read it.";
  return error instanceof Error ? error.message : String(error);
}
