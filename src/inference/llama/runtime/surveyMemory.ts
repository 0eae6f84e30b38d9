import { openDevice } from "./device";
import type { GpuChoice, LlamaHooks } from "./loadOptions";

/** Memory of the GPU that a model would be loaded on, before any is. */
export interface DeviceMemory {
  /** "CPU", "CUDA (NVIDIA H100)". */
  readonly device: string;
  /** Free bytes of the GPU's memory; 0 on a CPU. */
  readonly gpuBytes: number;
  /** The GPU uses the machine's own memory, so that its bytes do not come on top. */
  readonly isShared: boolean;
}

export type SurveyMemory = (gpu: GpuChoice, hooks: LlamaHooks) => Promise<DeviceMemory>;

/** Opens the device that this choice gives, looks and closes it again. Rejects with an EngineError where it does not work. */
export const surveyMemory: SurveyMemory = async (gpu, hooks) => {
  const { llama, name, gpus } = await openDevice(gpu, hooks);
  try {
    const { free, unifiedSize } = llama.gpu ? await llama.getVramState() : { free: 0, unifiedSize: 0 };
    const device = gpus.length > 0 ? `${name} (${[...new Set(gpus)].join(", ")})` : name;
    return { device, gpuBytes: free, isShared: unifiedSize > 0 };
  } finally {
    await llama.dispose();
  }
};
