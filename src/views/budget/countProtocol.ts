/** What the extension host and the counting threads say to each other. Plain data: it is cloned between threads. */

/** When a file's content was last known: a change of either makes the count stale. */
export interface FileStamp {
  /** Milliseconds since 1970, with fractions where the file system has them. */
  readonly mtime: number;
  /** Bytes. */
  readonly size: number;
}

/** Given to a thread when it starts. */
export interface CountSetup {
  /** Folder with the tokenizer core and the vocabularies. */
  readonly dataDirectory: string;
  /** A shipped tokenizer's name, or the name of an added one. */
  readonly tokenizer: string;
  /** What is kept of a tokenizer that the user added (`AddedTokenizerStore`); its name changes with its content. */
  readonly packedFile: string | undefined;
  /** File with earlier counts; undefined to count everything. */
  readonly cacheFile: string | undefined;
  /** A cache written with another stamp is not used. */
  readonly cacheStamp: string;
  /** Larger files are skipped, bytes. */
  readonly maxBytes: number;
}

/** One file to count. `key` is its URI. */
export interface CountRequest {
  readonly id: number;
  readonly key: string;
  /** Read by the thread, when the file is on this machine's disk. */
  readonly path?: string;
  /** For files on other file systems: what is known of them, and, when asked for, their content. */
  readonly stamp?: FileStamp;
  readonly bytes?: Uint8Array;
}

export type SkipReason = "binary" | "tooLarge" | "unreadable" | "link" | "special";

export type CountOutcome =
  | (FileStamp & {
      readonly kind: "counted";
      readonly tokens: number;
      /** SHA-256 of the bytes, shortened. */
      readonly hash: string;
      /** Some bytes were no UTF-8: they are counted as U+FFFD, as the editor shows them. */
      readonly damaged: boolean;
    })
  | ({
      readonly kind: "skipped";
      readonly reason: SkipReason;
      readonly detail?: string;
      readonly hash?: string;
    } & Partial<FileStamp>)
  /** The file is not there any more. */
  | { readonly kind: "gone" }
  /** Not known from the cache: send the request again with `bytes`. */
  | { readonly kind: "bytesNeeded" };

/** From a thread: an answer, or the reason why it cannot count at all. */
export type CountReply = { readonly id: number; readonly outcome: CountOutcome } | { readonly failure: string };
