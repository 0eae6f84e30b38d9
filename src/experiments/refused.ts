import { EngineError } from "../inference/engine";

/** Whether an engine refused what it was asked (too long, impossible) and goes on with other things; else it has ended itself. */
export function wasRefused(error: unknown): error is EngineError {
  return error instanceof EngineError && ["contextOverflow", "badInput", "unsupported"].includes(error.code);
}
