import { type Disposable, EventEmitter, l10n } from "vscode";
import { openProcessEngine, type ProcessEngine } from "../inference/llama/process/processEngine";
import type { LlamaLoadOptions, LlamaRunning } from "../inference/llama/runtime/loadOptions";
import { SettingsWatch, setting } from "../platform/configuration";
import type { Log } from "../platform/log";
import type { OpenModel, OpenOptions, RunningFacts } from "./models";

/** Loads a model in a process of its own. It ends by itself after the minutes that `promptscope.local.idleMinutes` says. */
export async function openLocalModel(
  entry: string,
  load: LlamaLoadOptions,
  { signal, onProgress }: OpenOptions,
  log: Log,
): Promise<OpenModel> {
  const running = new EventEmitter<RunningFacts>();
  const failed = new EventEmitter<Error>();
  const ended = new EventEmitter<void>();
  onProgress?.({ fraction: undefined, message: l10n.t("Starting the model process") });
  const extraBinaries = load.gpu === "cpu" ? "" : setting("promptscope.local.runtimeFolder");
  const engine = await openProcessEngine({
    ...{ entry, load, log, extraBinaries },
    onProgress: (fraction) => onProgress?.({ fraction, message: l10n.t("Reading weights") }),
    onRunning: (facts) => running.fire(runningFacts(load, facts)),
    onFail: (error) => failed.fire(error),
    ...(signal ? { signal } : {}),
  });
  logLoaded(engine, log);
  const idle = watchIdle(engine, (minutes) => {
    log.info("model unloaded: unused", { id: load.id, minutes });
    ended.fire();
  });
  return {
    engine,
    get running() {
      return runningFacts(load, engine.running);
    },
    onDidChangeRunning: running.event,
    onDidFail: failed.event,
    onDidEnd: ended.event,
    async close() {
      idle.dispose();
      await engine.close();
      for (const emitter of [running, failed, ended]) emitter.dispose();
    },
  };
}

const idleMinutes = "promptscope.local.idleMinutes";
/** Milliseconds that a timer can wait: one that should wait longer ends at once, again and again. */
const longestTimer = 2 ** 31 - 1;

/** Tells once when nobody has used the engine for as many minutes as the setting says. */
export function watchIdle(engine: Pick<ProcessEngine, "idleFor">, onIdle: (minutes: number) => void): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    clearTimeout(timer);
    const minutes = setting(idleMinutes);
    if (minutes <= 0) return;
    const left = minutes * 60_000 - engine.idleFor;
    if (left > 0) timer = setTimeout(look, Math.min(left, longestTimer));
    else onIdle(minutes);
  };
  const settings = new SettingsWatch([idleMinutes]);
  settings.onDidChange(look);
  look();
  return {
    dispose: () => {
      clearTimeout(timer);
      settings.dispose();
    },
  };
}

function runningFacts({ kind }: LlamaLoadOptions, facts: LlamaRunning): RunningFacts {
  const { device, deviceReason, memory, tokensPerSecond } = facts;
  const reason = kind === "builtIn" ? l10n.t("So small a model is fastest there.") : deviceReason;
  return {
    device: `${device}. ${reason}`,
    memoryBytes: memory.resident + memory.weightsVram + memory.contextVram,
    tokensPerSecond,
  };
}

function logLoaded({ running, pid, model }: ProcessEngine, log: Log): void {
  const { device, deviceReason, contextSize, sequences, threads, gpuLayers } = running;
  log.info("model loaded", { id: model.id, pid, device, deviceReason, contextSize, sequences, threads, gpuLayers });
}
