/** Times in milliseconds. Tests shorten them. */
export interface RetryTimes {
  /** The first wait; each further one is twice as long. */
  readonly first: number;
  readonly longest: number;
  /** A server that asks for a longer wait than this is not waited for. */
  readonly longestAsked: number;
  /** Times a request is sent in all. */
  readonly tries: number;
}

export const retryTimes: RetryTimes = { first: 500, longest: 8_000, longestAsked: 60_000, tries: 4 };

/** Whether the same request may succeed later. */
export function isPassing(status: number): boolean {
  // 501: the server will not learn it in the meantime.
  return status === 408 || status === 429 || (status >= 500 && status !== 501);
}

/**
 * How long to wait before try number `attempt` + 1 (the first is 1), milliseconds: what the server asked for, otherwise
 * exponential backoff, half of it by chance so that parallel requests spread out ("equal jitter").
 */
export function waitBefore(
  attempt: number,
  asked: number | undefined,
  times: RetryTimes,
  random: () => number,
): number {
  if (asked !== undefined) return asked;
  const full = Math.min(times.first * 2 ** (attempt - 1), times.longest);
  return full / 2 + (full / 2) * random();
}

/** Milliseconds a Retry-After header asks for: seconds, or a date (RFC 9110, section 10.2.3). */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d+(?:\.\d+)?\s*$/.test(header)) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Rejects with the signal's reason when it comes first. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
