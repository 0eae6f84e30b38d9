import { l10n, window } from "vscode";
import type { hostContract } from "../../../webview/suites/protocol";
import type { Setup } from "../../../webview/suites/setup";
import { UserError } from "../../platform/userError";
import type { Functions } from "../../rpc/rpc";
import { pickFile } from "../runs/pickFile";
import { type PanelHome, runFunctions } from "../runs/runFunctions";
import { tellingErrors } from "../runs/tellingErrors";
import { type ExportFormat, exportRun } from "./exporting";
import { writeStarterSuite } from "./starterSuite";
import type { PanelParts } from "./suitesPanel";
import type { SuitesSession } from "./suitesSession";

/** The calls of the panel, answered by its session(). */
export function hostFunctions(
  session: () => SuitesSession,
  home: PanelHome<PanelParts, Setup>,
): Functions<typeof hostContract> {
  const told = tellingErrors(session);
  return {
    ...runFunctions(session, home),
    pickModel: told((index) => session().pickModel(index)),
    removeModel: told((index) => session().setup.removeModel(index)),
    change: told((change) => session().setup.change(change)),
    openSuite: told(() => openSuite(session())),
    writeStarter: told(() => writeStarter(session())),
    editSuite: told((id) => editSuite(session(), id)),
    openCell: told((cell) => session().needShown().openCell(cell)),
    setList: told(({ filter, from }) => session().needShown().setList(filter, from)),
    openCase: told((index) => session().needShown().openCase(index)),
    correct: told(({ item, sample, right }) => session().needShown().correct(item, sample, right)),
    compareWith: told((what) => compare(session(), what)),
    exportRun: told((format) => exportShown(session(), home, format)),
  };
}

/** A file of cases of the person's choice. */
export async function openSuite(session: SuitesSession): Promise<void> {
  const file = await pickFile(l10n.t("Open a suite"), { [l10n.t("Suites (JSON Lines)")]: ["jsonl", "ndjson"] });
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
export async function compare(session: SuitesSession, what: "last" | "pick" | "none"): Promise<void> {
  if (what === "none") return session.compareWith(null);
  const { open } = session.needShown();
  if (what === "last") {
    const last = await session.lastRun();
    if (!last) throw new UserError(l10n.t("No earlier run asked one of these models one of these suites."));
    return session.compareWith(last);
  }
  const other = await session.pickSaved(l10n.t("Compare with which run?"), open.uri);
  if (other) await session.compareWith(other);
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
