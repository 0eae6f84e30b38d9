import { setImmediate as nextTurn } from "node:timers/promises";
import { sliceMs } from "../../tokens/slices";

/** Shares the extension host while a long loop runs: call `pause` in the loop. */
export class Slices {
  private start = performance.now();

  /** Lets others run when this slice is used up. */
  async pause(): Promise<void> {
    if (performance.now() - this.start < sliceMs) return;
    await nextTurn();
    this.start = performance.now();
  }
}
