import type { EngineError } from "../../engine";
import type { GpuChoice } from "../runtime/loadOptions";
import type { DeviceMemory } from "../runtime/surveyMemory";
import { ModelProcess, type ProcessOptions } from "./modelProcess";
import { unwrap } from "./outcome";

/**
 * Asks a model process what memory its GPU has free; the process is gone afterwards, whatever happened in it. Rejects with an
 * EngineError where the device does not work, or with the signal's reason.
 */
export async function surveyDevice(
  options: Omit<ProcessOptions, "model">,
  gpu: GpuChoice,
  signal?: AbortSignal,
): Promise<DeviceMemory> {
  signal?.throwIfAborted();
  let stop: (() => void) | undefined;
  let onFailure: (error: EngineError) => void = () => undefined;
  const process = new ModelProcess(
    { ...options, model: gpu },
    {
      ...{ part: () => undefined, broken: () => undefined, progress: () => undefined, running: () => undefined },
      failed: (error) => onFailure(error),
    },
  );
  const done = process.begin();
  try {
    const stopped = new Promise<never>((_, reject) => {
      onFailure = reject;
      stop = () => reject(signal?.reason);
      signal?.addEventListener("abort", stop);
    });
    return unwrap(await Promise.race([process.remote.call("survey", gpu), stopped]));
  } finally {
    if (stop) signal?.removeEventListener("abort", stop);
    done();
    await process.close();
  }
}
