import { l10n, Uri, workspace } from "vscode";
import { readingSuite } from "../../experiments/suites/readSuite";
import type { Suite } from "../../experiments/suites/suite";
import { setting } from "../../platform/configuration";
import { inSlices } from "../../tokens/slices";
import { baseName } from "../baseName";
import { differentNames } from "./differentNames";

/** A suite of a person's own: its cases, or why they cannot be read. */
export interface OwnSuite {
  readonly id: string;
  readonly name: string;
  readonly uri: Uri;
  readonly suite: Suite | undefined;
  readonly problem: string | null;
}

/** Largest file that is read, bytes: thousands of cases take less. */
const mostBytes = 5_000_000;
/** Files that are listed of a workspace. */
const mostFiles = 50;

/** Own suites of the workspace, by the setting's glob, and of the given files. */
export async function findOwnSuites(files: readonly string[]): Promise<OwnSuite[]> {
  const glob = setting("promptscope.suites.files");
  const found = glob === "" ? [] : await workspace.findFiles(glob, undefined, mostFiles);
  const uris = new Map([...found, ...files.map((file) => Uri.parse(file))].map((uri) => [uri.toString(), uri]));
  const each = [...uris.values()];
  const names = differentNames(each.map(nameOf));
  const named = each.map((uri, index) => ({ uri, name: names[index]! }));
  return Promise.all(named.sort((a, b) => a.uri.path.localeCompare(b.uri.path)).map(read));
}

async function read({ uri, name }: { readonly uri: Uri; readonly name: string }): Promise<OwnSuite> {
  const own = { id: `own ${name}`, name, uri };
  try {
    const { size } = await workspace.fs.stat(uri);
    if (size > mostBytes) {
      const problem = l10n.t("It is larger than 5 MB. Cut it into smaller files of cases.");
      return { ...own, suite: undefined, problem };
    }
    const text = Buffer.from(await workspace.fs.readFile(uri)).toString("utf8");
    // Without an abort it comes to its end.
    const suite = await inSlices(readingSuite(text, name), new AbortController().signal);
    return { ...own, suite, problem: null };
  } catch (error) {
    return { ...own, suite: undefined, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Its path in the workspace; of a file elsewhere its name alone. */
function nameOf(uri: Uri): string {
  return workspace.getWorkspaceFolder(uri) ? workspace.asRelativePath(uri) : baseName(uri);
}
