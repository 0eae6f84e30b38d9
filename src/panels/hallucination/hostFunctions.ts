import { env, l10n, window } from "vscode";
import type { hostContract } from "../../../webview/hallucination/protocol";
import type { Setup } from "../../../webview/hallucination/setup";
import { UserError } from "../../platform/commands";
import type { Functions } from "../../rpc/rpc";
import { baseName } from "../baseName";
import { type EditorLink, rangeOf } from "../editorLink";
import { noRows } from "../runs/filteredList";
import { pickQuestions } from "../runs/pickFile";
import { type PanelHome, runFunctions } from "../runs/runFunctions";
import { tellingErrors } from "../runs/tellingErrors";
import { claimsSource } from "./claimQuestions";
import { type ExportFormat, exportProbe } from "./exporting";
import { fileSource, selectedSource } from "./openRequest";
import type { ProbeParts } from "./probePanel";
import type { ProbeSession } from "./probeSession";

/** The calls of the panel, answered by its session(). */
export function hostFunctions(
  session: () => ProbeSession,
  home: PanelHome<ProbeParts, Setup>,
): Functions<typeof hostContract> {
  const told = tellingErrors(session);
  const correcting = <A extends unknown[]>(act: (...args: A) => void) =>
    told((...args: A) => {
      act(...args);
      session().corrected();
    });
  return {
    ...runFunctions(session, home),
    pickModel: told((role) => session().pickModel(role)),
    setHelper: told((who, kind) => session().setup.useHelper(who, { kind })),
    change: told((change) => session().setup.change(change)),
    openQuestions: told(() => openQuestions(session())),
    useEditor: told(() => useEditor(session(), home.link)),
    useText: told(async (text) => session().setup.use(await claimsSource(text, null))),
    writeQuestions: told(() => session().writeQuestions()),
    pickPage: told((from) => pickPage(session(), home.link, from)),
    calibrate: told(() => session().calibrate()),
    setList: told(({ filter, query }) => session().shown?.views.setList(filter, query)),
    rows: ({ from, count }) => session().shown?.views.rows(from, count) ?? noRows,
    rowOf: (item) => session().shown?.views.rowOf(item) ?? null,
    openItem: told((id) => session().shown?.openItem(id)),
    tokensOf: (id) => session().needShown().tokensOf(id),
    judgements: (id) => session().needShown().judgements(id),
    correct: correcting((mark) =>
      session()
        .needShown()
        .corrections.make([{ type: "corrected", ...mark }]),
    ),
    correctPair: correcting((pair) =>
      session()
        .needShown()
        .corrections.make([{ type: "pairCorrected", ...pair }]),
    ),
    moveAnswer: correcting((move) => session().needShown().moveAnswer(move)),
    undoCorrection: correcting(() => session().needShown().corrections.undo()),
    exportRun: told((format) => exportShown(session(), home, format)),
    copyText: told((text) => env.clipboard.writeText(text)),
  };
}

/** A file of questions of the person's choice. */
export async function openQuestions(session: ProbeSession): Promise<void> {
  const file = await pickQuestions();
  if (file) session.setup.use({ kind: "file", uri: file.toString(), name: baseName(file), limit: null });
}

/** What is selected in the editor, or the claims of its file. */
export async function useEditor(session: ProbeSession, link: EditorLink): Promise<void> {
  const source = (await selectedSource(link)) ?? (await fileSource(link));
  if (!source) throw new UserError(l10n.t("No text is open in an editor. Open one, and select what to probe."));
  session.setup.use(source);
}

/** The text that is put before the questions. */
async function pickPage(
  session: ProbeSession,
  { document, selection }: EditorLink,
  from: "editor" | "file",
): Promise<void> {
  const before = session.setup.setup.books;
  const use = (page: NonNullable<Setup["books"]>["page"]): void =>
    session.setup.change({ books: { misleading: before?.misleading ?? true, change: null, page } });
  if (from === "file") {
    const [file] = (await window.showOpenDialog({ title: l10n.t("Use which file as the page?") })) ?? [];
    if (file) use({ kind: "file", uri: file.toString(), name: baseName(file) });
    return;
  }
  if (!document) throw new UserError(l10n.t("No text is open in an editor. Open the page to answer from."));
  const name = document.fileName.split(/[\\/]/).at(-1)!;
  const text = document.getText(rangeOf(document, selection));
  if (text.trim() === "") use({ kind: "file", uri: document.uri.toString(), name });
  else use({ kind: "text", text, name: l10n.t("selection of {0}", name) });
}

export async function exportShown(
  session: ProbeSession,
  { services }: Pick<ProbeParts, "services">,
  format: ExportFormat,
): Promise<void> {
  const { open } = session.needShown();
  if (open.tokens === 0) throw new UserError(l10n.t("There is nothing to export yet."));
  await exportProbe(open, session.name ?? "probe", services.writtenBy, format);
}
