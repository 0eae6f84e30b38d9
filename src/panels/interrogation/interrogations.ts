import { l10n, type Uri } from "vscode";
import type { Setup } from "../../../webview/interrogation/setup";
import { contextKeys } from "../../contributions";
import type { InterrogationReport } from "../../experiments/interrogation/report";
import { readRun } from "../runs/openRun";
import type { RunPanel } from "../runs/runPanel";
import { RunPanels } from "../runs/runPanels";
import { interrogationPanel } from "./interrogationPanel";
import { type InterrogationRun, interrogationRuns } from "./interrogationRun";
import type { InterrogationServices } from "./interrogationServices";
import type { InterrogationSession } from "./interrogationSession";
import { requestedSource } from "./openRequest";
import { fileName } from "./textFiles";

/** The interrogations that are open, in panels of their own and in editors of saved runs. */
export class Interrogations extends RunPanels<InterrogationServices, InterrogationRun, Setup, InterrogationSession> {
  /** `learned` hears when a run that is shown knows more, or another one is shown. */
  constructor(
    services: InterrogationServices,
    private readonly learned: () => void,
  ) {
    super(services, contextKeys.interrogationInFront, (uri) => readRun(interrogationRuns, uri));
  }

  /** Shows a panel with what the command was called with: files, a folder, or what the editor shows. */
  async show(given: unknown, all: unknown): Promise<void> {
    const source = await requestedSource(given, all, this.parts.link);
    // A run stays where it is shown.
    const panel = this.free();
    await panel.show(async (session) => {
      if (source) session.use(source);
    });
  }

  /** The latest report that asked about a file, with the file's name in it. */
  about(file: Uri): { readonly report: InterrogationReport; readonly file: string } | undefined {
    const name = fileName(file);
    const open = this.open.all.map(({ session }) => session.shown?.open).filter((each) => each !== undefined);
    const asked = open.filter(({ report }) => report.spec.snippets.some((snippet) => snippet.file === name));
    const latest = asked.sort((a, b) => (a.created < b.created ? -1 : 1)).at(-1);
    return latest && { report: latest.report, file: name };
  }

  /** Shows the panel of the file's latest run, at a question where one is named; sets the file up where none asked about it. */
  async reveal(file: Uri, question: string | undefined): Promise<void> {
    const found = this.about(file);
    const panel = found && this.open.all.find(({ session }) => session.shown?.open.report === found.report);
    if (!panel) return this.show(file, undefined);
    await panel.show(async (session) => {
      if (question !== undefined) session.shown?.openQuestion(question);
    });
  }

  protected panelParts(): ReturnType<typeof interrogationPanel> {
    return interrogationPanel(this.parts, this.learned);
  }

  protected noneOpen(): string {
    return l10n.t("No interrogation is open. “Promptscope: Interrogate This File or Folder” opens one.");
  }

  protected override adopt(panel: RunPanel<InterrogationSession, Setup>): RunPanel<InterrogationSession, Setup> {
    panel.panel.onDidDispose(() => this.learned());
    return super.adopt(panel);
  }
}
