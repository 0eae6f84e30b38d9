import { type ChildProcess, fork } from "node:child_process";
import type { Log } from "../../../platform/log";
import { connect, type Refused, type Remote } from "../../../rpc/rpc";
import { EngineError } from "../../engine";
import type { LlamaRunning } from "../runtime/loadOptions";
import { hostContract, type Part, processContract } from "./contract";
import { endingError } from "./ending";
import { modelEnvironment } from "./environment";
import { defaultHeartbeat, Heartbeat, type HeartbeatOptions } from "./heartbeat";
import { LogTail } from "./logTail";

export interface ProcessOptions {
  /** Path of the built entry, `dist/modelProcess.mjs`. */
  readonly entry: string;
  /** The model's name, for messages. */
  readonly model: string;
  /** Folder whose `node_modules` holds further binaries of the runtime, such as CUDA's. */
  readonly extraBinaries?: string;
  /** Hears every line of the process's log. */
  readonly log?: Pick<Log, "debug" | "warn">;
  readonly heartbeat?: HeartbeatOptions;
}

export interface ProcessListener {
  part(call: number, part: Part): void;
  /** Something came that breaks the contract: a part of this call, or of any of them where that cannot be read. */
  broken(call: number | undefined, error: Error): void;
  progress(fraction: number): void;
  running(running: LlamaRunning): void;
  /** It ended without being asked to; whatever had been sent has been heard. */
  failed(error: EngineError): void;
}

/** Milliseconds that output may take to arrive after a process has ended, should something else hold its pipes open. */
const lastWords = 1000;

/** A forked process for one model: started, watched and ended. */
export class ModelProcess {
  readonly remote: Remote<typeof processContract>;
  private readonly child: ChildProcess;
  private readonly heartbeat: Heartbeat;
  private readonly tail: LogTail;
  private readonly ended: Promise<void>;
  private silentFor: number | undefined;
  private asked = false;
  private work = 0;
  /** Set once the model is there, for the words of an error. */
  loaded = false;

  constructor(
    private readonly options: ProcessOptions,
    private readonly listener: ProcessListener,
  ) {
    const { log } = options;
    this.tail = new LogTail((line) => log?.debug(line, { model: options.model }));
    this.child = fork(options.entry, options.extraBinaries ? [options.extraBinaries] : [], {
      serialization: "advanced",
      execArgv: [],
      env: modelEnvironment(process.env),
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => this.tail.write(text));
    }
    this.heartbeat = new Heartbeat(
      options.heartbeat ?? defaultHeartbeat,
      () => this.remote.tell("ping"),
      (seconds) => {
        this.silentFor = seconds;
        this.child.kill("SIGKILL");
      },
    );
    this.remote = connect(hostContract, listener, processContract, this.channel(), (error, refused) => {
      log?.warn("a model process said something wrong", { model: options.model, error: error.message });
      // Other news than parts may be missed; who waits for a part would wait for ever.
      if (refused && (refused.method ?? "part") === "part") listener.broken(callOf(refused), error);
    });
    this.ended = this.watch();
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Counts as at work, and so is asked for signs of life, until the returned function is called. */
  begin(): () => void {
    if (this.work++ === 0) this.heartbeat.start();
    return () => {
      if (--this.work === 0) this.heartbeat.stop();
    };
  }

  /** Ends the process at once; resolves when it is gone. */
  async close(): Promise<void> {
    this.asked = true;
    this.child.kill("SIGKILL");
    await this.ended;
  }

  private channel() {
    const { child } = this;
    return {
      // Sending to a process that has gone fails; its end is told by `failed`.
      post: (message: unknown) => void (child.connected && child.send(message as object, () => undefined)),
      on: (listener: (message: unknown) => void) => {
        child.on("message", (message) => {
          this.heartbeat.alive();
          listener(message);
        });
      },
      off: () => void child.removeAllListeners("message"),
    };
  }

  /** Resolves once the process is gone and all that it sent has been heard. */
  private watch(): Promise<void> {
    return new Promise((resolve) => {
      let finished = false;
      const finish = (code: number | null, signal: NodeJS.Signals | null, cause?: Error) => {
        if (finished) return;
        finished = true;
        this.heartbeat.stop();
        this.tail.end();
        // The checks of messages already read take a few microtasks more.
        setImmediate(() => {
          this.remote.close();
          if (!this.asked) this.listener.failed(this.reason(code, signal, cause));
          resolve();
        });
      };
      this.child.once("error", (error) => finish(null, null, error));
      // "close" comes after output and messages were read, "exit" before.
      this.child.once("close", finish);
      this.child.once("exit", (code, signal) => setTimeout(() => finish(code, signal), lastWords).unref());
    });
  }

  private reason(code: number | null, signal: NodeJS.Signals | null, cause: Error | undefined): EngineError {
    const { model } = this.options;
    if (cause) {
      const message = `“${model}” did not load: its process could not be started. ${cause.message}`;
      return new EngineError("loadFailed", message, this.tail.text(), { cause });
    }
    const silent = this.silentFor === undefined ? {} : { silentFor: this.silentFor };
    return endingError({ model, loading: !this.loaded, code, signal, log: this.tail.text(), ...silent });
  }
}

function callOf({ args: [id] }: Refused): number | undefined {
  return typeof id === "number" ? id : undefined;
}
