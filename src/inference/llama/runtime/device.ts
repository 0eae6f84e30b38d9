import { getLlama, type Llama, type LlamaGpuType, LlamaLogLevel, NoBinaryFoundError } from "node-llama-cpp";
import { EngineError } from "../../engine";
import { causeOf } from "./cause";
import type { GpuChoice, LlamaHooks, LlamaLogLevel as LogLevel } from "./loadOptions";

export interface Device {
  readonly llama: Llama;
  /** "CPU", "CUDA", "Vulkan", "Metal". */
  readonly name: string;
  /** Names of the GPUs; empty on a CPU. */
  readonly gpus: readonly string[];
  readonly reason: string;
}

const names = { cuda: "CUDA", vulkan: "Vulkan", metal: "Metal" } as const;

/**
 * Opens llama.cpp's compute layer. With "auto" the best one whose binary is installed and works; a named one or nothing:
 * then EngineError "loadFailed". `isSmall`: the choice is not a person's, but the model's size.
 */
export async function openDevice(choice: GpuChoice, hooks: LlamaHooks, isSmall = false): Promise<Device> {
  const lines: string[] = [];
  const options = {
    build: "never",
    skipDownload: true,
    progressLogs: false,
    maxThreads: 0, // no limit here: the context is given its number
    logLevel: LlamaLogLevel.info,
    logger: (level: LlamaLogLevel, message: string) => {
      const line = message.trimEnd();
      if (line === "") return;
      lines.push(line);
      if (lines.length > 40) lines.shift();
      hooks.onLog?.(levelOf(level), line);
    },
  } as const;
  const noDevice = "its runtime is not installed, or it finds no device that it can use.";
  const failure = (cause: string, error?: unknown): EngineError => {
    const name = choice === "auto" || choice === "cpu" ? "llama.cpp" : names[choice];
    return new EngineError(
      "loadFailed",
      `${name} does not work on this machine: ${cause} Choose another device in the settings, or reinstall the extension.`,
      lines.join("\n"),
      { cause: error },
    );
  };
  let llama: Llama;
  try {
    llama = await getLlama({ ...options, gpu: choice === "cpu" ? false : choice });
  } catch (error) {
    throw failure(error instanceof NoBinaryFoundError ? noDevice : causeOf(error), error);
  }
  // Metal is not missed where there is none: the library takes the CPU in silence.
  if (choice !== "auto" && choice !== "cpu" && llama.gpu !== choice) {
    await llama.dispose();
    throw failure(noDevice);
  }
  const gpus = llama.gpu ? await llama.getGpuDeviceNames().catch(() => []) : [];
  return { llama, name: nameOf(llama.gpu), gpus, reason: reasonFor(choice, llama.gpu, isSmall) };
}

function nameOf(gpu: LlamaGpuType): string {
  return gpu ? names[gpu] : "CPU";
}

function reasonFor(choice: GpuChoice, got: LlamaGpuType, isSmall: boolean): string {
  if (isSmall && !got) return "So small a model is fastest there.";
  if (choice !== "auto") return "Chosen in the settings.";
  return got ? "The best of the GPU layers that work here." : "No GPU was found that llama.cpp can use here.";
}

function levelOf(level: LlamaLogLevel): LogLevel {
  if (level === LlamaLogLevel.fatal || level === LlamaLogLevel.error) return "error";
  if (level === LlamaLogLevel.warn) return "warn";
  return level === LlamaLogLevel.debug ? "debug" : "info";
}

/** Models of fewer weights are done before several threads have met: one thread is up to 500 times as fast for them. */
const TINY_BYTES = 32 << 20;

/** Threads for a model of so many bytes: one for a tiny one, else the cores that compute, less one for the editor. */
export function threadsFor(wanted: number | "auto", modelBytes: number, mathCores: number): number {
  if (wanted !== "auto") return Math.max(1, Math.floor(wanted));
  if (modelBytes < TINY_BYTES) return 1;
  return Math.max(1, mathCores > 2 ? mathCores - 1 : mathCores);
}
