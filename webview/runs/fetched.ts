/** What the host is asked for while the page is drawn: once for each key, and the page is drawn again when it comes. */
export class Fetched<T> {
  private readonly known = new Map<string, T>();
  private readonly asked = new Set<string>();

  constructor(
    private readonly came: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Answers that have come. */
  get size(): number {
    return this.known.size;
  }

  /** Undefined until it has come. What failed is not asked for again: the reason would come back with every drawing. */
  get(key: unknown, ask: () => Promise<T>): T | undefined {
    const name = JSON.stringify(key);
    const found = this.known.get(name);
    if (found !== undefined || this.asked.has(name)) return found;
    this.asked.add(name);
    ask().then(
      (value) => {
        this.known.set(name, value);
        this.came();
      },
      (error: unknown) => this.failed(error),
    );
    return undefined;
  }

  clear(): void {
    this.known.clear();
    this.asked.clear();
  }
}
