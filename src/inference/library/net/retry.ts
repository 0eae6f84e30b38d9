import { setTimeout as wait } from "node:timers/promises";
import { PassingError } from "./request";

export interface RetryRule {
  /** Tries in a row that brought nothing. */
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

/** A host that asks for a longer wait than this is not waited for. */
const longestAsked = 120_000;

/**
 * Runs `work` until it succeeds, fails for good, or has brought nothing `attempts` times in a row, waiting longer each time
 * and at least as long as the host asked. `work` says whether it brought something before it failed.
 */
export async function withRetries<T>(
  rule: RetryRule,
  signal: AbortSignal,
  work: (progressed: () => void) => Promise<T>,
  onWait: (note: string | undefined) => void,
): Promise<T> {
  let failures = 0;
  for (;;) {
    try {
      return await work(() => {
        failures = 0;
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof PassingError) || ++failures >= rule.attempts) throw error;
      if ((error.retryAfterMs ?? 0) > longestAsked) throw error;
      const delay = Math.min(rule.longestDelayMs, rule.firstDelayMs * 2 ** (failures - 1));
      // Half of it by chance, so that parts that failed together do not come back together.
      const ms = Math.max(error.retryAfterMs ?? 0, delay * (0.5 + Math.random() / 2));
      onWait(`${error.message} Trying again in ${Math.ceil(ms / 1000)} s.`);
      await wait(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
      onWait(undefined);
    }
  }
}
