import { l10n, Uri, window, workspace } from "vscode";
import { UserError } from "../../platform/userError";

/** Cases to start from: one for each way of holding answers against a reference. */
const starter = [
  {
    text: "How many r are in strawberry? Answer with just the number.",
    reference: "3",
    check: "number",
    subjects: ["strawberry"],
  },
  {
    text: "Spell the word strawberry letter by letter, joined by hyphens.",
    reference: "strawberry",
    check: "letters",
    subjects: ["strawberry"],
  },
  { text: "What is the capital of France?", reference: "Paris", check: "says" },
  {
    text: "Answer with yes or no: is 9.11 larger than 9.9?",
    reference: "(?i)^\\s*no\\b",
    check: "matches",
    subjects: ["9.11", "9.9"],
  },
  { text: "red -> RED\nblue ->", kind: "document", reference: "BLUE", check: "exact", stops: ["\n"], maxTokens: 16 },
  {
    text: "Who are you?",
    system: "You are Ada, a museum guide.",
    reference: "Ada",
    check: "says",
    variant: "with a name",
  },
  { text: "Who are you?", variant: "without one" },
];

/** Writes a suite to start from into the workspace and opens it. Throws UserError where no folder is open. */
export async function writeStarterSuite(): Promise<Uri> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (!folder) throw new UserError(l10n.t("No folder is open to write the suite into. Open one first."));
  const uri = await freeName(folder);
  const text = starter.map((item) => `${JSON.stringify(item)}\n`).join("");
  await workspace.fs.writeFile(uri, Buffer.from(text));
  await window.showTextDocument(uri);
  return uri;
}

/** "my.suite.jsonl", or with a number where that is there. */
async function freeName(folder: Uri): Promise<Uri> {
  for (let number = 1; ; number++) {
    const uri = Uri.joinPath(folder, number === 1 ? "my.suite.jsonl" : `my-${number}.suite.jsonl`);
    const there = await Promise.resolve(workspace.fs.stat(uri)).then(
      () => true,
      () => false, // nothing is there yet
    );
    if (!there) return uri;
  }
}
