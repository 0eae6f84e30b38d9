import { commands, l10n, Uri, window } from "vscode";
import type { hostContract, PanelState } from "../../../webview/reasoning/protocol";
import { armPrompt, bestArm } from "../../experiments/reasoning/exports/bestArm";
import { summarising } from "../../experiments/reasoning/summary";
import { UserError } from "../../platform/commands";
import type { Functions } from "../../rpc/rpc";
import { inSlices } from "../../tokens/slices";
import { questionAtCursor, selectedQuestion } from "../runs/editorQuestion";
import { insertText } from "../runs/insertText";
import { pickRun } from "../runs/pickRun";
import { tellingErrors } from "../runs/tellingErrors";
import { exportRun } from "./exporting";
import { pickQuestions } from "./picking";
import { listedRuns } from "./questionSource";
import type { PanelParts } from "./reasoningPanel";
import type { ReasoningSession } from "./reasoningSession";

/** What the panel's place does for its functions. */
export interface PanelHome extends PanelParts {
  start(kept: Pick<PanelState, "run" | "setup">): Promise<void>;
}

const noRows = { version: 0, total: 0, rows: [] };

/** The calls of the panel, answered by its session(). */
export function hostFunctions(session: () => ReasoningSession, home: PanelHome): Functions<typeof hostContract> {
  // What a person asked for and cannot have is said in the panel.
  const told = tellingErrors((error) => session().complain(error));
  return {
    start: (kept) => home.start(kept),
    pickModel: told((slot) => session().pickModel(slot)),
    removeSecondModel: told(() => session().setup.removeSecondModel()),
    change: told((change) => session().setup.change(change)),
    undoSetup: told(() => session().setup.undo()),
    useRunsSetup: told(() => session().useRunsSetup()),
    openQuestions: told(() => openQuestions(session())),
    useEditor: told(() => useEditor(session(), home)),
    setArm: (arm) => session().setup.setArm(arm),
    resetArm: told((id) => session().setup.resetArm(id)),
    promptTokens: ({ model, arm, question }) => session().preparing.promptTokens(model, arm, question),
    findThinkingSwitch: told(() => session().preparing.findThinkingSwitch()),
    run: told(() => session().begin()),
    pause: told(() => session().pause()),
    stop: told(() => session().stop()),
    goOn: told(() => session().goOn()),
    drawMore: told((samples) => session().drawMore(samples)),
    forecastMore: (samples) => session().forecastMore(samples),
    startOver: told(() => session().startOver()),
    setList: told(({ filter, query }) => session().shown?.views.setList(filter, query)),
    rows: ({ from, count }) => session().shown?.views.rows(from, count) ?? noRows,
    rowOf: (question) => session().shown?.views.rowOf(question) ?? null,
    openQuestion: told((id) => session().shown?.openQuestion(id)),
    tokensOf: (id) => session().needShown().tokensOf(id),
    readAs: told(({ text, ...id }) => session().needShown().readAs(id, text)),
    correct: told(({ verdict, ...id }) => session().needShown().correct(id, verdict)),
    askKnown: told(({ detail, ...id }) => session().lookInto((looking, run) => looking.known(run, id, detail))),
    askMeanKnown: told(({ questions, ...side }) =>
      session().lookInto((looking, run) => looking.meanKnown(run, side, questions)),
    ),
    plantedMistake: ({ start, end, ...id }) => session().needShown().plantedMistake(id, start, end),
    editStep: told((change) => session().lookInto((looking, run) => looking.edit(run, change))),
    measureFaithfulness: told(({ questions, continuations, ...side }) =>
      session().lookInto((looking, run) => looking.faithfulness(run, side, questions, continuations)),
    ),
    compareWith: told((what) => compare(session(), home, what)),
    openRun: told((uri) => openRun(home, uri)),
    exportRun: told((format) => exportShown(session(), home, format)),
    insertArm: told((arm) => insertArm(session(), home, arm)),
    revealFile: told(() => revealFile(session())),
    copyText: told((text) => session().copyText(text)),
    cancel: told(() => session().cancel()),
    retry: told(() => session().retry()),
    manageTrust: told(() => commands.executeCommand("workbench.trust.manage")),
    showLog: () => home.services.log.show(),
  };
}

/** A file of questions of the person's choice. */
export async function openQuestions(session: ReasoningSession): Promise<void> {
  const file = await pickQuestions();
  if (file) session.setup.use({ kind: "file", uri: file.toString(), name: file.path.split("/").at(-1)!, limit: null });
}

/** The editor's selection, or what the cursor is in. */
export async function useEditor(session: ReasoningSession, { link }: Pick<PanelParts, "link">): Promise<void> {
  const source = (await selectedQuestion(link)) ?? (await questionAtCursor(link));
  if (!source)
    throw new UserError(l10n.t("No question is selected. Select one in an editor, or put the cursor in it."));
  session.setup.use(source);
}

/** Another run beside the one that is shown; "none" takes it away. */
export async function compare(
  session: ReasoningSession,
  { services }: Pick<PanelParts, "services">,
  what: "pick" | "none",
): Promise<void> {
  if (what === "none") return session.compareWith(null);
  const { open } = session.needShown();
  const other = await pickRun(services.storage, listedRuns, l10n.t("Compare with which run?"), open.uri);
  if (other) await session.compareWith(other);
}

/** A saved run in its file's own editor; null asks which. */
export async function openRun({ services, openFile }: PanelParts, uri: string | null): Promise<void> {
  const file =
    uri === null ? await pickRun(services.storage, listedRuns, l10n.t("Open which run?"), undefined) : Uri.parse(uri);
  if (file) await openFile(file);
}

export async function exportShown(
  session: ReasoningSession,
  { services }: Pick<PanelParts, "services">,
  format: "csv" | "json" | "markdown",
): Promise<void> {
  const { name } = session;
  const { open } = session.needShown();
  if (open.report.answers.length === 0) throw new UserError(l10n.t("There is nothing to export yet."));
  await exportRun(open, name ?? "run", services.writtenBy, format);
}

/** An arm's wording at the cursor of the last editor; null for the one with the most right answers. */
export async function insertArm(
  session: ReasoningSession,
  { link }: Pick<PanelParts, "link">,
  arm: string | null,
): Promise<void> {
  const { report } = session.needShown().open;
  const { spec } = report;
  const summary = arm === null ? await inSlices(summarising(report), new AbortController().signal) : undefined;
  const chosen = arm ?? (summary && bestArm(summary, spec.models[0]!));
  if (chosen === undefined) throw new UserError(l10n.t("No answer was graded, so no wording is known to be the best."));
  const [only] = spec.questions;
  const text = armPrompt(spec, chosen, spec.questions.length === 1 ? only?.text : undefined);
  const { document, selection } = link;
  await insertText(text, document && { document, offset: selection.end });
}

async function revealFile(session: ReasoningSession): Promise<void> {
  const { open } = session.needShown();
  await open.settle();
  await window.showTextDocument(open.uri, { preview: true });
}
