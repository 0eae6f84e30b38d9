/** What came of a piece of work: whole events, also where it was cut short by an error. */
export interface Outcome<Event> {
  readonly events: readonly Event[];
  readonly error?: unknown;
}

/**
 * Runs up to `width` pieces of work at a time, which are made as they are needed, and gives their events in the order of the work. After an error nothing new
 * begins, what was whole by then is given, and then it is thrown. Left early, what runs is ended.
 */
export async function* inOrder<Work, Event>(
  work: Iterable<Work>,
  width: number,
  signal: AbortSignal,
  run: (each: Work, signal: AbortSignal) => Promise<Outcome<Event>>,
): AsyncGenerator<Event> {
  const stop = new AbortController();
  const pass = (): void => stop.abort(signal.reason);
  if (signal.aborted) pass();
  signal.addEventListener("abort", pass, { once: true });
  const running: Promise<Outcome<Event>>[] = [];
  const waiting = work[Symbol.iterator]();
  let next = waiting.next();
  let failure: { readonly error: unknown } | undefined;
  try {
    while (running.length > 0 || !(next.done || failure)) {
      for (; !failure && running.length < width && !next.done; next = waiting.next()) {
        running.push(run(next.value, stop.signal));
      }
      const { events, error } = await running.shift()!;
      yield* events;
      if (error === undefined || failure) continue;
      failure = { error };
      stop.abort(error);
    }
    if (failure) throw failure.error;
  } finally {
    signal.removeEventListener("abort", pass);
    stop.abort(new Error("The run was left."));
    await Promise.all(running);
  }
}
