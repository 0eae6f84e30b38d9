import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Worker } from "node:worker_threads";
import * as v from "valibot";
import type { TokenizerSource } from "../tokenizers";
import { type Tokenizer, TokenizerError, tokenizerFromPacked } from "../tokenizers";
import type { PackAnswer, PackRequest } from "./packWorker";
import type { AddedTokenizers } from "./tokenizerService";

const chatSchema = v.object({ template: v.string(), bosToken: v.string(), eosToken: v.string() });
const entrySchema = v.object({
  name: v.string(),
  origin: v.string(),
  /** File name in the store, and the hash its content must have. */
  file: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}\.(bin|json)$/)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  contextTokens: v.optional(v.number()),
  /** Why it goes through the general library, which is slower; such a file is kept as it came. */
  slower: v.optional(v.string()),
  chat: v.optional(chatSchema),
});
const indexSchema = v.array(entrySchema);

/** A tokenizer that the user added: its name, where it came from, and what its file says of the model. */
export type AddedTokenizer = v.InferOutput<typeof entrySchema>;

/** The user's own tokenizers, packed, in the extension's storage. Nothing is read before `open`. */
export class AddedTokenizerStore implements AddedTokenizers {
  private entries: readonly AddedTokenizer[] = [];

  /** `folder` is the store's; `worker` the path of the bundled `packWorker`. */
  constructor(
    private readonly folder: string,
    private readonly worker: string,
    private readonly source: TokenizerSource,
  ) {}

  /** Reads the index. Rejects when it is there but damaged. */
  async open(): Promise<void> {
    this.entries = await this.readIndex();
  }

  list(): readonly AddedTokenizer[] {
    return this.entries;
  }

  get(name: string): AddedTokenizer | undefined {
    return this.entries.find((entry) => entry.name === name);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /**
   * Path of the packed vocabulary, or of the `.json` that the general library reads, for threads that load it themselves;
   * the file's name is its SHA-256.
   */
  packedFile(name: string): string | undefined {
    const entry = this.get(name);
    return entry && path.join(this.folder, entry.file);
  }

  /** Checks the stored bytes against their hash before they are used. */
  async load(name: string): Promise<Tokenizer> {
    const entry = this.get(name);
    if (!entry) throw new TokenizerError(`No tokenizer “${name}” was added.`);
    const bytes = await readFile(path.join(this.folder, entry.file));
    if (sha256(bytes) !== entry.sha256)
      throw new TokenizerError(
        `The stored file of “${name}” is damaged: its SHA-256 differs. Remove it and add it again.`,
      );
    return entry.slower === undefined ? tokenizerFromPacked(await this.source.core(), bytes) : loadGeneral(name, bytes);
  }

  /**
   * Reads a tokenizer.json or GGUF file, checks it, and keeps it under `name` (replacing one of that name). Rejects with
   * TokenizerError where the file cannot be used, saying why.
   */
  async add(name: string, file: string, origin: string, signal: AbortSignal): Promise<Tokenizer> {
    const { bytes, extension, tokenizer, ...facts } = await this.read({ name, file }, signal);
    checkRoundTrip(tokenizer);
    const hash = sha256(bytes);
    const entry: AddedTokenizer = { name, origin, file: `${hash}.${extension}`, sha256: hash, ...facts };
    await mkdir(this.folder, { recursive: true });
    await writeFile(path.join(this.folder, entry.file), bytes);
    await this.save(name, entry);
    return tokenizer;
  }

  async remove(name: string): Promise<void> {
    const entry = this.get(name);
    if (!entry) return;
    await this.save(name);
    if (!this.entries.some(({ file }) => file === entry.file))
      await rm(path.join(this.folder, entry.file), { force: true });
  }

  private get indexFile(): string {
    return path.join(this.folder, "index.json");
  }

  private async readIndex(): Promise<readonly AddedTokenizer[]> {
    try {
      return v.parse(indexSchema, JSON.parse(await readFile(this.indexFile, "utf8")));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  }

  /** Puts `entry`, or nothing, in the place of that name. Written beside and renamed: a crash leaves the old index whole. */
  private async save(name: string, entry?: AddedTokenizer): Promise<void> {
    // Another window may have added and removed some since; a damaged index is written anew from what is known here.
    const now = await this.readIndex().catch(() => this.entries);
    const entries = [...now.filter((other) => other.name !== name), ...(entry ? [entry] : [])];
    const part = `${this.indexFile}.${process.pid}.part`;
    await writeFile(part, JSON.stringify(entries, null, 2));
    await rename(part, this.indexFile);
    this.entries = entries;
  }

  private async read(request: PackRequest, signal: AbortSignal) {
    const answer = await runWorker(this.worker, request, signal);
    if (answer.kind === "failed") throw new TokenizerError(answer.message);
    if (answer.kind === "packed") {
      const { bytes, contextTokens, chat } = answer;
      const tokenizer = await tokenizerFromPacked(await this.source.core(), bytes);
      return { bytes, extension: "bin", tokenizer, contextTokens, chat: chat && { ...chat } };
    }
    if (answer.format === "gguf")
      throw new TokenizerError(
        `“${request.name}” cannot be used, since ${answer.reason}. If the model has a tokenizer.json, add that instead.`,
      );
    const bytes = await readFile(request.file);
    return { bytes, extension: "json", tokenizer: await loadGeneral(request.name, bytes), slower: answer.reason };
  }
}

/** The general library is loaded when a tokenizer needs it. */
async function loadGeneral(name: string, bytes: Uint8Array): Promise<Tokenizer> {
  const general = await import("../tokenizers/general");
  return general.loadGeneral(name, bytes);
}

function runWorker(file: string, request: PackRequest, signal: AbortSignal): Promise<PackAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: request });
    const stop = (): void => void worker.terminate();
    signal.addEventListener("abort", stop, { once: true });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => {
      signal.removeEventListener("abort", stop);
      // After an answer this changes nothing.
      reject(new TokenizerError(`Reading “${request.name}” was stopped.`));
    });
  });
}

/** A vocabulary that loads but garbles text is worse than none. */
function checkRoundTrip(tokenizer: Tokenizer): void {
  const probe = "Hello, world! 1234 naïve 東京 🙂\n\tindented";
  const back = tokenizer.decode(tokenizer.encode(probe).ids).trimStart();
  if (back.normalize("NFC") !== probe.normalize("NFC"))
    throw new TokenizerError(`“${tokenizer.name}” does not give back what it encodes (“${back}”), so it is not used.`);
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
