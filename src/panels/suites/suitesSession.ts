import { type Disposable, l10n, RelativePattern, type Uri, workspace } from "vscode";
import type { ChangesView, GridView } from "../../../webview/suites/grid";
import type { panelContract, SuitesState } from "../../../webview/suites/protocol";
import type { Setup } from "../../../webview/suites/setup";
import { readySuiteIds } from "../../experiments/suites/ready";
import type { SuitesEvent, SuitesSpec } from "../../experiments/suites/spec";
import { setting } from "../../platform/configuration";
import { DisposableStore } from "../../platform/disposables";
import { UserError } from "../../platform/userError";
import type { Remote } from "../../rpc/rpc";
import { formatCount } from "../../tokens/format";
import { modelView } from "../reasoning/modelViews";
import { ModelWork } from "../runs/modelWork";
import { beginRun } from "../runs/openRun";
import { refuseBusy, refuseGone, refuseUntrusted } from "../runs/refusals";
import { folderText, recentRuns, runFolder, runName } from "../runs/runFolder";
import { RunWork } from "../runs/runWork";
import { StateSender } from "../runs/stateSender";
import { changesView } from "./changesView";
import { Foresight } from "./forecasts";
import { lastRunBefore } from "./lastRun";
import { listedRuns, runView, shortName } from "./runView";
import { SetupState } from "./setupState";
import { firstSetup, isAsSetUp, setupOf } from "./setups";
import { ShownRun } from "./shownRun";
import { askedEvents, type SuitesRun, suitesRuns } from "./suitesRun";
import type { SessionServices } from "./suitesServices";

/** The place a session is shown in. */
export interface SessionHome {
  /** It shows one file for good: runs begin in another panel, with that setup. */
  readonly beginElsewhere: ((setup: Setup) => Promise<void>) | undefined;
  /** Another run is shown, or none. */
  readonly renamed: () => void;
}

/** One panel of sharp edges: what is set up, the run that is shown, the models that are asked. */
export class SuitesSession implements Disposable {
  private readonly store = new DisposableStore();
  private readonly work: ModelWork;
  private readonly sender: StateSender<SuitesState>;
  private readonly asking: RunWork<SuitesEvent, SuitesRun>;
  readonly setup: SetupState;
  private readonly foresight: Foresight;
  private run: ShownRun | undefined;
  private heard = 0;
  /** Whether the setup asks what the shown run asked; undefined until it is wanted, since it looks at every case. */
  private asSetUp: boolean | undefined;
  private beginning = false;
  private changes: ChangesView | null = null;
  private recent: SuitesState["recent"] = [];

  constructor(
    private readonly services: SessionServices,
    private readonly panel: Remote<typeof panelContract>,
    private readonly home: SessionHome,
  ) {
    const { models, log, memento } = services;
    this.sender = this.store.add(new StateSender((parts) => panel.tell("update", parts), this.parts));
    this.work = new ModelWork(models, log, "suites", () => this.sender.mark("busy", "problem", "models"));
    this.asking = new RunWork(this.work, {
      events: (run, engines, signal) =>
        askedEvents(run, engines, signal, (tokens) => {
          this.heard += tokens;
        }),
      stopped: (run) => run.add({ type: "ended", reason: "stopped" }),
      kept: ({ report }) => l10n.t("The {0} answers that came before are kept.", formatCount(report.answers.size)),
      live: () => ({ heard: this.heard, unfinished: 0 }),
      clear: () => {
        this.heard = 0;
      },
      told: () => this.sender.mark("running"),
      ended: (run, pace) => this.ended(run, pace),
    });
    this.foresight = this.store.add(new Foresight(memento, models));
    this.setup = new SetupState(
      firstSetup(models.defaultFor("chat"), readySuiteIds),
      () => this.setupChanged(),
      () => this.suitesFound(),
    );
    this.store.add(models.onDidChange(() => this.sender.mark("models", "run")));
    this.store.add(workspace.onDidGrantWorkspaceTrust(() => this.trusted()));
    this.watchOwnSuites();
  }

  /** The panel can show things from now on. */
  async start(): Promise<void> {
    this.sender.start();
    this.remember();
    void this.listRecent();
    await this.setup.find();
    this.tryPace().catch((error: unknown) => this.services.log.error("suites", error));
  }

  /** The run that is shown. */
  get shown(): ShownRun | undefined {
    return this.run;
  }

  /** A name for the title bar and for exports. */
  get name(): string | undefined {
    return this.run && shortName(this.run.open.report.spec);
  }

  /** Whether something else can be set up here: no run is shown, and nothing is asked. */
  get free(): boolean {
    return !this.run && !this.work.running;
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
    this.compareWithLast();
  }

  /** Says what went wrong. */
  complain(error: unknown): void {
    this.work.fail(error);
  }

  useRunsSetup(): void {
    this.setup.takeFrom(this.needRun().report.spec);
  }

  /** In place of the model at `index`, or one more. */
  async pickModel(index: number | null): Promise<void> {
    const current = index === null ? undefined : this.setup.setup.models[index];
    const title = index === null ? l10n.t("Ask which other model as well?") : l10n.t("Ask which model?");
    const chosen = await this.services.models.pick({
      title,
      needs: "sample",
      ...(current !== undefined && { current }),
    });
    if (chosen !== undefined) this.setup.useModel(index, chosen);
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
      const { spec, setup } = this.setup;
      if (!spec) throw new UserError(l10n.t("Choose at least one suite to run."));
      const { beginElsewhere } = this.home;
      if (beginElsewhere) await beginElsewhere(setup);
      else void this.asking.goOn(await this.newRun(spec));
    } finally {
      this.beginning = false;
    }
  }

  async goOn(): Promise<void> {
    const run = this.needRun();
    refuseUntrusted();
    refuseBusy(this.work);
    const { spec, models } = run.report;
    const wanted = spec.models.map((id) => ({ id, name: models.find((model) => model.id === id)?.name }));
    refuseGone(this.services.models, run, wanted);
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

  startOver(): void {
    refuseBusy(this.work);
    this.close();
    this.shownChanged();
    void this.listRecent();
  }

  /** Puts another run beside this one; null takes it away. */
  async compareWith(other: Uri | null): Promise<void> {
    const here = this.needRun();
    if (!other) this.changes = null;
    else {
      const open = await this.services.runs.open(other);
      try {
        if (this.run?.open === here) this.changes = changesView(here, open);
      } finally {
        this.services.runs.close(open);
      }
    }
    this.sender.mark("changes");
  }

  /** The newest earlier run that asked some of the same; undefined where there is none. */
  lastRun(): Promise<Uri | undefined> {
    return lastRunBefore(this.needRun(), runFolder(this.services.storage));
  }

  cancel(): void {
    this.work.cancel();
  }

  /** Goes on with the run that was interrupted. */
  retry(): void {
    const run = this.run?.open;
    this.work.problem = null;
    this.sender.mark("problem");
    if (run && run.report.ended === undefined && run.done < run.total)
      this.goOn().catch((error: unknown) => this.complain(error));
  }

  /** Throws where no run is shown. */
  needShown(): ShownRun {
    if (!this.run) throw new UserError(l10n.t("There is no run yet. Press Run, or open a saved one."));
    return this.run;
  }

  dispose(): void {
    this.sender.dispose();
    this.work.cancel();
    this.close();
    this.store.dispose();
  }

  /** Everything the panel shows, part by part. */
  private readonly parts: { readonly [K in keyof SuitesState]: () => SuitesState[K] } = {
    setup: () => this.setup.setup,
    models: () => this.setup.setup.models.map((id) => this.modelView(id)),
    offered: () => this.setup.offered,
    forecast: () => this.foresight.view,
    canUndo: () => this.setup.canUndo,
    run: () => {
      const open = this.run?.open;
      if (!open) return null;
      this.asSetUp ??= isAsSetUp(open.report.spec, this.setup.spec);
      return runView(open, (id) => this.modelView(id, open), this.asSetUp);
    },
    running: () => this.asking.running,
    grid: (): GridView | null => this.run?.grid ?? null,
    page: () => this.run?.page ?? null,
    changes: () => this.changes,
    recent: () => this.recent,
    folder: () => folderText(this.services.storage),
    glob: () => setting("promptscope.suites.files"),
    busy: () => this.work.busy,
    problem: () => this.work.problem,
  };

  private modelView(id: string, open?: SuitesRun): ReturnType<typeof modelView> {
    return modelView(id, this.services.models, this.work.capabilities(id), open?.report);
  }

  private async newRun(spec: SuitesSpec): Promise<SuitesRun> {
    const now = new Date();
    const folder = runFolder(this.services.storage);
    const name = runName(shortName(spec), now);
    const open = await beginRun(suitesRuns, folder, name, { spec, by: this.services.writtenBy, now });
    this.services.runs.adopt(open);
    this.show(open);
    return open;
  }

  private show(open: SuitesRun): void {
    this.close();
    this.run = new ShownRun(open, {
      looked: () => this.sender.mark("grid", "page", "run"),
      turned: () => this.sender.mark("page"),
      failed: (error) => {
        this.work.cancel();
        this.complain(error);
      },
    });
    this.shownChanged();
  }

  private close(): void {
    const { run } = this;
    if (!run) return;
    this.run = undefined;
    this.changes = null;
    run.dispose();
    this.services.runs.close(run.open);
  }

  private shownChanged(): void {
    this.asSetUp = undefined;
    this.home.renamed();
    this.remember();
    this.foresee();
    this.sender.markAll();
  }

  private ended(run: SuitesRun, pace: number | undefined): void {
    this.foresight.learn(run.report.spec, pace).then(
      () => this.foresee(),
      (error: unknown) => this.services.log.error("suites", error),
    );
    this.sender.mark("run", "page");
    this.findSuites();
    if (run.report.ended === "done" && this.run?.open === run) this.compareWithLast();
  }

  /** What changed is said by itself; where there is nothing to compare with, nothing is said. */
  private compareWithLast(): void {
    this.lastRun()
      .then((last) => (last ? this.compareWith(last) : undefined))
      .catch((error: unknown) => this.services.log.error("suites: not compared with the last run", error));
  }

  private setupChanged(): void {
    this.asSetUp = undefined;
    this.sender.mark("setup", "models", "canUndo", "run");
    this.foresee();
    this.remember();
  }

  private suitesFound(): void {
    this.asSetUp = undefined;
    this.sender.mark("offered", "run");
    this.foresee();
  }

  private foresee(): void {
    const { spec } = this.setup;
    const earlier = this.asking.running ? undefined : this.run?.open.report;
    this.foresight.look(spec, earlier);
    this.sender.mark("forecast");
  }

  /** The first forecast says how long a run takes, where the built-in model can be tried. */
  private async tryPace(): Promise<void> {
    const { spec } = this.setup;
    if (!spec || this.work.running || !workspace.isTrusted) return;
    await this.foresight.tryPace(spec);
    this.foresee();
  }

  /** Own suites may have changed; while answers come there are other things to do. */
  private findSuites(): void {
    if (!this.sender.started || this.asking.running) return;
    this.setup.find().catch((error: unknown) => this.services.log.error("own suites not read", error));
  }

  private watchOwnSuites(): void {
    const look = (): void => this.findSuites();
    const [folder] = workspace.workspaceFolders ?? [];
    const glob = setting("promptscope.suites.files");
    if (!folder || glob === "") return;
    const watcher = this.store.add(workspace.createFileSystemWatcher(new RelativePattern(folder, glob)));
    this.store.add(watcher.onDidChange(look));
    this.store.add(watcher.onDidCreate(look));
    this.store.add(watcher.onDidDelete(look));
  }

  /** What the panel gives back after a reload. */
  private remember(): void {
    if (!this.sender.started) return;
    const run = this.home.beginElsewhere ? null : (this.run?.open.uri.toString() ?? null);
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

  private needRun(): SuitesRun {
    return this.needShown().open;
  }

  /** What only waited for trust can be asked for now. */
  private trusted(): void {
    if (this.work.problem?.kind === "note") this.work.problem = null;
    this.sender.mark("problem");
  }
}
