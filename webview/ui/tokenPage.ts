/** Tokens of a stretch of text as they come from the extension, and the columns they are drawn in. Pure. */

/** One tokenizer's tokens in a page; all arrays have one entry for each token, but for `bytes`. */
export interface LanePage {
  /** Index of the first token in the whole text. */
  readonly first: number;
  readonly ids: Uint32Array;
  /** Offset where each token starts. */
  readonly starts: Uint32Array;
  readonly bytes: Uint8Array;
  /** Where each token's bytes end in `bytes`. */
  readonly byteEnds: Uint32Array;
  /** Bit 1: a special token. Bit 2: part of a chat template. */
  readonly marks: Uint8Array;
}

export interface TokenPage {
  readonly index: number;
  readonly version: number;
  readonly ready: boolean;
  readonly start: number;
  readonly end: number;
  readonly lanes: readonly LanePage[];
}

/** A stretch of text that is drawn as one block: a token, or with several lanes what lies between borders all share. */
export interface Column {
  readonly start: number;
  readonly end: number;
  /** For each lane the tokens `[from, to)` of the page. */
  readonly tokens: readonly { readonly from: number; readonly to: number }[];
  /** Whether the lanes cut it differently. */
  readonly differs: boolean;
}

export function bytesOf(lane: LanePage, token: number): Uint8Array {
  return lane.bytes.subarray(token === 0 ? 0 : lane.byteEnds[token - 1], lane.byteEnds[token]);
}

export function columnsOf({ lanes, end }: TokenPage): Column[] {
  const [only] = lanes;
  if (!only) return [];
  return lanes.length === 1 ? tokenColumns(only, end) : sharedColumns(lanes, end);
}

function tokenColumns({ starts }: LanePage, pageEnd: number): Column[] {
  return Array.from(starts, (start, i) => {
    // Tokens inside one code point share its offset: each covers all of it.
    let next = i + 1;
    while (next < starts.length && starts[next] === start) next++;
    return { start, end: starts[next] ?? pageEnd, tokens: [{ from: i, to: i + 1 }], differs: false };
  });
}

function sharedColumns(lanes: readonly LanePage[], pageEnd: number): Column[] {
  const next = lanes.map(() => 0);
  const columns: Column[] = [];
  for (;;) {
    const from = [...next];
    const starts = lanes.map((lane, i) => lane.starts[next[i] ?? 0] ?? pageEnd);
    const start = Math.min(...starts);
    if (start >= pageEnd && lanes.every((lane, i) => (next[i] ?? 0) >= lane.starts.length)) return columns;
    const end = nextShared(lanes, next, start, pageEnd);
    const tokens = lanes.map((_, i) => ({ from: from[i] ?? 0, to: next[i] ?? 0 }));
    const differs = tokens.some(({ from: a, to: b }, i) => {
      const inner = lanes[i]?.starts.subarray(a, b).some((offset) => offset > start) ?? false;
      return inner || b - a !== (tokens[0]?.to ?? 0) - (tokens[0]?.from ?? 0);
    });
    columns.push({ start, end, tokens, differs });
  }
}

/** Moves `next` to the first border after `start` that all lanes share and returns its offset. */
function nextShared(lanes: readonly LanePage[], next: number[], start: number, pageEnd: number): number {
  let target = start + 1;
  for (;;) {
    const offsets = lanes.map(({ starts }, i) => {
      let at = next[i] ?? 0;
      while (at < starts.length && (starts[at] ?? 0) < target) at++;
      next[i] = at;
      return starts[at] ?? pageEnd;
    });
    const furthest = Math.max(...offsets);
    if (offsets.every((offset) => offset === furthest)) return furthest;
    target = furthest;
  }
}
