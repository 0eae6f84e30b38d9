/** Programs whose folders are known, and the person's own. */
export type PlaceKind = "own" | "lmStudio" | "ollama" | "huggingFace" | "llamaCpp";

/** A folder to look for models in. */
export interface ModelPlace {
  readonly kind: PlaceKind;
  /** "LM Studio", "Ollama"; a folder's name for own ones. */
  readonly label: string;
  readonly path: string;
}

/** A model that can be opened where it lies. */
export interface FoundModel {
  /** The file to open, with links followed; of a split model the first one, as it was reached. */
  readonly path: string;
  /** "llama3.2:3b" in Ollama's words, "Qwen/Qwen3-0.6B-GGUF/Qwen3-0.6B-Q8_0" in a hub's, or the file's name. */
  readonly name: string;
  readonly place: PlaceKind;
  /** Of all its files. */
  readonly bytes: number;
  readonly architecture: string;
  readonly quantization: string;
  readonly parameters: number;
  readonly contextSize: number | undefined;
  readonly hasChatTemplate: boolean;
}

/** A file that looks like a model and cannot be opened as one. */
export interface SkippedFile {
  readonly path: string;
  /** One sentence: "A projector for images, not a language model." */
  readonly reason: string;
}

export interface ScanProgress {
  readonly folders: number;
  readonly files: number;
  readonly models: number;
  /** What is being looked at. */
  readonly path: string;
}

export interface ScanResult {
  /** By name; a file that is reached by several ways stands here once. */
  readonly models: readonly FoundModel[];
  readonly skipped: readonly SkippedFile[];
  /** Places that were not there, or could not be read, with the reason. */
  readonly unread: readonly SkippedFile[];
  /** The bound on folders or files was met: there may be more. */
  readonly incomplete: boolean;
}
