/** Longest stretch of work between two turns of the event loop, milliseconds (8 is the house's limit). */
const sliceMs = 5;

/**
 * Gives the event loop its turns in long work: `if (turns.due) await turns.next();` often enough. Waiting for what is there
 * already, such as bytes of a chunk that was read, gives it none.
 */
export class Turns {
  private until = performance.now() + sliceMs;

  get due(): boolean {
    return performance.now() >= this.until;
  }

  async next(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.until = performance.now() + sliceMs;
  }
}
