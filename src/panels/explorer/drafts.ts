import * as v from "valibot";
import { Uri, workspace } from "vscode";
import type { Log } from "../../platform/log";

const draftFile = v.object({
  version: v.literal(1),
  /** The run's lines. */
  run: v.string(),
  /** The file it was saved to. */
  savedTo: v.nullable(v.string()),
  unsaved: v.boolean(),
});
export type Draft = Omit<v.InferOutput<typeof draftFile>, "version">;

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
    const bytes = await Promise.resolve(workspace.fs.readFile(this.file(id))).catch(() => undefined); // never written
    if (!bytes) return undefined;
    try {
      return v.parse(draftFile, JSON.parse(Buffer.from(bytes).toString("utf8")));
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

  async write(id: string, draft: Draft): Promise<void> {
    clearTimeout(this.waiting.get(id));
    this.waiting.delete(id);
    try {
      await workspace.fs.createDirectory(this.folder);
      await workspace.fs.writeFile(this.file(id), Buffer.from(JSON.stringify({ version: 1, ...draft })));
    } catch (error) {
      this.log.error("draft not written", error, { id });
    }
  }

  async remove(id: string): Promise<void> {
    clearTimeout(this.waiting.get(id));
    this.waiting.delete(id);
    await Promise.resolve(workspace.fs.delete(this.file(id))).catch(() => undefined); // never written
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

  private file(id: string): Uri {
    return Uri.joinPath(this.folder, `${id}.json`);
  }
}

/** Drafts are named by the panel, which is not trusted with paths. */
export function isDraftId(id: string): boolean {
  return /^[0-9a-f-]{36}$/.test(id);
}
