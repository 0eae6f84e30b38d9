import { EngineError } from "../../engine";

/** How a model process ended without being asked to. */
export interface Ending {
  /** The model's name. */
  readonly model: string;
  readonly loading: boolean;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Seconds without an answer, after which it was ended. */
  readonly silentFor?: number;
  /** The last lines of its log. */
  readonly log: string | undefined;
}

const outOfMemory =
  /out of memory|cudaMalloc failed|ErrorOutOfDeviceMemory|ErrorOutOfHostMemory|failed to allocate|bad_alloc|cannot allocate memory|insufficient memory/i;

/** What a person is told of it: what happened, to what, what is safe, what to do next. */
export function endingError(ending: Ending): EngineError {
  const { model, loading, log, silentFor } = ending;
  const noMemory = outOfMemory.test(log ?? "");
  const what = loading ? "did not load" : "stopped";
  const safe = loading ? "The editor is not affected." : "What had arrived is kept, and the editor is not affected.";
  const next = noMemory
    ? "Choose a smaller context, fewer layers on the GPU or a smaller model, and load it again."
    : loading
      ? "Load it again with the CPU or with fewer layers on the GPU; the log’s last lines follow."
      : "Restart the model to go on; the log’s last lines follow.";
  const cause =
    silentFor !== undefined
      ? `its process has not answered for ${silentFor} s and was ended.`
      : noMemory
        ? "memory ran out."
        : howItEnded(ending);
  const code = noMemory ? "outOfMemory" : loading ? "loadFailed" : "crashed";
  return new EngineError(code, `“${model}” ${what}: ${cause} ${safe} ${next}`, log);
}

function howItEnded({ code, signal }: Ending): string {
  if (signal === "SIGKILL") return "its process was killed from outside, as systems do when memory runs out.";
  if (signal !== null) return `its process crashed (${signal}).`;
  return `its process ended by itself (exit code ${code ?? "unknown"}).`;
}
