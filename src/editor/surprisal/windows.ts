/** What a text that may be longer than the context is scored in. Counts and indices are of tokens. */
export interface WindowRequest {
  readonly tokens: number;
  /** Tokens at the very beginning that every window begins with: a begin-of-sequence token. */
  readonly head: number;
  /** What fits into the model together. */
  readonly context: number;
  /** The tokens wanted: `[from, to)`. */
  readonly from: number;
  readonly to: number;
  /** A token on the screen: its window comes first. */
  readonly visible: number;
  /** Most tokens of one step, so that results come in and an abort is soon followed. */
  readonly step: number;
}

/** One call: the head and the tokens `[start, to)` go in, scores of `[from, to)` come out. `start` is 0 for the first window. */
export interface WindowStep {
  readonly start: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Covers the wanted tokens with windows that overlap by half a context, so that each token is given at least half a
 * context before it, and all there is in the first window. The visible part comes first, then what follows, then what
 * lies before. Steps of one window follow each other, so that an engine which keeps the prefix evaluates each token once.
 */
export function planWindows(request: WindowRequest): WindowStep[] {
  const { tokens, context, from, visible, step } = request;
  const to = Math.min(request.to, tokens);
  const windows = windowsOf(tokens, Math.min(request.head, context - 2), context);
  const wanted = windows
    .map((window) => ({ ...window, from: Math.max(window.from, from), to: Math.min(window.to, to) }))
    .filter((window) => window.to > window.from);
  const first = Math.max(
    0,
    wanted.findIndex((window) => window.to > visible),
  );
  return [...wanted.slice(first), ...wanted.slice(0, first)].flatMap((window) => cut(window, step));
}

/** Tokens before token `index` that the model is given in `step`. */
export function givenIn(step: WindowStep, head: number, index: number): number {
  return step.start === 0 ? index : head + index - step.start;
}

function windowsOf(tokens: number, head: number, context: number): WindowStep[] {
  const windows: WindowStep[] = [{ start: 0, from: 0, to: Math.min(tokens, context) }];
  const body = context - head;
  const before = Math.ceil(body / 2);
  for (let from = context; from < tokens; ) {
    const start = from - before;
    const to = Math.min(tokens, start + body);
    windows.push({ start, from, to });
    from = to;
  }
  return windows;
}

function cut({ start, from, to }: WindowStep, most: number): WindowStep[] {
  const steps: WindowStep[] = [];
  for (let at = from; at < to; at += most) steps.push({ start, from: at, to: Math.min(to, at + most) });
  return steps;
}
