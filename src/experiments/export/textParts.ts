/** A long text in parts, none of which takes long to write. One string of a hundred thousand answers would hold up whoever waits. */
export type TextParts = readonly string[];

const together = 500;

/** Makes parts of many short texts, with the same between any two. */
export class Pieces {
  private readonly joined: string[] = [];
  private waiting: string[] = [];

  constructor(private readonly between = "") {}

  add(text: string): void {
    this.waiting.push(text);
    if (this.waiting.length === together) this.join();
  }

  parts(): TextParts {
    if (this.waiting.length > 0) this.join();
    return this.joined;
  }

  private join(): void {
    const text = this.waiting.join(this.between);
    this.joined.push(this.joined.length === 0 ? text : `${this.between}${text}`);
    this.waiting = [];
  }
}
