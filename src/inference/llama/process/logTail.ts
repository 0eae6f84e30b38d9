/** Empty lines, and the dots that llama.cpp writes while it loads. */
const nothing = /^(\[\w+\])?[\s.]*$/;

/** The last lines of a process's output, for the details of an error. */
export class LogTail {
  private readonly lines: string[] = [];
  private partial = "";

  constructor(
    private readonly onLine: (line: string) => void,
    private readonly limit = 60,
  ) {}

  write(text: string): void {
    const lines = (this.partial + text).split(/\r?\n/);
    this.partial = (lines.pop() ?? "").slice(-4096);
    for (const line of lines) this.add(line);
  }

  /** The process ended: what stands without a line end is a line too. */
  end(): void {
    if (this.partial !== "") this.add(this.partial);
    this.partial = "";
  }

  /** Undefined when nothing was written. */
  text(): string | undefined {
    return this.lines.length > 0 ? this.lines.join("\n") : undefined;
  }

  private add(line: string): void {
    if (nothing.test(line)) return;
    this.lines.push(line);
    if (this.lines.length > this.limit) this.lines.shift();
    this.onLine(line);
  }
}
