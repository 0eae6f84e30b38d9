import { Worker } from "node:worker_threads";
import { type Disposable, Uri } from "vscode";
import type { VocabularyQuery, VocabularyResult, VocabularyRow } from "../../../webview/inspector/protocol";
import type { Tokenizer } from "../../tokenizers";
import type { InspectorServices } from "./inspectorServices";
import { bytesFor } from "./readable";
import type { PackedTokens } from "./vocabularySearch";
import type { WorkerAnswer, WorkerRequest } from "./vocabularyWorker";

/** A search that runs longer is stopped; only a regular expression that backtracks without end gets there. */
const limitMs = 2_000;
const stopped = `The search was stopped after ${limitMs / 1000} seconds: this expression backtracks too much. Make it simpler.`;
/** Ids packed in one turn of the event loop, about 2 ms. */
const packedAtOnce = 4_000;

/**
 * Searches vocabularies in a worker. Searches run one after the other, those that a newer one has overtaken are left
 * out, and one that takes too long ends the worker.
 */
export class VocabularyBrowser implements Disposable {
  private worker: SearchThread | undefined;
  private readonly packed = new WeakMap<Tokenizer, Promise<PackedTokens>>();
  private search = 0;
  private last: Promise<unknown> = Promise.resolve();
  private found: { readonly tokenizer: Tokenizer; readonly ids: Uint32Array } | undefined;
  private specialTexts: ReadonlyMap<number, string> = new Map();

  constructor(private readonly services: InspectorServices) {}

  /** Null when another search began meanwhile. Rejects when the vocabulary cannot be loaded. */
  async searchFor(query: VocabularyQuery): Promise<VocabularyResult | null> {
    const search = ++this.search;
    const { tokenizers } = this.services;
    const tokenizer = await tokenizers.load(tokenizers.resolution(query.tokenizer).tokenizer);
    const tokens = await this.packing(tokenizer);
    const overtaken = () => search !== this.search;
    const answering = this.last.then(() => (overtaken() ? undefined : this.ask(tokenizer, tokens, query)));
    this.last = answering.catch(() => undefined);
    const answer = await answering;
    if (!answer || overtaken()) return null;
    const result = { search, tokens: tokens.used };
    if (answer.kind !== "found") {
      this.found = undefined;
      const problem = answer.kind === "refused" ? answer.problem : null;
      return { ...result, matches: 0, milliseconds: 0, problem };
    }
    this.found = { tokenizer, ids: answer.ids };
    this.specialTexts = new Map([...tokenizer.specialTokens].map(([text, id]) => [id, text]));
    return { ...result, matches: answer.ids.length, milliseconds: answer.milliseconds, problem: null };
  }

  /** Rows of the latest search; none when `search` is an older one. */
  rows({ search, from, count }: { search: number; from: number; count: number }): VocabularyRow[] {
    if (search !== this.search || !this.found) return [];
    const { tokenizer, ids } = this.found;
    return Array.from(ids.subarray(from, from + count), (id) => ({
      id,
      bytes: bytesFor(tokenizer, id),
      rank: tokenizer.rank(id) ?? null,
      special: this.specialTexts.get(id) ?? null,
    }));
  }

  dispose(): void {
    this.search++;
    this.worker?.end();
  }

  private packing(tokenizer: Tokenizer): Promise<PackedTokens> {
    const packing = this.packed.get(tokenizer) ?? pack(tokenizer);
    this.packed.set(tokenizer, packing);
    return packing;
  }

  private async ask(tokenizer: Tokenizer, tokens: PackedTokens, query: VocabularyQuery): Promise<WorkerAnswer> {
    if (this.worker?.tokenizer !== tokenizer || this.worker.ended) {
      this.worker?.end();
      const file = Uri.joinPath(this.services.extension, "dist", "vocabularyWorker.mjs").fsPath;
      this.worker = new SearchThread(file, tokenizer, tokens);
    }
    return this.worker.ask(query);
  }
}

/** A worker that holds one vocabulary. */
class SearchThread {
  ended = false;
  private readonly thread: Worker;
  private readonly ready: Promise<WorkerAnswer>;

  constructor(
    file: string,
    readonly tokenizer: Tokenizer,
    tokens: PackedTokens,
  ) {
    this.thread = new Worker(file);
    this.thread.unref();
    this.ready = this.send({ kind: "vocabulary", tokens });
  }

  /** Ends the thread when it does not answer in time. */
  async ask(query: VocabularyQuery): Promise<WorkerAnswer> {
    await this.ready;
    const timer = setTimeout(() => this.end(), limitMs);
    const answer = await this.send({ kind: "search", query });
    clearTimeout(timer);
    return answer;
  }

  end(): void {
    this.ended = true;
    void this.thread.terminate();
  }

  private send(request: WorkerRequest): Promise<WorkerAnswer> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        this.thread.off("message", message).off("error", reject).off("exit", exit);
      };
      const message = (answer: WorkerAnswer): void => {
        settle();
        resolve(answer);
      };
      const exit = (): void => {
        settle();
        resolve({ kind: "refused", problem: stopped });
      };
      this.thread.on("message", message).on("error", reject).on("exit", exit);
      this.thread.postMessage(request);
    });
  }
}

async function pack(tokenizer: Tokenizer): Promise<PackedTokens> {
  const ends = new Uint32Array(tokenizer.vocabularySize);
  let bytes = new Uint8Array(tokenizer.vocabularySize * 8);
  let filled = 0;
  let used = 0;
  for (let id = 0; id < ends.length; id++) {
    const token = tokenizer.tokenBytes(id) ?? new Uint8Array();
    if (filled + token.length > bytes.length) {
      const larger = new Uint8Array((filled + token.length) * 2);
      larger.set(bytes);
      bytes = larger;
    }
    bytes.set(token, filled);
    filled += token.length;
    if (token.length > 0) used++;
    ends[id] = filled;
    if (id % packedAtOnce === packedAtOnce - 1) await new Promise((resolve) => setImmediate(resolve));
  }
  return { bytes: bytes.slice(0, filled), ends, special: Uint32Array.from(tokenizer.specialTokens.values()), used };
}
