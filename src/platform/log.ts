import { type LogOutputChannel, window } from "vscode";

/** The one log channel, "Promptscope". Messages are short; fields follow as key=value. */
export interface Log {
  /** For timings of frequent work: kept only when the channel's level is Debug. */
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  /** `error` is written with its stack. */
  error(message: string, error: unknown, fields?: Fields): void;
  /** Runs `work` and writes how long it took, in milliseconds. */
  timed<T>(message: string, work: () => Promise<T>, fields?: Fields): Promise<T>;
  show(): void;
}

export type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

export class ChannelLog implements Log {
  private readonly channel: LogOutputChannel = window.createOutputChannel("Promptscope", { log: true });

  debug(message: string, fields?: Fields): void {
    this.channel.debug(line(message, fields));
  }

  info(message: string, fields?: Fields): void {
    this.channel.info(line(message, fields));
  }

  warn(message: string, fields?: Fields): void {
    this.channel.warn(line(message, fields));
  }

  error(message: string, error: unknown, fields?: Fields): void {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.channel.error(`${line(message, fields)}\n${cause}`);
  }

  async timed<T>(message: string, work: () => Promise<T>, fields?: Fields): Promise<T> {
    const start = performance.now();
    const result = await work();
    this.info(message, { ...fields, ms: Math.round((performance.now() - start) * 10) / 10 });
    return result;
  }

  show(): void {
    this.channel.show();
  }

  dispose(): void {
    this.channel.dispose();
  }
}

function line(message: string, fields: Fields = {}): string {
  const pairs = Object.entries(fields).filter(([, value]) => value !== undefined);
  return [message, ...pairs.map(([key, value]) => `${key}=${value}`)].join(" ");
}
