import { type Disposable, l10n, type Memento, type Uri, workspace } from "vscode";
import type { Busy, Problem, RecentRun } from "../../../webview/runs/state";
import type { Models } from "../../models/models";
import { DisposableStore } from "../../platform/disposables";
import type { Log } from "../../platform/log";
import { UserError } from "../../platform/userError";
import { ModelWork } from "./modelWork";
import { beginRun, type OpenRun, type RunKind } from "./openRun";
import type { OpenRuns } from "./openRuns";
import { pickRun } from "./pickRun";
import { refuseBusy, refuseElsewhere, refuseGone, refuseUntrusted } from "./refusals";
import { folderText, type Listed, recentRuns, runFolder, runName } from "./runFolder";
import type { Kept, RunPanelSession } from "./runPanel";
import type { AskedRun } from "./runWork";
import { StateSender } from "./stateSender";

/** A run as a session needs it: `OpenRun` with what the asking loop counts. */
export interface SessionRun extends Omit<AskedRun<never>, "add" | "report">, Disposable {
  readonly uri: Uri;
  readonly report: { readonly spec: unknown; readonly ended?: unknown };
}

/** The loop that asks for a run's answers, as `RunWork` is one. */
export interface AskingLoop<Run, Running> {
  /** How far it is; null while nothing is asked. */
  readonly running: Running;
  goOn(run: Run): Promise<void>;
  pause(): Promise<void>;
  stop(run: Run): Promise<void>;
}

/** What a session works with, wherever it is shown. */
export interface RunSessionServices<Run extends SessionRun> {
  readonly models: Models;
  readonly log: Log;
  /** Folder for runs where no folder is open. */
  readonly storage: Uri;
  /** Keeps what outlives a window: how fast models were, earlier wordings, calibrations. */
  readonly memento: Memento;
  /** Program and version, for the record of a run. */
  readonly writtenBy: string;
  readonly runs: OpenRuns<Run>;
}

export type BeginElsewhere<Setup, Run extends SessionRun> = (
  setup: Setup,
  origin: Run["report"]["spec"],
) => Promise<void>;

/** The place a session is shown in. */
export interface SessionHome<Setup, Run extends SessionRun> {
  /**
   * Opens another panel with a setup and runs it; `origin` is the run whose questions the setup may mean. Undefined in a
   * panel of its own: only the editor of a saved run shows one file for good.
   */
  readonly beginElsewhere: BeginElsewhere<Setup, Run> | undefined;
  /** Another run is shown, or none. */
  renamed(): void;
}

/** The panel's half of the contract that every session uses. */
export interface SessionRemote<State, Setup> {
  tell(method: "update", parts: Partial<State>): void;
  tell(method: "remember", kept: Kept<Setup>): void;
}

/** The parts of a panel's state that every session keeps. */
export interface SessionState {
  readonly models: unknown;
  readonly setup: unknown;
  readonly recent: RecentRun[];
  readonly folder: string;
  readonly canUndo: boolean;
  readonly running: unknown;
  readonly busy: Busy | null;
  readonly problem: Problem | null;
}

/** What is set up, as every experiment's own state of it. */
export interface SessionSetup<Setup> {
  readonly setup: Setup;
  readonly canUndo: boolean;
  /** As the person wants it, with a step back. */
  step(setup: Setup): void;
  /** With nothing to take back. */
  replace(setup: Setup): void;
  /** Looks for what is to be asked. */
  find(): Promise<unknown>;
}

export interface SessionKind {
  /** Names it in the log. */
  readonly name: string;
  /** How its runs are listed. */
  readonly listed: Listed<unknown>;
}

/**
 * One panel of an experiment: what is set up, the run that is shown, the models that are asked. What differs between
 * experiments is in the subclass; what a person does alike in all of them (run, pause, stop, go on, open, close, come back
 * after a reload) is here.
 */
export abstract class RunSession<
  Setup,
  Run extends SessionRun,
  Shown extends Disposable & { readonly open: Run },
  State extends SessionState,
> implements RunPanelSession<Setup>
{
  protected readonly store = new DisposableStore();
  protected readonly work: ModelWork;
  protected readonly sender: StateSender<State>;
  protected run: Shown | undefined;
  /** The run whose questions the setup means, where it is shown elsewhere or no more. */
  protected origin: Run["report"]["spec"] | undefined;
  private beginning = false;
  private disposed = false;
  private recent: RecentRun[] = [];

  constructor(
    private readonly kind: SessionKind,
    protected readonly services: RunSessionServices<Run>,
    private readonly remote: SessionRemote<State, Setup>,
    protected readonly home: SessionHome<Setup, Run>,
  ) {
    this.sender = this.store.add(
      new StateSender<State>(
        (parts) => remote.tell("update", parts),
        () => this.parts,
      ),
    );
    this.work = new ModelWork(services.models, services.log, kind.name, () => this.worked());
    this.store.add(workspace.onDidGrantWorkspaceTrust(() => this.trusted()));
  }

  abstract readonly setup: SessionSetup<Setup>;
  /** The loop that asks. */
  protected abstract readonly loop: AskingLoop<Run, State["running"]>;
  /** Everything the panel shows, part by part. */
  protected abstract readonly parts: { readonly [K in keyof State]: () => State[K] };
  abstract readonly name: string | undefined;
  abstract readonly free: boolean;

  /** The run that is shown. */
  get shown(): Shown | undefined {
    return this.run;
  }

  /** The panel can show things from now on. */
  async start(): Promise<void> {
    if (this.disposed) return;
    this.sender.start();
    this.remember();
    void this.listRecent();
  }

  /** Takes back what the panel had kept over a reload. */
  restore(setup: Setup, origin?: Run["report"]["spec"]): void {
    this.origin = origin;
    this.setup.replace(setup);
  }

  /** Shows a saved run; `itsSetup` takes its settings over. Rejects where it cannot be read. */
  async showRun(uri: Uri, itsSetup: boolean): Promise<void> {
    const open = await this.services.runs.open(uri);
    this.show(open);
    if (itsSetup && !this.disposed) this.setup.replace(this.setupOf(open));
  }

  /** Takes the settings of the run that is shown. */
  useRunsSetup(): void {
    this.setup.step(this.setupOf(this.needRun()));
  }

  /** Says what went wrong. */
  complain(error: unknown): void {
    this.work.fail(error);
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
      if (this.disposed) return;
      this.refuseNothing();
      const { beginElsewhere } = this.home;
      if (beginElsewhere) await beginElsewhere(this.setup.setup, this.needRun().report.spec);
      else this.askRest(await this.newRun());
    } finally {
      this.beginning = false;
    }
  }

  /** Goes on with the run that is shown. */
  goOn(): void {
    const run = this.needRun();
    this.refuse(run);
    this.askRest(run);
  }

  pause(): Promise<void> {
    return this.loop.pause();
  }

  /** What came is all there will be. */
  stop(): Promise<void> {
    return this.loop.stop(this.needRun());
  }

  /** Leaves the run, which is saved, for another. */
  startOver(): void {
    refuseBusy(this.work);
    // What went wrong with the run that is left is nothing to a new one.
    this.work.problem = null;
    this.leave();
    void this.listRecent();
  }

  cancel(): void {
    this.work.cancel();
  }

  /** Goes on with the run that was interrupted, or does again what failed. */
  retry(): void {
    const again = this.failed();
    const run = this.run?.open;
    this.work.problem = null;
    this.sender.mark("problem");
    if (again) void again().catch((error: unknown) => this.complain(error));
    else if (run && run.report.ended === undefined && run.done < run.total && workspace.isTrusted) this.goOn();
  }

  /** A saved run of the person's choice, `besides` left out; undefined when they leave. */
  pickSaved(title: string, besides?: Uri): Promise<Uri | undefined> {
    return pickRun(this.services.storage, this.kind.listed, title, besides);
  }

  /** Throws where no run is shown. */
  needShown(): Shown {
    if (!this.run) throw new UserError(l10n.t("There is no run yet. Press Run, or open a saved one."));
    return this.run;
  }

  dispose(): void {
    this.disposed = true;
    this.sender.dispose();
    this.work.cancel();
    this.close();
    this.store.dispose();
  }

  /** What a run's settings come to as a setup. */
  protected abstract setupOf(run: Run): Setup;
  /** A new run of the setup, in its file and shown. */
  protected abstract newRun(): Promise<Run>;
  /** The models that a run asks. */
  protected abstract modelsOf(run: Run): readonly { readonly id: string; readonly name: string | undefined }[];
  /** A run as this panel looks at it; `fail` hears when its file can no longer be written. */
  protected abstract look(run: Run, fail: (error: Error) => void): Shown;

  /** Throws where the setup comes to nothing that could be asked. By default `newRun` says so. */
  protected refuseNothing(): void {}

  /** What a model does, or what is known of one, has changed. */
  protected worked(): void {
    this.sender.mark("busy", "problem", "models");
  }

  /** The run that was shown is left. */
  protected left(): void {}

  /** What failed and can be done again, besides asking; undefined for nothing. */
  protected failed(): (() => Promise<void>) | undefined {
    return undefined;
  }

  /** The parts of the state that are the same for all. */
  protected common(): {
    readonly [K in Exclude<keyof SessionState, "models" | "setup" | "running">]: () => SessionState[K];
  } & { readonly setup: () => Setup; readonly running: () => State["running"] } {
    return {
      setup: () => this.setup.setup,
      canUndo: () => this.setup.canUndo,
      running: () => this.loop.running,
      recent: () => this.recent,
      folder: () => folderText(this.services.storage),
      busy: () => this.work.busy,
      problem: () => this.work.problem,
    };
  }

  /** A new run in a file of its own, which is shown. Rejects where the folder cannot be written. */
  protected async create<Spec, RunEvent extends object, Report>(
    kind: RunKind<Spec, RunEvent, Report, Run & OpenRun<Spec, RunEvent, Report>>,
    spec: Spec,
    about: string,
    now = new Date(),
  ): Promise<Run> {
    const { storage, writtenBy, runs } = this.services;
    const run = await beginRun(kind, runFolder(storage), runName(about, now), { spec, by: writtenBy, now });
    runs.adopt(run);
    this.show(run);
    return run;
  }

  /** Throws where no model can be asked about the run now, and says why. */
  protected refuse(run: Run): void {
    refuseUntrusted();
    refuseBusy(this.work);
    refuseElsewhere(run);
    refuseGone(this.services.models, run, this.modelsOf(run));
  }

  /** Asks for what the run lacks. */
  protected askRest(run: Run): void {
    if (!this.disposed) void this.loop.goOn(run);
  }

  /** Shows no run. */
  protected leave(): void {
    this.close();
    this.shownChanged();
  }

  protected needRun(): Run {
    return this.needShown().open;
  }

  /** Another run is shown, or none. */
  protected shownChanged(): void {
    this.home.renamed();
    this.remember();
    this.sender.markAll();
  }

  /** What the panel gives back after a reload. */
  protected remember(): void {
    if (!this.sender.started) return;
    const run = this.home.beginElsewhere ? null : (this.run?.open.uri.toString() ?? null);
    this.remote.tell("remember", { run, setup: this.setup.setup });
  }

  private show(open: Run): void {
    this.close();
    // The panel was closed while the run was read or begun: nobody else would give it back.
    if (this.disposed) {
      this.services.runs.close(open);
      return;
    }
    this.run = this.look(open, (error) => {
      this.work.cancel();
      this.complain(error);
    });
    this.shownChanged();
  }

  private close(): void {
    const { run } = this;
    if (!run) return;
    this.origin = run.open.report.spec;
    this.run = undefined;
    this.left();
    run.dispose();
    this.services.runs.close(run.open);
  }

  private async listRecent(): Promise<void> {
    try {
      this.recent = await recentRuns(runFolder(this.services.storage), this.kind.listed);
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
}
