import { l10n, RelativePattern, type Uri, workspace } from "vscode";
import type { NowView } from "../../../webview/suites/cases";
import type { ChangesView, GridView } from "../../../webview/suites/grid";
import type { panelContract, SuitesState } from "../../../webview/suites/protocol";
import type { Setup } from "../../../webview/suites/setup";
import { readySuiteIds } from "../../experiments/suites/ready";
import { type AnswerId, answerKey, type SuitesEvent, sameTask, type Task } from "../../experiments/suites/spec";
import { setting } from "../../platform/configuration";
import { UserError } from "../../platform/userError";
import type { Remote } from "../../rpc/rpc";
import { LiveAnswers } from "../runs/liveAnswers";
import { modelView } from "../runs/modelView";
import { runFolder } from "../runs/runFolder";
import type { RunSessionServices } from "../runs/runSession";
import { RunSession, type SessionHome } from "../runs/runSession";
import { keptAnswers, RunWork } from "../runs/runWork";
import { changesView } from "./changesView";
import { Foresight } from "./forecasts";
import { lastRunBefore } from "./lastRun";
import { listedRuns, runView, shortName } from "./runView";
import { SetupState } from "./setupState";
import { firstSetup, isAsSetUp, setupOf } from "./setups";
import { ShownRun } from "./shownRun";
import { askedEvents, type SuitesRun, suitesRuns } from "./suitesRun";

/** One panel of sharp edges: what is set up, the run that is shown, the models that are asked. */
export class SuitesSession extends RunSession<Setup, SuitesRun, ShownRun, SuitesState> {
  protected readonly loop: RunWork<SuitesEvent, SuitesRun>;
  readonly setup: SetupState;
  private readonly foresight: Foresight;
  private readonly live: LiveAnswers<AnswerId>;
  private lastNow: NowView | null = null;
  /** Whether the setup asks what the shown run asked; undefined until it is wanted, since it looks at every case. */
  private asSetUp: boolean | undefined;
  private changes: ChangesView | null = null;

  constructor(
    services: RunSessionServices<SuitesRun>,
    panel: Remote<typeof panelContract>,
    home: SessionHome<Setup, SuitesRun>,
  ) {
    super({ name: "suites", listed: listedRuns }, services, panel, home);
    const { models, memento } = services;
    this.live = this.store.add(
      new LiveAnswers<AnswerId>({
        key: answerKey,
        inView: (answer) => this.followed !== undefined && sameTask(answer, this.followed),
        send: (parts) => {
          // An answer that begins may be to another case than the one the panel knows of.
          if (parts.some(({ from }) => from === 0)) this.sender.mark("now");
          else panel.tell("streamed", parts);
        },
      }),
    );
    this.loop = new RunWork(this.work, {
      events: (run, engines, signal) => askedEvents(run, engines, signal, this.live),
      stopped: (run) => run.add({ type: "ended", reason: "stopped" }),
      kept: ({ report }) => keptAnswers(report.answers.size),
      live: () => this.live,
      clear: () => {
        this.live.clear();
        this.sender.mark("now");
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
    this.watchOwnSuites();
  }

  override async start(): Promise<void> {
    await super.start();
    await this.setup.find();
    this.tryPace().catch((error: unknown) => this.services.log.error("suites", error));
  }

  /** A name for the title bar and for exports. */
  get name(): string | undefined {
    return this.run && shortName(this.run.open.report.spec);
  }

  /** Whether something else can be set up here: no run is shown, and nothing is asked. */
  get free(): boolean {
    return !this.run && !this.work.running;
  }

  override async showRun(uri: Uri, itsSetup: boolean): Promise<void> {
    await super.showRun(uri, itsSetup);
    // Closed meanwhile, it shows none.
    if (this.shown) this.compareWithLast();
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

  /** Puts another run beside this one; null takes it away. */
  async compareWith(other: Uri | null): Promise<void> {
    const here = this.needRun();
    if (!other) this.changes = null;
    else {
      const open = await this.services.runs.open(other);
      try {
        if (this.run?.open === here) this.changes = changesView(here, open, (id) => this.modelView(id, here).name);
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

  /** Everything the panel shows, part by part. */
  protected readonly parts: { readonly [K in keyof SuitesState]: () => SuitesState[K] } = {
    ...this.common(),
    models: () => this.setup.setup.models.map((id) => this.modelView(id)),
    offered: () => this.setup.offered,
    forecast: () => this.foresight.view,
    run: () => {
      const open = this.run?.open;
      if (!open) return null;
      this.asSetUp ??= isAsSetUp(open.report.spec, this.setup.spec);
      return runView(open, (id) => this.modelView(id, open), this.asSetUp);
    },
    grid: (): GridView | null => this.run?.grid ?? null,
    page: () => this.run?.page ?? null,
    now: () => this.nowView(),
    changes: () => this.changes,
    glob: () => setting("promptscope.suites.files"),
  };

  /** The case whose answers are shown while they come: the open one, else the one that was begun first. */
  private get followed(): Task | undefined {
    return this.run?.openTask ?? this.live.first;
  }

  private nowView(): NowView | null {
    const running = this.live.shown();
    if (!this.loop.running) this.lastNow = null;
    // Between two cases the first stays: what comes and goes at once cannot be read.
    else if (this.followed && running.length > 0) this.lastNow = this.run?.nowView(this.followed, running) ?? null;
    return this.lastNow;
  }

  private modelView(id: string, open?: SuitesRun): ReturnType<typeof modelView> {
    return modelView(id, this.services.models, this.work.capabilities(id), open?.report);
  }

  protected setupOf({ report }: SuitesRun): Setup {
    return setupOf(report.spec, this.setup.setup);
  }

  protected override refuseNothing(): void {
    if (!this.setup.spec) throw new UserError(l10n.t("Choose at least one suite to run."));
  }

  protected newRun(): Promise<SuitesRun> {
    const spec = this.setup.spec!;
    return this.create(suitesRuns, spec, shortName(spec));
  }

  protected modelsOf({ report: { spec, models } }: SuitesRun): { id: string; name: string | undefined }[] {
    return spec.models.map((id) => ({ id, name: models.find((model) => model.id === id)?.name }));
  }

  protected look(open: SuitesRun, failed: (error: Error) => void): ShownRun {
    return new ShownRun(open, {
      looked: () => this.sender.mark("grid", "page", "run", "now"),
      turned: () => this.sender.mark("page", "now"),
      failed,
    });
  }

  protected override left(): void {
    this.changes = null;
  }

  protected override shownChanged(): void {
    this.asSetUp = undefined;
    super.shownChanged();
    this.foresee();
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
    const earlier = this.loop.running ? undefined : this.run?.open.report;
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
    if (!this.sender.started || this.loop.running) return;
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
}
