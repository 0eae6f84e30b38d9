import { commands, l10n, Uri, window, workspace } from "vscode";
import type { hostContract } from "../../../webview/suites/protocol";
import type { Setup } from "../../../webview/suites/setup";
import { UserError } from "../../platform/userError";
import type { Functions } from "../../rpc/rpc";
import { pickRun } from "../runs/pickRun";
import type { Kept } from "../runs/runPanel";
import { tellingErrors } from "../runs/tellingErrors";
import { type ExportFormat, exportRun } from "./exporting";
import { listedRuns } from "./runView";
import { writeStarterSuite } from "./starterSuite";
import type { PanelParts } from "./suitesPanel";
import type { SuitesSession } from "./suitesSession";

/** What the panel's place does for its functions. */
export interface PanelHome extends PanelParts {
  start(kept: Kept<Setup>): Promise<void>;
}

/** The calls of the panel, answered by its session(). */
export function hostFunctions(session: () => SuitesSession, home: PanelHome): Functions<typeof hostContract> {
  // What a person asked for and cannot have is said in the panel.
  const told = tellingErrors((error) => session().complain(error));
  return {
    start: (kept) => home.start(kept),
    pickModel: told((index) => session().pickModel(index)),
    removeModel: told((index) => session().setup.removeModel(index)),
    change: told((change) => session().setup.change(change)),
    undoSetup: told(() => session().setup.undo()),
    useRunsSetup: told(() => session().useRunsSetup()),
    openSuite: told(() => openSuite(session())),
    writeStarter: told(() => writeStarter(session())),
    editSuite: told((id) => editSuite(session(), id)),
    run: told(() => session().begin()),
    pause: told(() => session().pause()),
    stop: told(() => session().stop()),
    goOn: told(() => session().goOn()),
    startOver: told(() => session().startOver()),
    openCell: told((cell) => session().needShown().openCell(cell)),
    setList: told(({ filter, from }) => session().needShown().setList(filter, from)),
    openCase: told((index) => session().needShown().openCase(index)),
    correct: told(({ item, sample, right }) => session().needShown().correct(item, sample, right)),
    compareWith: told((what) => compare(session(), home, what)),
    openRun: told((uri) => openRun(home, uri)),
    exportRun: told((format) => exportShown(session(), home, format)),
    revealFile: told(() => revealFile(session())),
    cancel: told(() => session().cancel()),
    retry: told(() => session().retry()),
    manageTrust: told(() => commands.executeCommand("workbench.trust.manage")),
    showLog: () => home.services.log.show(),
  };
}

/** A file of cases of the person's choice. */
export async function openSuite(session: SuitesSession): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const [file] =
    (await window.showOpenDialog({
      title: l10n.t("Open a suite"),
      filters: { [l10n.t("Suites (JSON Lines)")]: ["jsonl", "ndjson"] },
      ...(folder && { defaultUri: folder }),
    })) ?? [];
  if (file) await session.setup.useFile(file.toString());
}

/** A file to start from, which the panel then offers. */
export async function writeStarter(session: SuitesSession): Promise<void> {
  await session.setup.useFile((await writeStarterSuite()).toString());
}

async function editSuite(session: SuitesSession, id: string): Promise<void> {
  const file = session.setup.fileOf(id);
  if (!file) throw new UserError(l10n.t("The file of this suite is gone."));
  await window.showTextDocument(file);
}

/** Another run beside the one that is shown; "none" takes it away. */
export async function compare(
  session: SuitesSession,
  { services }: Pick<PanelParts, "services">,
  what: "last" | "pick" | "none",
): Promise<void> {
  if (what === "none") return session.compareWith(null);
  const { open } = session.needShown();
  if (what === "last") {
    const last = await session.lastRun();
    if (!last) throw new UserError(l10n.t("No earlier run asked one of these models one of these suites."));
    return session.compareWith(last);
  }
  const other = await pickRun(services.storage, listedRuns, l10n.t("Compare with which run?"), open.uri);
  if (other) await session.compareWith(other);
}

/** A saved run in its file's own editor; null asks which. */
export async function openRun({ services, openFile }: PanelParts, uri: string | null): Promise<void> {
  const title = l10n.t("Open which run?");
  const file = uri === null ? await pickRun(services.storage, listedRuns, title, undefined) : Uri.parse(uri);
  if (file) await openFile(file);
}

export async function exportShown(
  session: SuitesSession,
  { services }: Pick<PanelParts, "services">,
  format: ExportFormat,
): Promise<void> {
  const { open } = session.needShown();
  if (open.report.answers.size === 0) throw new UserError(l10n.t("There is nothing to export yet."));
  await exportRun(open, session.name ?? "run", services.writtenBy, format);
}

async function revealFile(session: SuitesSession): Promise<void> {
  const { open } = session.needShown();
  await open.settle();
  await window.showTextDocument(open.uri, { preview: true });
}
