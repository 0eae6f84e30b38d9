/** What a stop watch says of the text so far. */
export interface Watched {
  /** Length of the text that is certain to stay: no stop text begins in it. */
  readonly safe: number;
  /** Whether a stop text is in it; then the text ends at `safe`. */
  readonly stopped: boolean;
}

/** Looks for texts that end a sample, across the borders of tokens. */
export class StopTexts {
  private readonly longest: number;

  constructor(private readonly texts: readonly string[]) {
    this.longest = Math.max(0, ...texts.map((text) => text.length));
  }

  /** `text` is the whole sample so far, of which `seen` characters were watched before. */
  watch(text: string, seen: number): Watched {
    if (this.longest === 0) return { safe: text.length, stopped: false };
    const from = Math.max(0, seen - this.longest + 1);
    const hits = this.texts.map((stop) => text.indexOf(stop, from)).filter((hit) => hit >= 0);
    if (hits.length > 0) return { safe: Math.min(...hits), stopped: true };
    // The longest end of the text that some stop text begins with.
    for (let at = Math.max(0, text.length - this.longest + 1); at < text.length; at++) {
      const end = text.slice(at);
      if (this.texts.some((stop) => stop.startsWith(end))) return { safe: at, stopped: false };
    }
    return { safe: text.length, stopped: false };
  }
}
