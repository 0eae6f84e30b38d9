import { constants, type FileHandle, mkdir, open, writeFile } from "node:fs/promises";
import path from "node:path";
import { l10n, Uri } from "vscode";
import type { Experiment } from "../../experiments/experiment";
import { eventLine, headerLine } from "../../experiments/runFile";
import { UserError } from "../../platform/commands";

/** Whether nothing stands behind the last line end: an editor may have taken the last one away. */
async function endsInLine(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === 0x0a;
}

/** How long lines gather before they are written. */
const restMs = 200;

/** The file of a run: lines are added as events come, so that whatever ends the window leaves what came before. */
export class RunFile {
  private waiting: string[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  /** `failed` hears, once, when the file can no longer be written. `whole`: bytes up to a last line that was cut off. */
  constructor(
    readonly uri: Uri,
    private readonly failed: (error: Error) => void,
    private whole: number | undefined = undefined,
  ) {}

  /** A new file with a run's first line. Its name gets a number where there is one of that name. */
  static async create<Spec>(
    folder: Uri,
    name: string,
    experiment: Pick<Experiment<Spec, never, unknown>, "kind" | "version">,
    head: { readonly spec: Spec; readonly created: string; readonly by: string },
  ): Promise<Uri> {
    await mkdir(folder.fsPath, { recursive: true });
    const { base, ending } = /^(?<base>.*?)(?<ending>\..*)$/.exec(name)!.groups as { base: string; ending: string };
    for (let number = 1; ; number++) {
      const file = path.join(folder.fsPath, number === 1 ? name : `${base}-${number}${ending}`);
      try {
        await writeFile(file, headerLine(experiment, head), { flag: "wx" });
        return Uri.file(file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
    }
  }

  add(event: object): void {
    this.waiting.push(eventLine(event));
    this.timer ??= setTimeout(() => void this.flush(), restMs);
  }

  /** Writes what still waits; resolves when it is there. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const text = this.waiting.join("");
    this.waiting = [];
    if (text !== "") this.writing = this.writing.then(() => this.append(text));
    return this.writing;
  }

  /** Writes all of the text or nothing: what could not be written waits for the next try. */
  private async append(text: string): Promise<void> {
    let file: FileHandle | undefined;
    try {
      // Without O_CREAT: a file that somebody removed must not come back without its first line.
      file = await open(this.uri.fsPath, constants.O_RDWR | constants.O_APPEND);
      if (this.whole !== undefined) await file.truncate(this.whole);
      this.whole = undefined;
      const { size } = await file.stat();
      try {
        await file.appendFile((await endsInLine(file, size)) ? text : `\n${text}`);
      } catch (error) {
        // A full disk takes a part: half a line would spoil what comes after it.
        await file.truncate(size);
        throw error;
      }
    } catch (error) {
      this.waiting.unshift(text);
      const message = l10n.t(
        "{0} cannot be written: {1}. What came is still shown here; export it to keep it.",
        path.basename(this.uri.fsPath),
        error instanceof Error ? error.message : String(error),
      );
      this.failed(new UserError(message));
    } finally {
      await file?.close();
    }
  }
}
