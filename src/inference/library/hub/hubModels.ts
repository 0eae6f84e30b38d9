export interface HubOptions {
  /** Address of the hub or a mirror that speaks as it does: "https://huggingface.co". */
  readonly url: string;
  readonly token?: string | undefined;
  readonly signal: AbortSignal;
}

/** A repository that has GGUF files. */
export interface HubModel {
  /** "owner/name". */
  readonly repository: string;
  readonly downloads: number;
  readonly likes: number;
  /** ISO date. */
  readonly updated: string | undefined;
  /** Needs an account that accepted the licence. */
  readonly gated: boolean;
  readonly licence: string | undefined;
  readonly parameters: number | undefined;
  readonly architecture: string | undefined;
  readonly contextSize: number | undefined;
}

/** What a repository offers at one commit. */
export interface HubListing {
  readonly repository: string;
  /** The commit, so that what is downloaded later is what was listed. */
  readonly revision: string;
  readonly gated: boolean;
  readonly licence: string | undefined;
  /** Smallest first. Projectors and adapters are left out. */
  readonly models: readonly HubModelFiles[];
}

/** One model of a repository: a file, or the files of a split one. */
export interface HubModelFiles {
  /** The file's name without its ending and part number. */
  readonly name: string;
  /** "Q4_K_M" from the name; undefined where it has none. */
  readonly quantization: string | undefined;
  readonly bytes: number;
  readonly files: readonly HubFile[];
}

export interface HubFile {
  /** Path in the repository. */
  readonly path: string;
  readonly bytes: number;
  /** Hex; undefined where the hub does not give it (files that are not in LFS). */
  readonly sha256: string | undefined;
}
