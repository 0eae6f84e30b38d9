import { constants, type FileHandle, mkdir, open, writeFile } from "node:fs/promises";
import path from "node:path";
import { l10n, Uri } from "vscode";
import type { Experiment } from "../../experiments/experiment";
import { eventLine, headerLine } from "../../experiments/runFile";
import { UserError } from "../../platform/commands";

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

  private async append(text: string): Promise<void> {
    let file: FileHandle | undefined;
    try {
      // Without O_CREAT: a file that somebody removed must not come back without its first line.
      file = await open(this.uri.fsPath, constants.O_WRONLY | (this.whole === undefined ? constants.O_APPEND : 0));
      if (this.whole !== undefined) await file.truncate(this.whole);
      await file.write(text, this.whole ?? null);
      this.whole = undefined;
    } catch (error) {
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
