import { type Disposable, l10n, type Uri, workspace } from "vscode";
import type { CalibrationView } from "../../../webview/hallucination/figures";
import type { ProbeState, panelContract } from "../../../webview/hallucination/protocol";
import type { Setup, Source } from "../../../webview/hallucination/setup";
import type { ModelView } from "../../../webview/reasoning/setup";
import { goOnProbing } from "../../experiments/hallucination/run";
import { type HallucinationEvent, type HallucinationSpec, isCalibration } from "../../experiments/hallucination/spec";
import { UserError } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import type { Remote } from "../../rpc/rpc";
import { formatCount } from "../../tokens/format";
import { modelView } from "../reasoning/modelViews";
import { ModelWork } from "../runs/modelWork";
import { beginRun } from "../runs/openRun";
import { refuseBusy, refuseGone, refuseUntrusted } from "../runs/refusals";
import { folderText, type Listed, recentRuns, runFolder, runName } from "../runs/runFolder";
import { RunWork } from "../runs/runWork";
import { StateSender } from "../runs/stateSender";
import { Calibrations, calibrationView } from "./calibrations";
import { Foresight } from "./forecasts";
import { Heard } from "./heard";
import { Inputs } from "./inputs";
import { type ProbeRun, probeRuns } from "./probeRun";
import type { SessionServices } from "./probeServices";
import { QuestionWriting } from "./questionWriting";
import { labelOf, shortName } from "./runLabel";
import { runView } from "./runView";
import { type Helping, SetupState } from "./setupState";
import { firstSetup, setupOf } from "./setups";
import { ShownProbe } from "./shownProbe";

/** The place a session is shown in. */
export interface SessionHome {
  /** It shows one file for good: this opens another panel with the setup and runs it. */
  readonly beginElsewhere: ((setup: Setup) => Promise<void>) | undefined;
  /** Another run is shown, or none. */
  readonly renamed: () => void;
}

/** How probes are listed. */
export const listedProbes: Listed<HallucinationSpec> = { experiment: probeRuns.experiment, label: labelOf };

/** Names of each class that a calibration asks about unless a person says otherwise. */
const calibrationEach = 20;

/** One panel of the probe: what is set up, the run that is shown, the models that are asked. */
export class ProbeSession implements Disposable {
  private readonly store = new DisposableStore();
  private readonly work: ModelWork;
  private readonly sender: StateSender<ProbeState>;
  private readonly asking: RunWork<HallucinationEvent, ProbeRun>;
  private readonly foresight: Foresight;
  private readonly writing: QuestionWriting;
  private readonly calibrations: Calibrations;
  readonly setup: SetupState;
  private run: ShownProbe | undefined;
  private beginning = false;
  private recent: ProbeState["recent"] = [];

  constructor(
    private readonly services: SessionServices,
    private readonly panel: Remote<typeof panelContract>,
    private readonly home: SessionHome,
  ) {
    const { models, log, memento } = services;
    this.sender = this.store.add(new StateSender((parts) => panel.tell("update", parts), this.parts));
    this.work = new ModelWork(models, log, "probe", () => this.sender.mark("busy", "problem", "models"));
    const heard = new Heard();
    this.asking = new RunWork(this.work, {
      async *events({ report }, engines, signal) {
        for await (const event of goOnProbing(report, engines, signal, heard)) {
          if (event.type === "answer") heard.whole(event.tokens.length);
          yield event;
        }
      },
      stopped: (run) => run.add({ type: "ended", reason: "stopped" }),
      kept: ({ done }) => l10n.t("The {0} questions that were answered before are kept.", formatCount(done)),
      live: () => ({ heard: heard.tokens, unfinished: heard.unfinished }),
      clear: () => heard.clear(),
      told: () => this.sender.mark("running"),
      ended: (run, pace) => this.ended(run, pace),
    });
    this.foresight = this.store.add(new Foresight(memento, models));
    this.calibrations = new Calibrations(memento, models);
    this.setup = new SetupState(
      firstSetup(models.defaultFor("chat")),
      new Inputs(services.extension),
      () => this.setupChanged(),
      () => this.foundOut(),
    );
    this.writing = new QuestionWriting(this.work, this.setup);
    this.store.add(models.onDidChange(() => this.sender.mark("models", "run", "forecast", "calibration")));
    this.store.add(workspace.onDidGrantWorkspaceTrust(() => this.trusted()));
  }

  /** The panel can show things from now on. */
  async start(): Promise<void> {
    this.sender.start();
    this.remember();
    void this.listRecent();
    await this.setup.find();
  }

  /** The run that is shown. */
  get shown(): ShownProbe | undefined {
    return this.run;
  }

  /** A name for the title bar and for exports. */
  get name(): string | undefined {
    const spec = this.run?.open.report.spec;
    return spec && shortName(spec);
  }

  /** Whether something else can be set up here: no run of many questions is shown, and nothing is asked. */
  get free(): boolean {
    const spec = this.run?.open.report.spec;
    const own = spec?.items.filter(({ group }) => group === "asked").length ?? 0;
    return own <= 1 && !(spec && isCalibration(spec)) && !this.work.running;
  }

  /** Sets something else up; a run that is shown makes way, it is saved. */
  ask(source: Source): void {
    if (this.run) this.leave();
    this.setup.use(source);
  }

  /** Takes back what the panel had kept over a reload. */
  restore(setup: Setup): void {
    this.setup.replace(setup);
  }

  /** Shows a saved run; `itsSetup` takes its settings over. Rejects where it cannot be read. */
  async showRun(uri: Uri, itsSetup: boolean): Promise<void> {
    const open = await this.services.runs.open(uri);
    this.show(open);
    if (itsSetup) this.setup.replace(setupOf(open.report.spec, this.setup.setup));
  }

  /** Says what went wrong. */
  complain(error: unknown): void {
    this.work.fail(error);
  }

  useRunsSetup(): void {
    this.setup.takeFrom(this.needShown().open.report.spec);
  }

  async pickModel(role: "probed" | Helping): Promise<void> {
    const { model, judge, writer } = this.setup.setup;
    const helper = role === "judge" ? judge : writer;
    const chosen = await this.services.models.pick({
      title: pickTitle(role),
      needs: "sample",
      current: role === "probed" || helper.kind !== "model" ? model : helper.id,
    });
    if (chosen === undefined) return;
    if (role === "probed") this.setup.useModel(chosen);
    else this.setup.useHelper(role, { kind: "model", id: chosen });
  }

  /** The writer writes the questions of the claims. */
  async writeQuestions(): Promise<void> {
    refuseUntrusted();
    refuseBusy(this.work);
    await this.writing.write();
  }

  /** Starts a new run of the setup. */
  async begin(): Promise<void> {
    refuseUntrusted();
    refuseBusy(this.work);
    // Pressed twice, Probe begins one run.
    if (this.beginning) return;
    this.beginning = true;
    try {
      await this.setup.find();
      const { asked, setup } = this.setup;
      if (!asked.spec) throw new UserError(asked.view.problem ?? l10n.t("There is nothing to ask."));
      const { beginElsewhere } = this.home;
      if (beginElsewhere) await beginElsewhere(setup);
      else void this.asking.goOn(await this.newRun(asked.spec));
    } finally {
      this.beginning = false;
    }
  }

  /** Sets a calibration of the model up and runs it. */
  async calibrate(): Promise<void> {
    refuseUntrusted();
    refuseBusy(this.work);
    this.setup.use({ kind: "calibration", each: calibrationEach });
    await this.begin();
  }

  async goOn(): Promise<void> {
    const { open } = this.needShown();
    refuseUntrusted();
    refuseBusy(this.work);
    this.refuseGone(open);
    void this.asking.goOn(open);
  }

  pause(): Promise<void> {
    return this.asking.pause();
  }

  async stop(): Promise<void> {
    if (this.asking.running) return this.asking.stop();
    const { open } = this.needShown();
    if (open.report.ended === undefined) open.add({ type: "ended", reason: "stopped" });
  }

  startOver(): void {
    refuseBusy(this.work);
    this.leave();
    void this.listRecent();
  }

  /** Says more about a correction that was made or taken back. */
  corrected(): void {
    this.sender.mark("canUndoCorrection", "page", "figures", "list");
  }

  cancel(): void {
    this.work.cancel();
  }

  /** Goes on with the run that was interrupted, or does again what failed. */
  async retry(): Promise<void> {
    const again = this.writing.failed;
    const run = this.run?.open;
    this.work.problem = null;
    this.sender.mark("problem");
    if (again) await this.writing.again();
    else if (run && run.report.ended === undefined && workspace.isTrusted) await this.goOn();
  }

  /** Throws where no run is shown. */
  needShown(): ShownProbe {
    if (!this.run) throw new UserError(l10n.t("There is no run yet. Press Probe, or open a saved one."));
    return this.run;
  }

  dispose(): void {
    this.sender.dispose();
    this.work.cancel();
    this.close();
    this.store.dispose();
  }

  /** Everything the panel shows, part by part. */
  private readonly parts: { readonly [K in keyof ProbeState]: () => ProbeState[K] } = {
    setup: () => this.setup.setup,
    models: () => this.modelsView(),
    asked: () => this.setup.asked.view,
    forecast: () => this.foresight.of(this.setup.asked.spec, this.asking.running ? undefined : this.run?.open.report),
    canUndo: () => this.setup.canUndo,
    run: () => (this.run ? runView(this.run.open, this.setup, (id) => this.modelOf(id)) : null),
    running: () => this.asking.running,
    figures: () => this.run?.views.figures ?? null,
    list: () => this.run?.views.list ?? null,
    page: () => this.run?.pageView() ?? null,
    calibration: () => this.calibration(),
    canUndoCorrection: () => this.run?.corrections.canUndo ?? false,
    recent: () => this.recent,
    folder: () => folderText(this.services.storage),
    busy: () => this.work.busy,
    problem: () => this.work.problem,
  };

  private modelsView(): ProbeState["models"] {
    const { model, judge, writer } = this.setup.setup;
    const helper = (who: Setup[Helping]): ModelView | null =>
      who.kind === "none" ? null : this.modelOf(who.kind === "same" ? model : who.id);
    return { probed: this.modelOf(model), judge: helper(judge), writer: helper(writer) };
  }

  private modelOf(id: string): ModelView {
    const models = this.run?.open.report.models.map(({ model }) => model) ?? [];
    return modelView(id, this.services.models, this.work.capabilities(id), { models });
  }

  private calibration(): CalibrationView | null {
    const found = this.run?.views.calibration;
    if (this.run && found) return calibrationView(this.run.open, found);
    return this.calibrations.of(this.run?.open.report.spec.probed ?? this.setup.setup.model);
  }

  private async newRun(spec: HallucinationSpec): Promise<ProbeRun> {
    const now = new Date();
    const folder = runFolder(this.services.storage);
    const open = await beginRun(probeRuns, folder, runName(shortName(spec), now), {
      ...{ spec, now, by: this.services.writtenBy },
    });
    this.services.runs.adopt(open);
    this.show(open);
    return open;
  }

  private show(open: ProbeRun): void {
    this.close();
    this.run = new ShownProbe(open, {
      looked: () => this.sender.mark("figures", "list", "run", "calibration"),
      added: (event) => {
        if (event.type === "ended" || event.type === "model") this.sender.mark("run");
      },
      failed: (error) => {
        this.work.cancel();
        this.complain(error);
      },
      turned: () => this.sender.mark("page"),
    });
    this.shownChanged();
  }

  private leave(): void {
    this.close();
    this.shownChanged();
  }

  private close(): void {
    const { run } = this;
    if (!run) return;
    this.run = undefined;
    this.writing.forget();
    run.dispose();
    this.services.runs.close(run.open);
  }

  private shownChanged(): void {
    this.home.renamed();
    this.remember();
    this.sender.markAll();
  }

  private ended(run: ProbeRun, pace: number | undefined): void {
    const { spec, ended } = run.report;
    const keeping = [
      this.foresight.learn(spec, pace),
      ...(ended === "done" && isCalibration(spec) ? [this.calibrations.learn(run)] : []),
    ];
    Promise.all(keeping).then(
      () => this.sender.mark("forecast", "calibration"),
      (error: unknown) => this.services.log.error("probe", error),
    );
    this.run?.views.touch();
    this.sender.mark("run", "page");
  }

  private setupChanged(): void {
    this.sender.mark("setup", "models", "canUndo", "run", "calibration");
    this.remember();
  }

  /** It is known what the setup comes to, and so what it costs. */
  private foundOut(): void {
    this.sender.mark("asked", "forecast", "run");
    const { spec } = this.setup.asked;
    if (!spec || !this.sender.started || this.work.running || !workspace.isTrusted) return;
    this.foresight.tryPace(spec).then(
      () => this.sender.mark("forecast"),
      (error: unknown) => this.services.log.error("probe", error),
    );
  }

  /** What the panel gives back after a reload. */
  private remember(): void {
    if (!this.sender.started) return;
    const run = this.home.beginElsewhere ? null : (this.run?.open.uri.toString() ?? null);
    this.panel.tell("remember", { run, setup: this.setup.setup });
  }

  private async listRecent(): Promise<void> {
    try {
      this.recent = await recentRuns(runFolder(this.services.storage), listedProbes);
      this.sender.mark("recent");
    } catch (error) {
      // The list is a way in among others; what was wrong with the folder stands in the log.
      this.services.log.error("saved runs not listed", error);
    }
  }

  /** What only waited for trust can be asked for now. */
  private trusted(): void {
    if (this.work.problem?.kind === "note") this.work.problem = null;
    this.sender.mark("problem");
  }

  private refuseGone(run: ProbeRun): void {
    const { spec, models } = run.report;
    const wanted = [spec.probed, ...(spec.judge === null ? [] : [spec.judge])];
    const names = wanted.map((id) => ({ id, name: models.find(({ model }) => model.id === id)?.model.name }));
    refuseGone(this.services.models, run, names);
  }
}

function pickTitle(role: "probed" | Helping): string {
  if (role === "probed") return l10n.t("Probe which model?");
  return role === "judge" ? l10n.t("Who says which answers mean the same?") : l10n.t("Who writes the questions?");
}
