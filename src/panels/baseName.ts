import type { Uri } from "vscode";

/** A file's name without its folders, for people. */
export function baseName({ path }: Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
