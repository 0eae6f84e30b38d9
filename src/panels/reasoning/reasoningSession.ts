import { type Disposable, env, l10n, type Uri, workspace } from "vscode";
import type { BesideView, panelContract, ReasoningState, RunView } from "../../../webview/reasoning/protocol";
import type { ForecastView, Setup, Source } from "../../../webview/reasoning/setup";
import { knownPairs } from "../../experiments/judging/judgeCheck";
import type { ReasoningEvent, ReasoningSpec } from "../../experiments/reasoning/spec";
import { UserError } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import type { Remote } from "../../rpc/rpc";
import { formatCount } from "../../tokens/format";
import { ModelWork } from "../runs/modelWork";
import { refuseBusy } from "../runs/refusals";
import { folderText, recentRuns, runFolder } from "../runs/runFolder";
import { StateSender } from "../runs/stateSender";
import { Asking } from "./asking";
import { besideView } from "./besideView";
import { Looking } from "./looking";
import { modelView } from "./modelViews";
import { Preparing } from "./preparing";
import { listedRuns, questionsView, shortName } from "./questionSource";
import type { ReasoningRun } from "./reasoningRun";
import type { SessionServices } from "./reasoningServices";
import { runView } from "./runView";
import { SetupState } from "./setupState";
import { firstSetup, setupOf } from "./setups";
import { ShownRun } from "./shownRun";

/** Opens another panel with a setup and runs it; `origin` is the run whose questions it may mean. */
export type BeginElsewhere = (setup: Setup, origin: ReasoningSpec) => Promise<void>;

/** The place a session is shown in. */
export interface SessionHome {
  /** It shows one file for good: runs begin elsewhere. */
  readonly bound: { readonly beginElsewhere: BeginElsewhere } | undefined;
  /** Another run is shown, or none. */
  readonly renamed: () => void;
}

/** One reasoning panel: what is set up, the run that is shown, the models that are asked. */
export class ReasoningSession implements Disposable {
  private readonly store = new DisposableStore();
  private readonly work: ModelWork;
  private readonly sender: StateSender<ReasoningState>;
  readonly asking: Asking;
  private readonly looking: Looking;
  readonly setup: SetupState;
  readonly preparing: Preparing;
  private run: ShownRun | undefined;
  /** The run whose questions the setup means, where it is shown elsewhere or no more. */
  private origin: ReasoningSpec | undefined;
  private beside: BesideView | null = null;
  private recent: ReasoningState["recent"] = [];

  constructor(
    private readonly services: SessionServices,
    private readonly panel: Remote<typeof panelContract>,
    private readonly home: SessionHome,
  ) {
    const { models, log } = services;
    this.sender = this.store.add(new StateSender((parts) => panel.tell("update", parts), this.parts));
    this.work = new ModelWork(models, log, "reasoning", () => this.sender.mark("busy", "problem", "models", "judge"));
    this.looking = new Looking(this.work);
    this.setup = new SetupState(
      firstSetup(models.defaultFor("chat")),
      () => this.run?.open.report.spec ?? this.origin,
      () => this.setupChanged(),
      () => this.preparing.foresee(),
    );
    this.preparing = this.store.add(
      new Preparing(
        services,
        this.setup,
        () => (this.asking.running ? undefined : this.run?.open.report),
        () => this.sender.mark("forecast", "questions", "run"),
      ),
    );
    this.asking = this.store.add(
      new Asking(services, this.work, this.setup, this.preparing, {
        shown: () => this.needShown(),
        inView: () => this.run?.page ?? undefined,
        streamed: (parts) => panel.tell("streamed", parts),
        show: (run) => this.show(run),
        beginElsewhere: home.bound?.beginElsewhere,
        changed: (...parts) => this.sender.mark(...parts),
        ended: () => this.run?.views.touch(),
      }),
    );
    this.store.add(models.onDidChange(() => this.sender.mark("models", "judge", "run", "forecast")));
    this.store.add(workspace.onDidGrantWorkspaceTrust(() => this.trusted()));
  }

  /** The panel can show things from now on. */
  async start(): Promise<void> {
    this.sender.start();
    this.remember();
    void this.listRecent();
    await this.setup.find();
    this.preparing
      .tryPace(() => this.work.running)
      .catch((error: unknown) => this.services.log.error("reasoning", error));
  }

  /** The run that is shown. */
  get shown(): ShownRun | undefined {
    return this.run;
  }

  /** A name for the title bar and for exports. */
  get name(): string | undefined {
    const spec = this.run?.open.report.spec;
    return spec && shortName(spec.questions, spec.source);
  }

  /** Whether something else can be set up here: no run of many questions is shown, and nothing is asked. */
  get free(): boolean {
    const questions = this.run?.open.report.spec.questions.length ?? 0;
    return questions <= 1 && !this.work.running;
  }

  /** Sets another question up; a run of one question that is shown makes way, it is saved. */
  ask(source: Source): void {
    if (this.run) this.leave();
    this.setup.use(source);
  }

  /** Takes back what the panel had kept over a reload. */
  restore(setup: Setup, origin?: ReasoningSpec): void {
    this.origin = origin;
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

  async pickModel(slot: 0 | 1 | "judge"): Promise<void> {
    const { models, grader } = this.setup.setup;
    const judges = slot === "judge";
    const current = judges ? (grader.kind === "meaning" ? grader.judge : undefined) : models[slot];
    const titles = {
      0: l10n.t("Ask which model?"),
      1: l10n.t("Compare with which model?"),
      judge: l10n.t("Which model judges the meaning of answers?"),
    };
    const chosen = await this.services.models.pick({
      title: titles[slot],
      needs: "sample",
      ...(current !== undefined && { current }),
    });
    if (chosen === undefined) return;
    if (judges) this.setup.change({ grader: { kind: "meaning", judge: chosen } });
    else this.setup.useModel(slot, chosen);
  }

  /** What so many more answers to each question of the run cost. */
  forecastMore(samples: number): ForecastView {
    const { report } = this.needRun();
    return this.preparing.forecastOf(report, report.spec.samples + samples);
  }

  startOver(): void {
    refuseBusy(this.work);
    this.leave();
    void this.listRecent();
  }

  /** Looks into transcripts of the run that is shown. */
  look(what: (looking: Looking, run: ReasoningRun) => Promise<void>): Promise<void> {
    const run = this.needRun();
    this.asking.refuse(run);
    return what(this.looking, run);
  }

  /** Puts another run beside this one; null takes it away. */
  async compareWith(other: Uri | null): Promise<void> {
    this.beside = null;
    const run = this.needRun();
    if (other) {
      const open = await this.services.runs.open(other);
      try {
        const view = await besideView(run, open, this.services.models);
        if (this.run?.open === run) this.beside = view;
      } finally {
        this.services.runs.close(open);
      }
    }
    this.sender.mark("beside");
  }

  copyText(text: string): Thenable<void> {
    return env.clipboard.writeText(text);
  }

  cancel(): void {
    this.work.cancel();
  }

  /** Goes on with the run that was interrupted, or does again what failed. */
  retry(): void {
    const again = this.looking.failed;
    const run = this.run?.open;
    this.work.problem = null;
    this.sender.mark("problem");
    if (again) void this.look(() => this.looking.again()).catch((error: unknown) => this.complain(error));
    else if (run && run.report.ended === undefined && run.done < run.total && workspace.isTrusted)
      this.asking.again(run);
  }

  dispose(): void {
    this.sender.dispose();
    this.work.cancel();
    this.close();
    this.store.dispose();
  }

  /** Everything the panel shows, part by part. */
  private readonly parts: { readonly [K in keyof ReasoningState]: () => ReasoningState[K] } = {
    setup: () => this.setup.setup,
    models: () => this.setup.setup.models.map((id) => modelView(id, this.services.models, this.work.capabilities(id))),
    judge: () => this.judgeView(),
    questions: () => questionsView(this.setup.questions),
    forecast: () => this.setup.forecast,
    versions: () => this.asking.versions,
    canUndo: () => this.setup.canUndo,
    run: () => this.runView(),
    running: () => this.asking.running,
    figures: () => this.run?.views.figures ?? null,
    list: () => this.run?.views.list ?? null,
    page: () => this.run?.pageView(this.asking.live) ?? null,
    beside: () => this.beside,
    recent: () => this.recent,
    folder: () => folderText(this.services.storage),
    busy: () => this.work.busy,
    problem: () => this.work.problem,
  };

  private runView(): RunView | null {
    const open = this.run?.open;
    return open
      ? runView(open, this.setup, (id) => modelView(id, this.services.models, this.work.capabilities(id), open.report))
      : null;
  }

  private judgeView(): ReasoningState["judge"] {
    const { grader } = this.setup.setup;
    return grader.kind === "meaning"
      ? modelView(grader.judge, this.services.models, this.work.capabilities(grader.judge))
      : null;
  }

  private show(open: ReasoningRun): void {
    this.close();
    this.run = new ShownRun(open, {
      looked: () => this.sender.mark("figures", "list", "run"),
      added: (event) => this.added(event),
      failed: (error) => this.failed(error),
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
    this.origin = run.open.report.spec;
    this.run = undefined;
    this.beside = null;
    run.dispose();
    this.services.runs.close(run.open);
  }

  private shownChanged(): void {
    this.home.renamed();
    this.remember();
    this.sender.markAll();
  }

  private added(event: ReasoningEvent): void {
    if (event.type === "checked") {
      const [pair, all] = [formatCount(event.pair + 1), formatCount(knownPairs.length)];
      this.work.say(l10n.t("Trying the judge on pairs that mean the same or not: {0} of {1}", pair, all));
    }
    if (event.type === "ended" || event.type === "model" || event.type === "extended") this.sender.mark("run");
  }

  private failed(error: Error): void {
    this.work.cancel();
    this.complain(error);
  }

  private setupChanged(): void {
    this.sender.mark("setup", "models", "judge", "questions", "canUndo", "run");
    this.preparing.foresee();
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

  private needRun(): ReasoningRun {
    return this.needShown().open;
  }

  /** What only waited for trust can be asked for now. */
  private trusted(): void {
    if (this.work.problem?.kind === "note") this.work.problem = null;
    this.sender.mark("problem");
  }
}
