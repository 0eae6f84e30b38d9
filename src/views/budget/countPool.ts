import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { CountOutcome, CountReply, CountRequest, CountSetup } from "./countProtocol";

/** Counting cannot go on at all: the message says why. */
export class CountingFailed extends Error {
  override readonly name = "CountingFailed";
}

interface Job {
  readonly request: CountRequest;
  readonly resolve: (outcome: CountOutcome) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  /** Sent and not answered yet, the oldest first; the thread works on that one. */
  readonly sent: Job[];
}

/** Requests a thread holds at a time: enough that it never waits for the host. */
const depth = 8;
/** Crashes in a row, without an answer between, after which the pool gives up. */
const maxCrashes = 3;

/** One core stays free for the editor. */
export function poolSize(): number {
  return Math.max(1, Math.min(availableParallelism() - 1, 8));
}

/** Worker threads that count files. They start with the first request and live until `dispose`. */
export class CountPool {
  private readonly threads: Thread[] = [];
  private readonly waiting: Job[] = [];
  private nextId = 1;
  private crashes = 0;
  private ended: Error | undefined;

  constructor(
    private readonly script: string,
    private readonly setup: CountSetup,
    private readonly size = poolSize(),
  ) {}

  /** Rejects with CountingFailed when no thread can count, and after `dispose`. */
  count(file: Omit<CountRequest, "id">): Promise<CountOutcome> {
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      this.waiting.push({ request: { ...file, id: this.nextId++ }, resolve, reject });
      this.send();
    });
  }

  /** Ends the threads at once; what is not answered is rejected. */
  dispose(): void {
    this.end(new CountingFailed("Counting was stopped."));
  }

  private send(): void {
    if (this.threads.length < Math.min(this.size, this.waiting.length)) this.threads.push(this.start());
    for (const thread of this.threads) {
      while (thread.sent.length < depth) {
        const job = this.waiting.shift();
        if (!job) return;
        thread.sent.push(job);
        thread.worker.postMessage(job.request);
      }
    }
  }

  private start(): Thread {
    const worker = new Worker(this.script, { workerData: this.setup, stdout: false, stderr: false });
    const thread: Thread = { worker, sent: [] };
    worker.on("message", (reply: CountReply) => {
      if ("failure" in reply) return this.end(new CountingFailed(reply.failure));
      const place = thread.sent.findIndex((job) => job.request.id === reply.id);
      const [job] = place < 0 ? [] : thread.sent.splice(place, 1);
      this.crashes = 0;
      job?.resolve(reply.outcome);
      this.send();
    });
    // An error may arrive before answers the thread gave earlier, and a file that is counted would be blamed; "exit" follows
    // every error and comes after them all.
    let cause: Error | undefined;
    worker.on("error", (error) => {
      cause = error;
    });
    worker.on("exit", (code) => this.crashed(thread, cause ?? new Error(`the thread ended with code ${code}`)));
    worker.unref();
    return thread;
  }

  /** The file it worked on is given up; the others go to another thread. */
  private crashed(thread: Thread, error: Error): void {
    const place = this.threads.indexOf(thread);
    if (place < 0 || this.ended) return;
    this.threads.splice(place, 1);
    const [blamed, ...others] = thread.sent.splice(0);
    blamed?.resolve({ kind: "skipped", reason: "unreadable", detail: `counting it stopped: ${error.message}` });
    this.waiting.unshift(...others);
    if (++this.crashes >= maxCrashes) {
      this.end(new CountingFailed(`The counting threads stopped ${maxCrashes} times in a row: ${error.message}`));
    } else {
      this.send();
    }
  }

  private end(error: Error): void {
    if (this.ended) return;
    this.ended = error;
    const jobs = [...this.threads.flatMap(({ sent }) => sent), ...this.waiting];
    for (const { worker } of this.threads.splice(0)) void worker.terminate();
    this.waiting.length = 0;
    for (const job of jobs) job.reject(error);
  }
}
