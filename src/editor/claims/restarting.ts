import { EngineError } from "../../inference/engine";

/** Work that a model does, and that can be gone on with. */
export interface Restartable {
  /** Does what is left; keeps what it did, also where it rejects. */
  goOn(): Promise<void>;
  /** How far it is: rises with all that is kept. */
  progress(): number;
  /** Hears that a model ended and is started again. */
  restarted(error: EngineError): void;
}

/**
 * Does work whose model may end in the midst of it: goes on with what is left in a new one, as long as each got further than
 * the one before. Rejects as the work does for all else, and where two models ended at the same place.
 */
export async function restarting({ goOn, progress, restarted }: Restartable): Promise<void> {
  for (let reached = -1; ; ) {
    try {
      return await goOn();
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== "crashed" || progress() <= reached) throw error;
      reached = progress();
      restarted(error);
    }
  }
}
