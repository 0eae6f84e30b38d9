/** What a generator that pauses now and then comes to, with no pause: for tests, workers and the command line. */
export function drained<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
