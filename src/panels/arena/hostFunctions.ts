import { l10n } from "vscode";
import type { hostContract } from "../../../webview/arena/protocol";
import type { Setup } from "../../../webview/arena/setup";
import { UserError } from "../../platform/userError";
import type { Functions } from "../../rpc/rpc";
import { baseName } from "../baseName";
import { questionAtCursor, selectedQuestion } from "../runs/editorQuestion";
import { pickFile } from "../runs/pickFile";
import { type PanelHome, runFunctions } from "../runs/runFunctions";
import { tellingErrors } from "../runs/tellingErrors";
import type { PanelParts } from "./arenaPanel";
import type { ArenaSession } from "./arenaSession";
import { type ExportFormat, exportRun } from "./exporting";

/** The calls of the panel, answered by its session(). */
export function hostFunctions(
  session: () => ArenaSession,
  home: PanelHome<PanelParts, Setup>,
): Functions<typeof hostContract> {
  const told = tellingErrors(session);
  return {
    ...runFunctions(session, home),
    change: told((change) => session().setup.change(change)),
    pickModel: told((contestant) => session().pickModel(contestant)),
    addContestant: told(() => session().addContestant()),
    removeContestant: told((id) => session().setup.removeContestant(id)),
    setContestant: (contestant) => session().setup.setContestant(contestant),
    openPrompts: told(() => openPrompts(session())),
    useEditor: told(() => useEditor(session(), home)),
    compareStages: told(() => session().compareStages()),
    vote: told(({ place, choice }) => session().needShown().vote(place, choice)),
    undoVote: told(() => session().needShown().undoVote()),
    next: told(() => session().needShown().next()),
    show: told((place) => session().needShown().show(place)),
    reveal: told(() => session().needShown().reveal()),
    openPrompt: told((place) => session().needShown().openPrompt(place)),
    tokensOf: (answer) => session().needShown().tokensOf(answer),
    exportRun: told((format) => exportShown(session(), home, format)),
  };
}

/** A file of prompts of the person's choice. */
export async function openPrompts(session: ArenaSession): Promise<void> {
  const file = await pickFile(l10n.t("Open prompts"), {
    [l10n.t("Prompts (one a line, JSON Lines, Markdown sections)")]: ["txt", "jsonl", "ndjson", "md", "markdown"],
    [l10n.t("All files")]: ["*"],
  });
  if (file) session.setup.use({ kind: "file", uri: file.toString(), name: baseName(file) });
}

/** The editor's selection, or what the cursor is in. */
export async function useEditor(session: ArenaSession, { link }: Pick<PanelParts, "link">): Promise<void> {
  const found = (await selectedQuestion(link)) ?? (await questionAtCursor(link));
  if (!found) throw new UserError(l10n.t("No prompt is selected. Select one in an editor, or put the cursor in it."));
  session.setup.use({ kind: "typed", texts: [found.text], from: found.from });
}

export async function exportShown(
  session: ArenaSession,
  { services }: Pick<PanelParts, "services">,
  format: ExportFormat,
): Promise<void> {
  const { open } = session.needShown();
  await exportRun(open, session.name ?? "run", services.writtenBy, format);
}
