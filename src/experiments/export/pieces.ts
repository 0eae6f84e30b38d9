const together = 500;

/**
 * A long text from many short ones. They are joined a few hundred at a time as they come: joining a hundred thousand at the
 * end would hold up whoever waits.
 */
export class Pieces {
  private readonly joined: string[] = [];
  private waiting: string[] = [];

  constructor(private readonly between = "") {}

  add(text: string): void {
    this.waiting.push(text);
    if (this.waiting.length === together) this.join();
  }

  whole(): string {
    if (this.waiting.length > 0) this.join();
    return this.joined.join(this.between);
  }

  private join(): void {
    this.joined.push(this.waiting.join(this.between));
    this.waiting = [];
  }
}
