/** Bytes a second over the last seconds. */
export class Speed {
  private marks: { readonly ms: number; readonly bytes: number }[] = [];

  constructor(
    private readonly windowMs = 5000,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Notes the bytes that have come in all, at most every tenth of a second. */
  mark(bytes: () => number): void {
    const ms = this.now();
    const last = this.marks.at(-1);
    if (last && ms - last.ms < 100) return;
    this.marks.push({ ms, bytes: bytes() });
    while (this.marks.length > 2 && ms - (this.marks[1]?.ms ?? ms) > this.windowMs) this.marks.shift();
  }

  /** Undefined before half a second has been seen. */
  get bytesPerSecond(): number | undefined {
    const [first, last] = [this.marks[0], this.marks.at(-1)];
    if (!first || !last || last.ms - first.ms < 500) return undefined;
    // Time in which nothing came counts too.
    return Math.max(0, ((last.bytes - first.bytes) * 1000) / (this.now() - first.ms));
  }

  reset(): void {
    this.marks = [];
  }
}
