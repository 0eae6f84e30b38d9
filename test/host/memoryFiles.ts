import {
  Disposable,
  EventEmitter,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  type Uri,
} from "vscode";

/** A read-only file system in memory, which counts how often each file is read. */
export class MemoryFiles implements FileSystemProvider {
  readonly onDidChangeFile = new EventEmitter<never[]>().event;
  readonly reads = new Map<string, number>();
  private readonly files: ReadonlyMap<string, Uint8Array>;

  constructor(files: Readonly<Record<string, string | Uint8Array>>) {
    const encoder = new TextEncoder();
    this.files = new Map(
      Object.entries(files).map(([path, content]) => [
        path,
        typeof content === "string" ? encoder.encode(content) : content,
      ]),
    );
  }

  stat({ path }: Uri): FileStat {
    const content = this.files.get(path);
    const isFolder = [...this.files.keys()].some((file) => file.startsWith(`${path}/`));
    if (!content && !isFolder) throw FileSystemError.FileNotFound(path);
    return { type: content ? FileType.File : FileType.Directory, ctime: 0, mtime: 7, size: content?.length ?? 0 };
  }

  readDirectory({ path }: Uri): [string, FileType][] {
    const below = [...this.files.keys()].filter((file) => file.startsWith(`${path}/`));
    const names = new Map(
      below.map((file) => {
        const [name = "", ...rest] = file.slice(path.length + 1).split("/");
        return [name, rest.length > 0 ? FileType.Directory : FileType.File];
      }),
    );
    return [...names];
  }

  readFile({ path }: Uri): Uint8Array {
    const content = this.files.get(path);
    if (!content) throw FileSystemError.FileNotFound(path);
    this.reads.set(path, (this.reads.get(path) ?? 0) + 1);
    return content;
  }

  watch(): Disposable {
    return new Disposable(() => undefined);
  }

  createDirectory(): never {
    throw FileSystemError.NoPermissions();
  }

  writeFile(): never {
    throw FileSystemError.NoPermissions();
  }

  delete(): never {
    throw FileSystemError.NoPermissions();
  }

  rename(): never {
    throw FileSystemError.NoPermissions();
  }
}
