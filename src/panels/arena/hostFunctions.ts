import { commands, l10n, Uri, window, workspace } from "vscode";
import type { hostContract, PanelState } from "../../../webview/arena/protocol";
import { UserError } from "../../platform/userError";
import type { Functions } from "../../rpc/rpc";
import { questionAtCursor, selectedQuestion } from "../runs/editorQuestion";
import { pickRun } from "../runs/pickRun";
import { tellingErrors } from "../runs/tellingErrors";
import type { PanelParts } from "./arenaPanel";
import type { ArenaSession } from "./arenaSession";
import { type ExportFormat, exportRun } from "./exporting";
import { listedRuns } from "./promptSource";

/** What the panel's place does for its functions. */
export interface PanelHome extends PanelParts {
  start(kept: Pick<PanelState, "run" | "setup">): Promise<void>;
}

/** The calls of the panel, answered by its session(). */
export function hostFunctions(session: () => ArenaSession, home: PanelHome): Functions<typeof hostContract> {
  // What a person asked for and cannot have is said in the panel.
  const told = tellingErrors((error) => session().complain(error));
  return {
    start: (kept) => home.start(kept),
    change: told((change) => session().setup.change(change)),
    undoSetup: told(() => session().setup.undo()),
    useRunsSetup: told(() => session().useRunsSetup()),
    pickModel: told((contestant) => session().pickModel(contestant)),
    addContestant: told(() => session().addContestant()),
    removeContestant: told((id) => session().setup.removeContestant(id)),
    setContestant: (contestant) => session().setup.setContestant(contestant),
    openPrompts: told(() => openPrompts(session())),
    useEditor: told(() => useEditor(session(), home)),
    compareStages: told(() => session().compareStages()),
    run: told(() => session().begin()),
    pause: told(() => session().pause()),
    stop: told(() => session().stop()),
    goOn: told(() => session().goOn()),
    startOver: told(() => session().startOver()),
    vote: told(({ place, choice }) => session().needShown().vote(place, choice)),
    undoVote: told(() => session().needShown().undoVote()),
    next: told(() => session().needShown().next()),
    show: told((place) => session().needShown().show(place)),
    reveal: told(() => session().needShown().reveal()),
    openPrompt: told((place) => session().needShown().openPrompt(place)),
    tokensOf: (answer) => session().needShown().tokensOf(answer),
    openRun: told((uri) => openRun(home, uri)),
    exportRun: told((format) => exportShown(session(), home, format)),
    revealFile: told(() => revealFile(session())),
    cancel: told(() => session().cancel()),
    retry: told(() => session().retry()),
    manageTrust: told(() => commands.executeCommand("workbench.trust.manage")),
    showLog: () => home.services.log.show(),
  };
}

/** A file of prompts of the person's choice. */
export async function openPrompts(session: ArenaSession): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const [file] =
    (await window.showOpenDialog({
      title: l10n.t("Open prompts"),
      filters: {
        [l10n.t("Prompts (one a line, JSON Lines, Markdown sections)")]: ["txt", "jsonl", "ndjson", "md", "markdown"],
        [l10n.t("All files")]: ["*"],
      },
      ...(folder && { defaultUri: folder }),
    })) ?? [];
  if (file) session.setup.use({ kind: "file", uri: file.toString(), name: file.path.split("/").at(-1)! });
}

/** The editor's selection, or what the cursor is in. */
export async function useEditor(session: ArenaSession, { link }: Pick<PanelParts, "link">): Promise<void> {
  const found = (await selectedQuestion(link)) ?? (await questionAtCursor(link));
  if (!found) throw new UserError(l10n.t("No prompt is selected. Select one in an editor, or put the cursor in it."));
  session.setup.use({ kind: "typed", texts: [found.text], from: found.from });
}

/** A saved run in its file's own editor; null asks which. */
export async function openRun({ services, openFile }: PanelParts, uri: string | null): Promise<void> {
  const file =
    uri === null ? await pickRun(services.storage, listedRuns, l10n.t("Open which run?"), undefined) : Uri.parse(uri);
  if (file) await openFile(file);
}

export async function exportShown(
  session: ArenaSession,
  { services }: Pick<PanelParts, "services">,
  format: ExportFormat,
): Promise<void> {
  const { open } = session.needShown();
  await exportRun(open, session.name ?? "run", services.writtenBy, format);
}

async function revealFile(session: ArenaSession): Promise<void> {
  const { open } = session.needShown();
  await open.settle();
  await window.showTextDocument(open.uri, { preview: true });
}
