import { FileType, Uri, workspace } from "vscode";
import type { Source } from "../../../webview/interrogation/setup";
import type { EditorLink } from "../editorLink";
import { sourceOf } from "./texts";

const tables = /\.(jsonl|ndjson|csv|tsv)$/i;

/**
 * What the command was called with: files or a folder of the explorer's menu, the file of an editor's menu, or nothing:
 * then what the last text editor shows. Undefined where there is no text to ask about.
 */
export async function requestedSource(
  given: unknown,
  all: unknown,
  link: Pick<EditorLink, "document">,
): Promise<Source | undefined> {
  const uris = Array.isArray(all) ? all.filter((each) => each instanceof Uri) : [];
  if (uris.length > 1) return severalFiles(uris);
  const one = given instanceof Uri ? given : (uris[0] ?? link.document?.uri);
  return one && sourceFor(one);
}

/** A folder, a file of facts, or a text. Rejects where there is no such file. */
export async function sourceFor(uri: Uri): Promise<Source> {
  const source = sourceOf(uri);
  // A text that was never saved is only in its editor.
  const open = workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
  const { type } = open ? { type: FileType.File } : await workspace.fs.stat(uri);
  if (type & FileType.Directory) return { kind: "folder", ...source };
  return tables.test(uri.path) ? { kind: "facts", ...source } : { kind: "files", files: [source] };
}

async function severalFiles(uris: readonly Uri[]): Promise<Source | undefined> {
  const stats = await Promise.all(uris.map(async (uri) => ({ uri, ...(await workspace.fs.stat(uri)) })));
  const files = stats.filter(({ type }) => type & FileType.File).map(({ uri }) => sourceOf(uri));
  return files.length > 0 ? { kind: "files", files } : undefined;
}
