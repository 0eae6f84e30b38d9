import { env, l10n, type Uri, workspace } from "vscode";
import type { ExportOptions } from "../../../webview/interrogation/figures";
import type { InterrogationState, panelContract, Role, SetupChange } from "../../../webview/interrogation/protocol";
import type { ForecastView, Setup, Source } from "../../../webview/interrogation/setup";
import type { ModelView } from "../../../webview/reasoning/setup";
import type { InterrogationEvent, InterrogationSpec } from "../../experiments/interrogation/spec";
import { UserError } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import type { Remote } from "../../rpc/rpc";
import { Paces } from "../reasoning/forecasts";
import { modelView } from "../reasoning/modelViews";
import { ModelWork } from "../runs/modelWork";
import { beginRun } from "../runs/openRun";
import { refuseBusy, refuseUntrusted } from "../runs/refusals";
import { folderText, recentRuns, runFolder, runName } from "../runs/runFolder";
import type { RunPanelSession } from "../runs/runPanel";
import { StateSender } from "../runs/stateSender";
import { Asking } from "./asking";
import { forecastView } from "./forecasts";
import { type InterrogationRun, interrogationRuns, listedRuns } from "./interrogationRun";
import type { SessionServices } from "./interrogationServices";
import { undoText } from "./personEvents";
import { Review } from "./review";
import { modelsView, runView } from "./runView";
import { SetupState } from "./setupState";
import { firstSetup, setupOf } from "./setups";
import { ShownRun } from "./shownRun";
import { nameOf } from "./texts";

/** Opens another panel with a setup and runs it; `origin` is the run whose texts it may mean. */
export type BeginElsewhere = (setup: Setup, origin: InterrogationSpec) => Promise<void>;

/** The place a session is shown in. */
export interface SessionHome {
  /** It shows one file for good: runs begin elsewhere. */
  readonly bound: { readonly beginElsewhere: BeginElsewhere } | undefined;
  /** Another run is shown, or none. */
  readonly renamed: () => void;
  /** The run that is shown knows more, or is another one. */
  readonly learned: () => void;
}

/** One interrogation's panel: what is set up, the run that is shown, what a person does to its questions. */
export class InterrogationSession implements RunPanelSession<Setup> {
  private readonly store = new DisposableStore();
  private readonly work: ModelWork;
  private readonly sender: StateSender<InterrogationState>;
  private readonly asking: Asking;
  readonly review: Review;
  private readonly paces: Paces;
  readonly setup: SetupState;
  private run: ShownRun | undefined;
  /** The run whose texts the setup means, where it is shown elsewhere or no more. */
  private origin: InterrogationSpec | undefined;
  private beginning = false;
  private recent: InterrogationState["recent"] = [];

  constructor(
    private readonly services: SessionServices,
    private readonly panel: Remote<typeof panelContract>,
    private readonly home: SessionHome,
  ) {
    const { models, log, memento, tokenizers } = services;
    this.sender = this.store.add(new StateSender((parts) => panel.tell("update", parts), this.parts));
    this.work = new ModelWork(models, log, "interrogation", () => this.sender.mark("busy", "problem", "models"));
    this.paces = new Paces(memento, models);
    this.asking = new Asking(this.work, models, {
      told: () => this.sender.mark("running", "run"),
      ended: (run, pace) => this.ended(run, pace),
    });
    this.review = new Review(this.asking, () => this.needShown());
    this.setup = new SetupState(firstSetup(models), () => this.run?.open.report.spec ?? this.origin, tokenizers, {
      changed: () => this.setupChanged(),
      found: () => this.sender.mark("source", "forecast", "run"),
      failed: (error) => this.complain(error),
    });
    this.store.add({ dispose: () => this.setup.dispose() });
    this.store.add(models.onDidChange(() => this.sender.mark("models", "run", "forecast")));
    this.store.add(workspace.onDidGrantWorkspaceTrust(() => this.trusted()));
  }

  /** The panel can show things from now on. */
  async start(): Promise<void> {
    this.sender.start();
    this.remember();
    void this.listRecent();
  }

  /** The run that is shown. */
  get shown(): ShownRun | undefined {
    return this.run;
  }

  /** A name for the title bar. */
  get name(): string | undefined {
    const spec = this.run?.open.report.spec;
    return spec && nameOf(spec);
  }

  /** Whether other texts can be set up here: no run is shown, and nothing is asked. */
  get free(): boolean {
    return !this.run && !this.work.running;
  }

  /** Takes back what the panel had kept over a reload. */
  restore(setup: Setup, origin?: InterrogationSpec): void {
    this.origin = origin;
    this.setup.replace(setup);
  }

  /** Shows a saved run; `itsSetup` takes its settings over. Rejects where it cannot be read. */
  async showRun(uri: Uri, itsSetup: boolean): Promise<void> {
    const open = await this.services.runs.open(uri);
    this.show(open);
    if (itsSetup) this.setup.replace(setupOf(open.report.spec, this.setup.setup));
  }

  complain(error: unknown): void {
    this.work.fail(error);
  }

  use(source: Source): void {
    this.setup.use(source);
  }

  change(change: SetupChange): void {
    this.setup.change(change);
  }

  useRunsSetup(): void {
    this.setup.takeFrom(this.needShown().open.report.spec);
  }

  async pickModel(role: Role): Promise<void> {
    const current = this.setup.setup[role] ?? undefined;
    const titles: Readonly<Record<Role, string>> = {
      probed: l10n.t("Ask which model?"),
      writer: l10n.t("Which model writes the questions?"),
      judge: l10n.t("Which model marks the answers?"),
    };
    const { models } = this.services;
    const chosen = await models.pick({ title: titles[role], needs: "sample", ...(current && { current }) });
    if (chosen !== undefined) this.setup.useModel(role, chosen);
  }

  /** Starts a new run of the setup. */
  async begin(): Promise<void> {
    refuseUntrusted();
    refuseBusy(this.work);
    // Pressed twice, Run begins one run.
    if (this.beginning) return;
    this.beginning = true;
    try {
      await this.setup.find();
      const { spec, texts, setup } = this.setup;
      if (!spec)
        throw new UserError(texts.problem ?? l10n.t("Choose a text first: a file, a folder, or a file of facts."));
      if (setup.asker === "writer" && setup.writer === null) {
        throw new UserError(l10n.t("Choose a model that writes the questions, or let rules ask."));
      }
      const { bound } = this.home;
      if (bound) await bound.beginElsewhere(setup, this.needShown().open.report.spec);
      else void this.asking.goOn(await this.newRun(spec));
    } finally {
      this.beginning = false;
    }
  }

  private async newRun(spec: InterrogationSpec): Promise<InterrogationRun> {
    const now = new Date();
    const name = runName(l10n.t("what it knows of {0}", nameOf(spec)), now);
    const by = this.services.writtenBy;
    const open = await beginRun(interrogationRuns, runFolder(this.services.storage), name, { spec, by, now });
    this.services.runs.adopt(open);
    this.show(open);
    return open;
  }

  async goOn(): Promise<void> {
    const run = this.needRun();
    this.asking.refuse(run);
    void this.asking.goOn(run);
  }

  pause(): Promise<void> {
    return this.asking.pause();
  }

  async stop(): Promise<void> {
    if (this.asking.running) return this.asking.stop();
    const run = this.needRun();
    if (run.report.ended === undefined) run.add({ type: "ended", reason: "stopped" });
  }

  async drawMore(samples: number): Promise<void> {
    const run = this.needRun();
    const { spec } = run.report;
    if (spec.sampler.temperature === 0) {
      throw new UserError(
        l10n.t("Greedy answers are all alike, so more of them tell nothing. Run with a temperature above 0."),
      );
    }
    this.asking.refuse(run);
    run.add({ type: "extended", samples: Math.min(100, spec.samples + samples) });
    void this.asking.goOn(run);
  }

  forecastMore(samples: number): ForecastView {
    const { report } = this.needRun();
    return forecastView({ ...report.spec, samples }, report.questions.size, report, this.pace(report.spec.probed));
  }

  startOver(): void {
    refuseBusy(this.work);
    this.close();
    this.shownChanged();
    void this.listRecent();
  }

  /** For a command: the panel opens the fields of the question that is open. Throws UserError where none is. */
  fixOpen(): void {
    this.review.needOpen();
    this.panel.tell("fixOpen");
  }

  setExport(options: ExportOptions): Promise<void> {
    return this.needShown().setExport(options);
  }

  copyText(text: string): Thenable<void> {
    return env.clipboard.writeText(text);
  }

  cancel(): void {
    this.work.cancel();
  }

  /** Goes on with the run that was interrupted. */
  retry(): void {
    this.work.problem = null;
    this.sender.mark("problem");
    const run = this.run?.open;
    if (run && run.report.ended === undefined && workspace.isTrusted) void this.asking.goOn(run);
  }

  dispose(): void {
    this.sender.dispose();
    this.work.cancel();
    this.close();
    this.store.dispose();
  }

  /** Everything the panel shows, part by part. */
  private readonly parts: { readonly [K in keyof InterrogationState]: () => InterrogationState[K] } = {
    setup: () => this.setup.setup,
    models: () => modelsView(this.setup.setup, (id) => this.modelOf(id)),
    source: () => this.setup.view,
    forecast: () => this.forecast(),
    canUndoSetup: () => this.setup.canUndo,
    run: () => (this.run ? runView(this.run.open, this.setup, (id, run) => this.modelOf(id, run)) : null),
    running: () => this.asking.running,
    figures: () => this.run?.figures ?? null,
    export: () => this.run?.export ?? null,
    files: () => this.run?.files ?? [],
    document: () => this.run?.document ?? null,
    heat: () => this.run?.heat ?? [],
    list: () => this.run?.list ?? null,
    page: () => this.run?.pageView ?? null,
    undo: () => (this.run ? undoText(this.run.open.report) : null),
    recent: () => this.recent,
    folder: () => folderText(this.services.storage),
    busy: () => this.work.busy,
    problem: () => this.work.problem,
  };

  private modelOf(id: string, run?: InterrogationRun): ModelView {
    const report = run && { models: run.report.models.map(({ model }) => model) };
    return modelView(id, this.services.models, this.work.capabilities(id), report);
  }

  private forecast(): ForecastView | null {
    const { spec, texts } = this.setup;
    if (!spec) return null;
    return forecastView(spec, texts.questions, this.run?.open.report, this.pace(spec.probed));
  }

  private pace(model: string): number | undefined {
    return this.paces.of([model]).get(model);
  }

  private show(open: InterrogationRun): void {
    this.close();
    this.run = new ShownRun(open, {
      looked: () => this.sender.mark("figures", "export", "files", "heat", "list", "run"),
      added: (event) => this.added(event),
      failed: (error) => this.failed(error),
      turned: () => this.sender.mark("page"),
      leafed: () => this.sender.mark("document", "heat"),
    });
    this.shownChanged();
    // The setup may mean the texts of the run that is shown.
    if (this.setup.setup.source.kind === "run") this.setup.find().catch((error: unknown) => this.complain(error));
  }

  private close(): void {
    const { run } = this;
    if (!run) return;
    this.origin = run.open.report.spec;
    this.run = undefined;
    run.dispose();
    this.services.runs.close(run.open);
  }

  private shownChanged(): void {
    this.home.renamed();
    this.home.learned();
    this.remember();
    this.sender.markAll();
  }

  private added(event: InterrogationEvent): void {
    this.sender.mark("undo");
    // Answers and marks are told with how far the run is.
    if (event.type !== "answer" && event.type !== "marked") this.sender.mark("run");
    this.home.learned();
  }

  private failed(error: Error): void {
    this.work.cancel();
    this.complain(error);
  }

  private ended(run: InterrogationRun, pace: number | undefined): void {
    if (pace !== undefined) {
      this.paces.keep(run.report.spec.probed, pace).then(
        () => this.sender.mark("forecast"),
        (error: unknown) => this.services.log.error("interrogation", error),
      );
    }
    this.sender.mark("run", "page", "forecast");
  }

  private setupChanged(): void {
    this.sender.mark("setup", "models", "source", "forecast", "canUndoSetup", "run");
    this.remember();
  }

  /** What the panel gives back after a reload. */
  private remember(): void {
    if (!this.sender.started) return;
    const run = this.home.bound ? null : (this.run?.open.uri.toString() ?? null);
    this.panel.tell("remember", { run, setup: this.setup.setup });
  }

  private async listRecent(): Promise<void> {
    try {
      this.recent = await recentRuns(runFolder(this.services.storage), listedRuns);
      this.sender.mark("recent");
    } catch (error) {
      // The list is a way in among others; what was wrong with the folder stands in the log.
      this.services.log.error("saved runs not listed", error);
    }
  }

  /** Throws where no run is shown. */
  needShown(): ShownRun {
    if (!this.run) throw new UserError(l10n.t("There is no run yet. Press Run, or open a saved one."));
    return this.run;
  }

  private needRun(): InterrogationRun {
    return this.needShown().open;
  }

  /** What only waited for trust can be asked for now. */
  private trusted(): void {
    if (this.work.problem?.kind === "note") this.work.problem = null;
    this.sender.mark("problem");
  }
}
