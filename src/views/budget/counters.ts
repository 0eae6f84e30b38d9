import path from "node:path";
import { type Uri, workspace } from "vscode";
import { setting } from "../../platform/configuration";
import type { Log } from "../../platform/log";
import type { BudgetFile } from "./budgetTree";
import { type CacheLine, writeCountCache } from "./countCache";
import { CountingFailed, CountPool } from "./countPool";
import type { CountOutcome, CountSetup } from "./countProtocol";
import { FileCounts } from "./fileCounts";

/** Where the counting threads' program and data are, and where counts are kept. */
export interface CountPlaces {
  readonly workerScript: string;
  readonly dataDirectory: string;
  /** The workspace's storage folder; undefined without a workspace. */
  readonly storage: string | undefined;
  /** Path of what is kept of a tokenizer that the user added. */
  packedFile(tokenizer: string): string | undefined;
  /** Counts kept by another version are not used. */
  readonly version: string;
}

/** Idle threads end after this, milliseconds: each holds a vocabulary. */
const idleMs = 60_000;

/** Counts files and texts with one tokenizer at a time, in threads that come and go as needed. */
export class Counters {
  private pool: { readonly setup: CountSetup; readonly pool: CountPool; readonly files: FileCounts } | undefined;
  private idleTimer: NodeJS.Timeout | undefined;
  private active = 0;

  constructor(
    private readonly places: CountPlaces,
    private readonly log: Log,
  ) {}

  /** Rejects with CountingFailed, also when stopped. */
  count(uri: Uri, tokenizer: string): Promise<CountOutcome> {
    return this.with(tokenizer, ({ files }) => files.count(uri));
  }

  /** Tokens of a whole text. Rejects with CountingFailed. */
  async countText(text: string, tokenizer: string): Promise<number> {
    const bytes = new TextEncoder().encode(text);
    const request = { key: "", stamp: { mtime: Date.now(), size: bytes.length }, bytes };
    const outcome = await this.with(tokenizer, ({ pool }) => pool.count(request));
    if (outcome.kind === "counted") return outcome.tokens;
    throw new CountingFailed("The text holds a NUL character or is larger than promptscope.files.maxSizeMB allows.");
  }

  /** Remembers the counts of these files for the next session. */
  async remember(files: Iterable<BudgetFile>, tokenizer: string): Promise<void> {
    const { cacheFile, cacheStamp } = this.setupFor(tokenizer);
    if (!cacheFile) return;
    try {
      await writeCountCache(cacheFile, cacheStamp, cacheLines(files));
    } catch (error) {
      // Without a cache everything still works, only slower next time.
      this.log.warn("token counts not kept", { reason: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Ends the threads at once; what they were counting is rejected. */
  stop(): void {
    clearTimeout(this.idleTimer);
    this.pool?.pool.dispose();
    this.pool = undefined;
  }

  private async with<T>(
    tokenizer: string,
    work: (pool: { pool: CountPool; files: FileCounts }) => Promise<T>,
  ): Promise<T> {
    this.active++;
    clearTimeout(this.idleTimer);
    try {
      return await work(this.poolFor(tokenizer));
    } catch (error) {
      if (error instanceof CountingFailed) this.stop();
      throw error;
    } finally {
      this.active--;
      if (this.active === 0) this.idleTimer = setTimeout(() => this.stop(), idleMs);
    }
  }

  private poolFor(tokenizer: string): { pool: CountPool; files: FileCounts } {
    // A change of the settings begins a new run: they are not read again for each of ten thousand files under way.
    const now = this.active > 1 ? this.pool : undefined;
    if (now?.setup.tokenizer === tokenizer && now.setup.packedFile === this.places.packedFile(tokenizer)) return now;
    const setup = this.setupFor(tokenizer);
    if (this.pool && JSON.stringify(this.pool.setup) === JSON.stringify(setup)) return this.pool;
    this.stop();
    const pool = new CountPool(this.places.workerScript, setup);
    this.pool = { setup, pool, files: new FileCounts(pool) };
    return this.pool;
  }

  private setupFor(tokenizer: string): CountSetup {
    const { storage, version, dataDirectory } = this.places;
    const packedFile = this.places.packedFile(tokenizer);
    const fileName = `${encodeURIComponent(tokenizer)}.jsonl`;
    return {
      dataDirectory,
      tokenizer,
      packedFile,
      cacheFile: storage && path.join(storage, "counts", fileName),
      cacheStamp: JSON.stringify({ version, tokenizer, packedFile: packedFile && path.basename(packedFile) }),
      maxBytes: setting("promptscope.files.maxSizeMB", workspace.workspaceFolders?.[0]) * 1_000_000,
    };
  }
}

function* cacheLines(files: Iterable<BudgetFile>): Iterable<CacheLine> {
  for (const { key, state } of files) {
    if (state.kind === "counted") yield [key, state.mtime, state.size, state.hash, state.tokens, state.damaged ? 1 : 0];
    if (state.kind !== "skipped" || state.reason !== "binary") continue;
    if (state.hash !== undefined) yield [key, state.mtime ?? 0, state.size ?? 0, state.hash, null, 0];
  }
}
