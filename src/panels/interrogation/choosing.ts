import { l10n, type OpenDialogOptions, Uri, window, workspace } from "vscode";
import type { Source } from "../../../webview/interrogation/setup";
import { UserError } from "../../platform/commands";
import { sourceFor } from "./openRequest";
import { fileName } from "./textFiles";
import { sourceOf } from "./texts";

export type Choice = "editor" | "files" | "folder" | "facts" | "example";

/** Asks the person for texts; undefined where they leave. Throws UserError where no editor shows a text. */
export async function chooseSource(
  choice: Choice,
  { document, extension }: { readonly document: { readonly uri: Uri } | undefined; readonly extension: Uri },
): Promise<Source | undefined> {
  switch (choice) {
    case "editor":
      if (!document)
        throw new UserError(l10n.t("No text editor is open. Open the file to ask about, or choose it here."));
      return sourceFor(document.uri);
    case "files": {
      const files = await ask({ title: l10n.t("Interrogate which files?"), canSelectMany: true });
      return files && { kind: "files", files: files.map(sourceOf) };
    }
    case "folder": {
      const [folder] = (await ask({ title: l10n.t("Interrogate which folder?"), canSelectFolders: true })) ?? [];
      return folder && { kind: "folder", uri: folder.toString(), name: fileName(folder) };
    }
    case "facts": {
      const filters = { [l10n.t("Facts (JSONL, JSON, CSV, TSV)")]: ["jsonl", "ndjson", "json", "csv", "tsv"] };
      const [file] = (await ask({ title: l10n.t("Open facts: questions with their answers"), filters })) ?? [];
      return file && { kind: "facts", ...sourceOf(file) };
    }
    case "example": {
      const example = Uri.joinPath(extension, "media", "sample-workspace", "texts", "people-and-places.md");
      return { kind: "files", files: [sourceOf(example)] };
    }
  }
}

async function ask(options: OpenDialogOptions): Promise<Uri[] | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return window.showOpenDialog({
    canSelectFiles: options.canSelectFolders !== true,
    ...(folder && { defaultUri: folder }),
    ...options,
  });
}
