import { env, l10n } from "vscode";
import type { hostContract } from "../../../webview/reasoning/protocol";
import type { Setup } from "../../../webview/reasoning/setup";
import { armPrompt, bestArm } from "../../experiments/reasoning/exports/bestArm";
import { summarising } from "../../experiments/reasoning/summary";
import { UserError } from "../../platform/commands";
import type { Functions } from "../../rpc/rpc";
import { inSlices } from "../../tokens/slices";
import { baseName } from "../baseName";
import { questionAtCursor, selectedQuestion } from "../runs/editorQuestion";
import { noRows } from "../runs/filteredList";
import { insertText } from "../runs/insertText";
import { pickQuestions } from "../runs/pickFile";
import { type PanelHome, runFunctions } from "../runs/runFunctions";
import { tellingErrors } from "../runs/tellingErrors";
import { exportRun } from "./exporting";
import type { PanelParts } from "./reasoningPanel";
import type { ReasoningSession } from "./reasoningSession";

/** The calls of the panel, answered by its session(). */
export function hostFunctions(
  session: () => ReasoningSession,
  home: PanelHome<PanelParts, Setup>,
): Functions<typeof hostContract> {
  const told = tellingErrors(session);
  return {
    ...runFunctions(session, home),
    pickModel: told((slot) => session().pickModel(slot)),
    removeSecondModel: told(() => session().setup.removeSecondModel()),
    change: told((change) => session().setup.change(change)),
    openQuestions: told(() => openQuestions(session())),
    useEditor: told(() => useEditor(session(), home)),
    setArm: (arm) => session().setup.setArm(arm),
    resetArm: told((id) => session().setup.resetArm(id)),
    promptTokens: ({ model, arm, question }) => session().preparing.promptTokens(model, arm, question),
    findThinkingSwitch: told(() => session().preparing.findThinkingSwitch()),
    drawMore: told((samples) => session().drawMore(samples)),
    forecastMore: (samples) => session().forecastMore(samples),
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
    compareWith: told((what) => compare(session(), what)),
    exportRun: told((format) => exportShown(session(), home, format)),
    insertArm: told((arm) => insertArm(session(), home, arm)),
    copyText: told((text) => env.clipboard.writeText(text)),
  };
}

/** A file of questions of the person's choice. */
export async function openQuestions(session: ReasoningSession): Promise<void> {
  const file = await pickQuestions();
  if (file) session.setup.use({ kind: "file", uri: file.toString(), name: baseName(file), limit: null });
}

/** The editor's selection, or what the cursor is in. */
export async function useEditor(session: ReasoningSession, { link }: Pick<PanelParts, "link">): Promise<void> {
  const source = (await selectedQuestion(link)) ?? (await questionAtCursor(link));
  if (!source)
    throw new UserError(l10n.t("No question is selected. Select one in an editor, or put the cursor in it."));
  session.setup.use(source);
}

/** Another run beside the one that is shown; "none" takes it away. */
export async function compare(session: ReasoningSession, what: "pick" | "none"): Promise<void> {
  if (what === "none") return session.compareWith(null);
  const { open } = session.needShown();
  const other = await session.pickSaved(l10n.t("Compare with which run?"), open.uri);
  if (other) await session.compareWith(other);
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
