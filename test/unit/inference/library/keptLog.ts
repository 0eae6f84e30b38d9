import type { Log } from "../../../../src/platform/log";

/** A log that keeps its lines, for tests. */
export class KeptLog implements Log {
  readonly lines: string[] = [];

  debug(message: string): void {
    this.lines.push(message);
  }

  info(message: string): void {
    this.lines.push(message);
  }

  warn(message: string): void {
    this.lines.push(message);
  }

  error(message: string, error: unknown): void {
    this.lines.push(`${message}: ${String(error)}`);
  }

  timed<T>(_message: string, work: () => Promise<T>): Promise<T> {
    return work();
  }

  show(): void {}
}
