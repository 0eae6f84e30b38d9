import * as v from "valibot";
import { Uri, workspace } from "vscode";
import { runFileEnding } from "../../experiments/runFile";
import type { Log } from "../../platform/log";

const draftState = v.object({
  version: v.literal(1),
  /** The file it was saved to. */
  savedTo: v.nullable(v.string()),
  unsaved: v.boolean(),
  /** Whether its prompt follows the editor. */
  follows: v.boolean(),
});
export interface Draft extends Omit<v.InferOutput<typeof draftState>, "version"> {
  /** The run's lines. */
  readonly run: string;
}

/** How long changes gather before a draft is written. */
const restMs = 500;
/** Drafts of panels that were closed or never came back go after this time. */
const keptMs = 30 * 24 * 60 * 60 * 1000;

/** What stands in panels that were not saved, so that it outlasts a window reload, in a folder of the extension's own. */
export class Drafts {
  private readonly waiting = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly folder: Uri,
    private readonly log: Log,
  ) {}

  /** Undefined where there is none, or none that can be read. */
  async read(id: string): Promise<Draft | undefined> {
    const { run, state } = this.files(id);
    const text = await textOf(run);
    const given = await textOf(state);
    if (text === undefined || given === undefined) return undefined;
    try {
      const { version: _, ...known } = v.parse(draftState, JSON.parse(given));
      return { ...known, run: text };
    } catch (error) {
      this.log.error("draft not read", error, { id });
      return undefined;
    }
  }

  /** Writes once changes have come to rest. */
  writeSoon(id: string, draft: () => Draft): void {
    clearTimeout(this.waiting.get(id));
    this.waiting.set(
      id,
      setTimeout(() => void this.write(id, draft()), restMs),
    );
  }

  async write(id: string, { run, ...state }: Draft): Promise<void> {
    clearTimeout(this.waiting.get(id));
    this.waiting.delete(id);
    try {
      await workspace.fs.createDirectory(this.folder);
      const files = this.files(id);
      await workspace.fs.writeFile(files.run, Buffer.from(run));
      await workspace.fs.writeFile(files.state, Buffer.from(JSON.stringify({ version: 1, ...state })));
    } catch (error) {
      this.log.error("draft not written", error, { id });
    }
  }

  async remove(id: string): Promise<void> {
    clearTimeout(this.waiting.get(id));
    this.waiting.delete(id);
    const { run, state } = this.files(id);
    for (const file of [run, state]) await Promise.resolve(workspace.fs.delete(file)).catch(() => undefined); // never written
  }

  /** Takes away what nobody came back for. */
  async tidy(now = Date.now()): Promise<void> {
    const files = await Promise.resolve(workspace.fs.readDirectory(this.folder)).catch(() => []); // no draft was ever written
    for (const [name] of files) {
      const uri = Uri.joinPath(this.folder, name);
      const { mtime } = await workspace.fs.stat(uri);
      if (now - mtime > keptMs) await workspace.fs.delete(uri);
    }
  }

  private files(id: string): { run: Uri; state: Uri } {
    return {
      run: Uri.joinPath(this.folder, `${id}${runFileEnding}`),
      state: Uri.joinPath(this.folder, `${id}.json`),
    };
  }
}

async function textOf(file: Uri): Promise<string | undefined> {
  const bytes = await Promise.resolve(workspace.fs.readFile(file)).catch(() => undefined); // never written
  return bytes && Buffer.from(bytes).toString("utf8");
}

/** Drafts are named by the panel, which is not trusted with paths. */
export function isDraftId(id: string): boolean {
  return /^[0-9a-f-]{36}$/.test(id);
}
