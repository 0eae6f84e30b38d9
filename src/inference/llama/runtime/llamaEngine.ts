import type { Engine } from "../../engine";
import type { LlamaRunning } from "./loadOptions";

/** An engine over llama.cpp in this process. */
export interface LlamaEngine extends Engine {
  /** The facts as they are now. */
  running(): LlamaRunning;
  /** Ends what runs and frees the memory. Calls after it reject with an `EngineError` "crashed". */
  close(): Promise<void>;
}
