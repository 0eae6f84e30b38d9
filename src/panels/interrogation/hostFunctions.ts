import { env, l10n, Position, Range, Uri, commands as vscodeCommands, window } from "vscode";
import type { hostContract } from "../../../webview/interrogation/protocol";
import type { Setup } from "../../../webview/interrogation/setup";
import { commands as ids } from "../../contributions";
import { interrogationExports } from "../../experiments/interrogation/exports/exports";
import { UserError } from "../../platform/commands";
import type { Functions } from "../../rpc/rpc";
import { noRows } from "../runs/filteredList";
import { type PanelHome, runFunctions } from "../runs/runFunctions";
import { type ExportFormat, exportThroughDialog } from "../runs/savingFiles";
import { tellingErrors } from "../runs/tellingErrors";
import { type Choice, chooseSource } from "./choosing";
import { exportDataSet } from "./exporting";
import type { PanelParts } from "./interrogationPanel";
import type { InterrogationSession } from "./interrogationSession";
import { fileNamed } from "./textFiles";

/** The calls of the panel, answered by its session(). */
export function hostFunctions(
  session: () => InterrogationSession,
  home: PanelHome<PanelParts, Setup>,
): Functions<typeof hostContract> {
  const told = tellingErrors(session);
  return {
    ...runFunctions(session, home),
    chooseSource: told((choice) => choose(session(), home, choice)),
    pickModel: told((role) => session().pickModel(role)),
    removeModel: told((role) => session().setup.removeModel(role)),
    change: told((change) => session().change(change)),
    drawMore: told((samples) => session().drawMore(samples)),
    forecastMore: (samples) => session().forecastMore(samples),
    openFile: told((file) => session().shown?.openFile(file)),
    showInEditor: told(({ file, line }) => showInEditor(session(), home, file, line)),
    setList: told(({ filter, query }) => session().shown?.setList(filter, query)),
    rows: ({ from, count }) => session().shown?.rows(from, count) ?? noRows,
    rowOf: (question) => session().shown?.rowOf(question) ?? null,
    openQuestion: told((id) => session().shown?.openQuestion(id)),
    step: told((rows) => step(session(), rows)),
    review: told(({ question, as }) => session().review.decide(question, as)),
    tokensOf: (id) => session().needShown().tokensOf(id),
    // What is wrong with a field is said beside it.
    fix: ({ question, ...given }) => session().review.fix(question, given),
    mark: told(({ question, sample, mark }) => session().review.mark(question, sample, mark)),
    addQuestion: (given) => session().review.add(given),
    undo: told(() => session().review.undo()),
    setExport: told((options) => session().setExport(options)),
    exportDataSet: told(() => exportShown(session())),
    exportRun: told((format) => exportRun(session(), home, format)),
    showHeat: told((on) => showHeat(session(), on)),
    copyText: told((text) => env.clipboard.writeText(text)),
  };
}

/** Texts of the person's choice; nothing changes where they leave. */
export async function choose(
  session: InterrogationSession,
  { link, services }: Pick<PanelParts, "link" | "services">,
  choice: Choice,
): Promise<void> {
  const source = await chooseSource(choice, { document: link.document, extension: services.extension });
  if (source) session.use(source);
}

/** Opens the question so many rows on. */
export function step(session: InterrogationSession, rows: number): void {
  const next = session.shown?.neighbour(rows);
  if (next) session.shown?.openQuestion(next.id);
}

/** Asks which answer to the open question, and how it is to be marked. */
export async function changeMark(session: InterrogationSession): Promise<void> {
  const question = session.review.needOpen();
  const answers = session.page?.answers ?? [];
  const answer = await window.showQuickPick(
    answers.map(({ sample, text, mark }) => ({
      label: `${sample + 1}  ${text || l10n.t("(empty)")}`,
      ...(mark && { description: markNames[mark]() }),
      sample,
    })),
    { title: l10n.t("Change the mark of which answer?") },
  );
  if (!answer) return;
  const title = l10n.t("How is answer {0} to be marked?", answer.sample + 1);
  const marks = (["right", "wrong", "uninformative"] as const).map((mark) => ({ label: markNames[mark](), mark }));
  const chosen = await window.showQuickPick(marks, { title });
  if (chosen) session.review.mark(question, answer.sample, chosen.mark);
}

const markNames = {
  right: () => l10n.t("right"),
  wrong: () => l10n.t("wrong, informative"),
  uninformative: () => l10n.t("not informative"),
};

export async function exportShown(session: InterrogationSession): Promise<void> {
  const { open, options } = session.needShown();
  await exportDataSet(open.report, options);
}

/** The run to a file of the person's choice: its answers, all of it, or a report. */
export async function exportRun(
  session: InterrogationSession,
  { services }: Pick<PanelParts, "services">,
  format: ExportFormat,
): Promise<void> {
  const { open } = session.needShown();
  if (open.tokens === 0) throw new UserError(l10n.t("There is nothing to export yet."));
  await exportThroughDialog(interrogationExports, open, session.name ?? "run", services.writtenBy, format);
}

async function showInEditor(
  session: InterrogationSession,
  { link }: Pick<PanelParts, "link">,
  file: string,
  line: number,
): Promise<void> {
  const place = new Position(line - 1, 0);
  const viewColumn = link.column;
  await window.showTextDocument(await fileOf(session, file), { viewColumn, selection: new Range(place, place) });
}

/** Colours the file that is shown by what is known, or takes the colours away. */
async function showHeat(session: InterrogationSession, on: boolean): Promise<void> {
  if (!on) return void (await vscodeCommands.executeCommand(ids.hideKnowledge));
  const { file } = session.needShown().document;
  await vscodeCommands.executeCommand(ids.showKnowledge, await fileOf(session, file));
}

/** Throws UserError where the file is not to be found. */
async function fileOf(session: InterrogationSession, name: string): Promise<Uri> {
  const { source } = session.setup.setup;
  const set = source.kind === "files" ? source.files.find((each) => each.name === name) : undefined;
  const found = set ? Uri.parse(set.uri) : await fileNamed(name);
  if (found) return found;
  throw new UserError(l10n.t("{0} is not in this workspace. The run holds its text; it is shown here.", name));
}
