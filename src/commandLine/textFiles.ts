import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { foldersLeftOut, textEndings } from "../experiments/interrogation/textFolders";

export interface NamedFile {
  readonly file: string;
  /** As seen from here; of files elsewhere without their folder, so that no run holds a person's paths. */
  readonly name: string;
}

/** The files that were given; of folders, the texts in them and below, by name. Links are not followed. */
export async function textFiles(given: readonly string[]): Promise<readonly NamedFile[]> {
  const found: NamedFile[] = [];
  for (const file of given) {
    if (!(await isFolder(file))) found.push({ file, name: fileName(file) });
    else for (const inside of await textsBelow(file)) found.push({ file: inside, name: nameOf(inside, file) });
  }
  return found;
}

/** A file's name as it was given: from here, as the editor has it; of one elsewhere without its folder. */
export function fileName(file: string): string {
  return nameOf(file, path.dirname(file));
}

/** False, too, where there is nothing: reading it says so. */
async function isFolder(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function textsBelow(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: string[] = [];
  for (const entry of entries) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && !foldersLeftOut.includes(entry.name)) found.push(...(await textsBelow(file)));
    if (entry.isFile() && textEndings.includes(path.extname(entry.name).slice(1))) found.push(file);
  }
  return found;
}

function nameOf(file: string, folder: string): string {
  const here = path.relative("", file);
  const name = here.startsWith("..") || path.isAbsolute(here) ? path.relative(folder, file) : here;
  return name.split(path.sep).join("/");
}
