import { type LaidPage, rowCount } from "./stripLayout";
import type { StripModel } from "./stripRows";
import type { TokenPage } from "./tokenPage";

/** UTF-16 units of text in a page. */
export const pageUnits = 4096;
const keptPages = 48;

interface Kept {
  readonly laid: LaidPage;
  /** How much of the text was tokenized when the page was fetched. */
  readonly filledTo: number;
}

export interface PageEvents {
  fetch(index: number): Promise<TokenPage>;
  arrived(page: TokenPage, filledTo: number): void;
  failed(error: unknown): void;
}

/**
 * The pages of a strip: those that were fetched, laid out, and the row at which each begins. Rows of pages not seen yet
 * are guessed from those that were.
 */
export class StripPages {
  private readonly kept = new Map<number, Kept>();
  private readonly fetching = new Set<number>();
  /** Rows of pages, by index, as far as known; they outlive the page itself. */
  private readonly heights: number[] = [];
  private starts: number[] = [0];

  constructor(private readonly events: PageEvents) {}

  laid(index: number): LaidPage | undefined {
    return this.kept.get(index)?.laid;
  }

  /** The page, unless its tokens are still to come. */
  ready(index: number): LaidPage | undefined {
    const laid = this.laid(index);
    return laid?.page.ready ? laid : undefined;
  }

  keep(index: number, laid: LaidPage, filledTo: number): void {
    this.kept.set(index, { laid, filledTo });
    if (laid.page.ready) this.heights[index] = rowCount(laid);
  }

  clear(): void {
    this.kept.clear();
  }

  /** Lays every page out anew. */
  relayout(layOut: (page: TokenPage) => LaidPage): void {
    this.heights.length = 0;
    for (const [index, { laid, filledTo }] of this.kept) this.keep(index, layOut(laid.page), filledTo);
  }

  /** Finds where each of `count` pages begins; `guess` is the rows of a page when none is known. */
  place(count: number, guess: number): void {
    const known = this.heights.filter((rows) => rows > 0);
    const usual = Math.max(1, known.length > 0 ? known.reduce((a, b) => a + b) / known.length : guess);
    this.starts = [0];
    for (let page = 0; page < count; page++) this.starts.push(this.start(page) + (this.heights[page] ?? usual));
  }

  /** Row at which a page begins; that of the page after the last is the number of all rows. */
  start(index: number): number {
    return this.starts[index] ?? 0;
  }

  /** The page that a row is in. */
  at(row: number): number {
    let low = 0;
    let high = Math.max(0, this.starts.length - 2);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.start(middle) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Fetches a page when there is none, it is of an older version, or it was not ready and more is known since. */
  request(index: number, { version, filledTo }: StripModel): void {
    if (this.fetching.has(index)) return;
    const known = this.kept.get(index);
    const fresh = known?.laid.page.version === version;
    if (known && fresh && (known.laid.page.ready || known.filledTo === filledTo)) return;
    this.fetching.add(index);
    this.events.fetch(index).then(
      (page) => {
        this.fetching.delete(index);
        this.events.arrived(page, filledTo);
      },
      (error: unknown) => {
        this.fetching.delete(index);
        this.events.failed(error);
      },
    );
  }

  /** Lets go of the pages farthest from one, so that a long text does not stay whole in memory. */
  forgetFar(here: number): void {
    if (this.kept.size <= keptPages) return;
    const far = [...this.kept.keys()].sort((a, b) => Math.abs(b - here) - Math.abs(a - here));
    for (const page of far.slice(0, this.kept.size - keptPages)) this.kept.delete(page);
  }
}
