/** What a tooltip tells of a text beside its tokens. */
export interface TextStatistics {
  /** Unicode code points. */
  readonly characters: number;
  /** Runs of anything but whitespace. */
  readonly words: number;
  /** Bytes in UTF-8. */
  readonly bytes: number;
}

/** Adds up statistics of a text given in parts, cut anywhere. */
export class StatisticsCounter {
  private units = 0;
  private pairs = 0;
  private words = 0;
  private bytes = 0;
  private inWord = false;
  private held = "";

  add(part: string): void {
    let text = this.held + part;
    this.held = "";
    if (/[\uD800-\uDBFF]$/.test(text)) {
      this.held = text.slice(-1);
      text = text.slice(0, -1);
    }
    this.count(text);
  }

  result(): TextStatistics {
    this.count(this.held);
    this.held = "";
    return { characters: this.units - this.pairs, words: this.words, bytes: this.bytes };
  }

  private count(text: string): void {
    if (text === "") return;
    this.units += text.length;
    this.pairs += text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0;
    const words = text.match(/\S+/g)?.length ?? 0;
    this.words += words - (this.inWord && /^\S/.test(text) ? 1 : 0);
    this.inWord = /\S$/.test(text);
    this.bytes += Buffer.byteLength(text, "utf8");
  }
}
