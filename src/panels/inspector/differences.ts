import type { Span } from "../../../webview/inspector/protocol";
import { startsIn } from "./pages";
import type { ReadableTokens } from "./readable";

/** Text units looked at in one go; a thousand tokens or so, well under 8 ms. */
const stretch = 1024;

export interface DifferenceCount {
  /** Stretches between two shared borders that the lanes cut differently. */
  readonly places: number;
  /** Borders that all lanes have, of the borders that any lane has. */
  readonly shared: number;
  readonly borders: number;
}

/** One stretch between two neighbouring borders that all lanes share. */
interface Place extends Span {
  readonly differs: boolean;
  /** Borders of any lane inside, its start included. */
  readonly borders: number;
}

/**
 * Counts the places where lanes cut the text differently, in slices: `pause` is awaited between stretches, hears how far
 * the count has come (UTF-16 units), and ends it (null) by returning false, which it does when the text has changed.
 */
export async function countDifferences(
  lanes: readonly ReadableTokens[],
  pause: (reached: number) => Promise<boolean>,
): Promise<DifferenceCount | null> {
  let reached = 0;
  const total = { places: 0, shared: 0, borders: 0 };
  for (const place of walk(lanes, 0)) {
    if (place === "pause") {
      reached += stretch;
      if (!(await pause(reached))) return null;
      continue;
    }
    total.shared++;
    total.borders += place.borders;
    if (place.differs) total.places++;
  }
  return total;
}

/** The next differing place that starts at or after `from`; null when none follows or `pause` returns false. */
export async function differenceAfter(
  lanes: readonly ReadableTokens[],
  from: number,
  pause: () => Promise<boolean>,
): Promise<Span | null> {
  for (const place of walk(lanes, from)) {
    if (place === "pause") {
      if (!(await pause())) return null;
    } else if (place.differs && place.start >= from) return { start: place.start, end: place.end };
  }
  return null;
}

/** The last differing place that starts before `before`. Looks back stretch by stretch. */
export async function differenceBefore(
  lanes: readonly ReadableTokens[],
  before: number,
  pause: () => Promise<boolean>,
): Promise<Span | null> {
  for (let end = before; end > 0; ) {
    const start = Math.max(0, end - stretch);
    let found: Span | null = null;
    for (const place of walk(lanes, start)) {
      if (place === "pause") continue;
      if (place.start >= end) break;
      // A place that began before this stretch shows its true start in the stretch before it.
      if (place.differs && (place.start > start || start === 0)) found = { start: place.start, end: place.end };
    }
    if (found) return found;
    if (start === 0 || !(await pause())) return null;
    end = start + 1;
  }
  return null;
}

/** Places from the first shared border at or after `from`, with "pause" where a slice of work has been done. */
function* walk(lanes: readonly ReadableTokens[], from: number): Generator<Place | "pause"> {
  const length = Math.min(...lanes.map((lane) => lane.filledTo));
  let open: { start: number; counts: number[]; borders: Set<number> } | undefined;
  for (let at = from; at < length; at += stretch) {
    const starts = lanes.map((lane) => startsIn(lane, at, Math.min(at + stretch, length)));
    const offsets = [...new Set(starts.flat())].sort((a, b) => a - b);
    const next = lanes.map(() => 0);
    for (const offset of offsets) {
      const counts = starts.map((lane, i) => {
        const begin = next[i] ?? 0;
        let end = begin;
        while (lane[end] === offset) end++;
        next[i] = end;
        return end - begin;
      });
      if (counts.every((count) => count > 0)) {
        if (open) yield closed(open, offset);
        open = { start: offset, counts, borders: new Set([offset]) };
      } else if (open) {
        open.borders.add(offset);
        open.counts = open.counts.map((count, i) => count + (counts[i] ?? 0));
      }
    }
    yield "pause";
  }
  if (open) yield closed(open, length);
}

function closed(open: { start: number; counts: number[]; borders: Set<number> }, end: number): Place {
  const differs = open.borders.size > 1 || open.counts.some((count) => count !== open.counts[0]);
  return { start: open.start, end, differs, borders: open.borders.size };
}
