import { type Disposable, env, l10n, type Uri, workspace } from "vscode";
import type {
  BesideView,
  panelContract,
  ReasoningState,
  RunView,
  SetupChange,
} from "../../../webview/reasoning/protocol";
import type { AnswerId, FilterKind, Verdict } from "../../../webview/reasoning/questions";
import type { ForecastView, Setup, Source } from "../../../webview/reasoning/setup";
import type { Arm } from "../../experiments/reasoning/arms";
import { measurePace } from "../../experiments/reasoning/forecast";
import { reading } from "../../experiments/reasoning/report";
import type { ReasoningEvent, ReasoningSpec } from "../../experiments/reasoning/spec";
import { UserError } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import type { Remote } from "../../rpc/rpc";
import { ModelWork } from "../runs/modelWork";
import { NoteError } from "../runs/problems";
import { StateSender } from "../runs/stateSender";
import { ArmVersions } from "./armVersions";
import { besideView } from "./besideView";
import { beginningOf, forecastView, Paces } from "./forecasts";
import { LiveAnswers } from "./liveAnswers";
import { Looking } from "./looking";
import { mistakeIn } from "./measurements";
import { modelView } from "./modelViews";
import { OpenRun } from "./openRun";
import { questionPage } from "./pageView";
import { promptTokens } from "./promptTokens";
import { questionsView, shortName } from "./questionSource";
import type { SessionServices } from "./reasoningServices";
import { folderText, recentRuns, runFolder, runName } from "./runFolder";
import { runView } from "./runView";
import { RunViews } from "./runViews";
import { RunWork } from "./runWork";
import { SetupState } from "./setupState";
import { changed, firstSetup, setupOf, withArm, withoutArm } from "./setups";

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
  private readonly live: LiveAnswers;
  private readonly asking: RunWork;
  private readonly looking: Looking;
  private readonly setup: SetupState;
  private readonly versions: ArmVersions;
  private readonly paces: Paces;
  private run: { readonly open: OpenRun; readonly views: RunViews; readonly following: DisposableStore } | undefined;
  /** The run whose questions the setup means, where it is shown elsewhere or no more. */
  private origin: ReasoningSpec | undefined;
  private readonly trying = new AbortController();
  private page: string | null = null;
  private beside: BesideView | null = null;
  private recent: ReasoningState["recent"] = [];

  constructor(
    private readonly services: SessionServices,
    private readonly panel: Remote<typeof panelContract>,
    private readonly home: SessionHome,
  ) {
    const { models, log, memento } = services;
    this.sender = this.store.add(new StateSender((parts) => panel.tell("update", parts), this.parts));
    this.work = new ModelWork(models, log, "reasoning", () => this.sender.mark("busy", "problem", "models"));
    this.live = this.store.add(
      new LiveAnswers(
        () => this.page ?? undefined,
        (parts) => panel.tell("streamed", parts),
      ),
    );
    this.asking = new RunWork(
      this.work,
      this.live,
      () => this.sender.mark("running"),
      (run, pace) => this.ended(run, pace),
    );
    this.looking = new Looking(this.work);
    this.versions = new ArmVersions(memento);
    this.paces = new Paces(memento, models);
    this.setup = new SetupState(
      firstSetup(models.defaultFor("chat")),
      () => this.run?.open.report.spec ?? this.origin,
      () => this.setupChanged(),
      () => this.foresee(),
    );
    this.store.add(models.onDidChange(() => this.sender.mark("models", "run", "forecast")));
    this.store.add(workspace.onDidGrantWorkspaceTrust(() => this.trusted()));
  }

  /** The panel can show things from now on. */
  async start(): Promise<void> {
    this.sender.start();
    this.remember();
    void this.listRecent();
    await this.setup.find();
    this.tryPace().catch((error: unknown) => this.services.log.error("reasoning", error));
  }

  get current(): OpenRun | undefined {
    return this.run?.open;
  }

  get currentSetup(): Setup {
    return this.setup.setup;
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
    this.use(source);
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
    if (open.report.spec.questions.length === 1) this.openQuestion(open.report.spec.questions[0]!.id);
  }

  /** Says what went wrong. */
  complain(error: unknown): void {
    this.work.fail(error);
  }

  change(change: SetupChange): void {
    this.setup.change(changed(this.setup.setup, change));
  }

  use(source: Source): void {
    this.setup.change({ ...this.setup.setup, source });
  }

  undo(): void {
    this.setup.undo();
  }

  useRunsSetup(): void {
    this.setup.change(setupOf(this.needRun().report.spec, this.setup.setup));
  }

  setArm(arm: Arm): void {
    if (arm.name.trim() === "") throw new UserError(l10n.t("The arm needs a name."));
    if (!arm.chat.includes("{question}") || !arm.document.includes("{question}")) {
      throw new UserError(l10n.t("Both texts need {question}, where the question goes."));
    }
    this.setup.change(withArm(this.setup.setup, arm));
  }

  resetArm(id: string): void {
    this.setup.change(withoutArm(this.setup.setup, id));
  }

  useModel(slot: 0 | 1, id: string): void {
    const models = this.setup.setup.models.slice();
    models[slot === 0 ? 0 : Math.min(1, models.length)] = id;
    this.setup.change({ ...this.setup.setup, models: [...new Set(models)] });
  }

  async pickModel(slot: 0 | 1): Promise<void> {
    const current = this.setup.setup.models[slot];
    const chosen = await this.services.models.pick({
      title: slot === 0 ? l10n.t("Ask which model?") : l10n.t("Compare with which model?"),
      needs: "sample",
      ...(current !== undefined && { current }),
    });
    if (chosen !== undefined) this.useModel(slot, chosen);
  }

  removeSecondModel(): void {
    this.setup.change({ ...this.setup.setup, models: this.setup.setup.models.slice(0, 1) });
  }

  /** The prompt of a question in an arm of the setup. */
  async promptTokens(model: string, armId: string, question: number): ReturnType<typeof promptTokens> {
    const { setup, questions } = this.setup;
    const arm = setup.arms.find(({ arm: { id } }) => id === armId)?.arm;
    const asked = questions.list[question];
    if (!arm || !asked) throw new UserError(l10n.t("There is no question to show it with."));
    this.refuseUntrusted();
    const signal = new AbortController().signal;
    return promptTokens(await this.services.models.engine(model, { signal }), setup, arm, asked, signal);
  }

  /** Starts a new run of the setup. */
  async begin(): Promise<void> {
    this.refuseUntrusted();
    this.refuseBusy();
    await this.setup.find();
    const { spec, questions, setup } = this.setup;
    if (!spec) throw new UserError(questions.problem ?? l10n.t("Choose at least one arm to run."));
    if (this.home.bound) return this.home.bound.beginElsewhere(setup, this.needRun().report.spec);
    const now = new Date();
    await this.versions.keep(spec.arms, now);
    this.sender.mark("versions");
    const name = runName(shortName(spec.questions, spec.source), now);
    const folder = runFolder(this.services.storage);
    const open = await OpenRun.begin(folder, name, { spec, by: this.services.writtenBy, now });
    this.services.runs.adopt(open);
    this.show(open);
    if (spec.questions.length === 1) this.openQuestion(spec.questions[0]!.id);
    void this.asking.goOn(open);
  }

  async goOn(): Promise<void> {
    const run = this.needRun();
    this.refuseUntrusted();
    this.refuseBusy();
    this.refuseGone(run);
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
    this.refuseUntrusted();
    this.refuseBusy();
    this.refuseGone(run);
    run.add({ type: "extended", samples: spec.samples + samples });
    void this.asking.goOn(run);
  }

  forecastMore(samples: number): ForecastView | null {
    const { spec } = this.needRun().report;
    const more = { ...spec, samples: spec.samples + samples };
    return forecastView(more, this.paces.of(spec.models), { done: this.needRun().report });
  }

  startOver(): void {
    this.refuseBusy();
    this.leave();
    void this.listRecent();
  }

  async setList(filter: FilterKind, query: string): Promise<void> {
    await this.run?.views.setList(filter, query);
  }

  rows(from: number, count: number): ReturnType<RunViews["rows"]> {
    return this.run?.views.rows(from, count) ?? { version: 0, total: 0, rows: [] };
  }

  rowOf(question: string): number | null {
    return this.run?.views.rowOf(question) ?? null;
  }

  openQuestion(id: string | null): void {
    this.page = id;
    this.sender.mark("page");
  }

  /** A step with a wrong number in it; null for a step without a number. */
  plantedMistake(id: AnswerId, start: number, end: number): string | null {
    return mistakeIn(this.needRun(), id, start, end);
  }

  tokensOf(id: AnswerId): { tokens: string[]; logProbs: (number | null)[] } {
    const answer = this.needRun().index.answer(id);
    if (!answer) throw new UserError(l10n.t("This answer is not in the run."));
    return { tokens: answer.tokens, logProbs: answer.logProbs };
  }

  correct({ model, question, arm, sample }: AnswerId, verdict: Verdict | null): void {
    this.needRun().add({ type: "corrected", model, question, arm, sample, verdict });
  }

  readAs(id: AnswerId, text: string): void {
    const run = this.needRun();
    const answer = run.index.answer(id);
    const event = answer && reading(run.report, answer, text);
    if (!event) throw new UserError(l10n.t("This question has no reference answer to hold it against."));
    run.add(event);
  }

  /** Looks into transcripts of the run that is shown. */
  look(what: (looking: Looking, run: OpenRun) => Promise<void>): Promise<void> {
    const run = this.needRun();
    this.refuseUntrusted();
    this.refuseBusy();
    this.refuseGone(run);
    return what(this.looking, run);
  }

  /** Puts another run beside this one; null takes it away. */
  async compareWith(other: Uri | null): Promise<void> {
    this.beside = null;
    if (other) {
      const open = await this.services.runs.open(other);
      try {
        this.beside = besideView(this.needRun(), open, this.services.models);
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
    this.work.problem = null;
    this.sender.mark("problem");
    const run = this.run?.open;
    if (this.looking.failed) void this.look(() => this.looking.again()).catch((error: unknown) => this.complain(error));
    else if (run && run.report.ended === undefined && run.done < run.total && workspace.isTrusted)
      void this.asking.goOn(run);
  }

  dispose(): void {
    this.sender.dispose();
    this.trying.abort();
    this.work.cancel();
    this.leave();
    this.store.dispose();
  }

  /** Everything the panel shows, part by part. */
  private readonly parts: { readonly [K in keyof ReasoningState]: () => ReasoningState[K] } = {
    setup: () => this.setup.setup,
    models: () => this.setup.setup.models.map((id) => modelView(id, this.services.models, this.work.capabilities(id))),
    questions: () => questionsView(this.setup.questions),
    forecast: () => this.setup.forecast,
    versions: () => this.versions.all,
    canUndo: () => this.setup.canUndo,
    run: () => this.runView(),
    running: () => this.asking.running,
    figures: () => this.run?.views.figures ?? null,
    list: () => this.run?.views.list ?? null,
    page: () => this.pageView(),
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

  private pageView(): ReasoningState["page"] {
    const open = this.run?.open;
    if (!open || this.page === null) return null;
    return questionPage(open.report, open.index, this.page, this.live.of(this.page)) ?? null;
  }

  private show(open: OpenRun): void {
    this.leave();
    const following = new DisposableStore();
    const views = following.add(new RunViews(open, () => this.sender.mark("figures", "list", "run")));
    following.add(open.onDidAdd((event) => this.added(event)));
    following.add(open.onDidFail((error) => this.failed(error)));
    this.run = { open, views, following };
    this.home.renamed();
    this.remember();
    this.sender.markAll();
  }

  private leave(): void {
    const { run } = this;
    this.run = undefined;
    this.origin = run?.open.report.spec ?? this.origin;
    this.page = null;
    this.beside = null;
    run?.following.dispose();
    if (run) this.services.runs.close(run.open);
    this.home.renamed();
    this.remember();
    this.sender.markAll();
  }

  private added(event: ReasoningEvent): void {
    this.run?.views.touch();
    if ("question" in event && event.question === this.page) this.sender.mark("page");
    if (event.type === "ended" || event.type === "model" || event.type === "extended") this.sender.mark("run");
  }

  private failed(error: Error): void {
    this.work.cancel();
    this.complain(error);
  }

  private ended(run: OpenRun, pace: number | undefined): void {
    const [model] = run.report.spec.models;
    if (pace !== undefined && model !== undefined) {
      this.paces.keep(model, pace).then(
        () => this.foresee(),
        (error: unknown) => this.services.log.error("reasoning", error),
      );
    }
    this.run?.views.touch();
    this.sender.mark("run", "page");
    this.foresee();
  }

  private setupChanged(): void {
    this.sender.mark("setup", "models", "questions", "canUndo", "run");
    this.foresee();
    this.remember();
  }

  private foresee(): void {
    const { spec } = this.setup;
    const run = this.run?.open;
    const earlier = run && !this.asking.running ? [beginningOf(run.report)] : [];
    this.setup.forecast = spec ? forecastView(spec, this.paces.of(spec.models), { earlier }) : null;
    this.sender.mark("forecast", "questions", "run");
  }

  /**
   * A few tokens of the built-in model tell how fast it is here, so that the first forecast can say how long a run takes.
   * Other models are not asked before somebody presses Run: they may cost, or take long to load.
   */
  private async tryPace(): Promise<void> {
    const { spec } = this.setup;
    const [model] = spec?.models ?? [];
    if (!spec || model === undefined || this.work.running || !workspace.isTrusted) return;
    if (this.services.models.get(model)?.kind !== "builtIn" || this.paces.of([model]).size > 0) return;
    const { signal } = this.trying;
    const pace = await measurePace(await this.services.models.engine(model, { signal }), spec, signal);
    if (pace !== undefined && !this.work.running) await this.paces.keep(model, pace);
    this.foresee();
  }

  /** What the panel gives back after a reload. */
  private remember(): void {
    if (!this.sender.started) return;
    const run = this.home.bound ? null : (this.run?.open.uri.toString() ?? null);
    this.panel.tell("remember", { run, setup: this.setup.setup });
  }

  private async listRecent(): Promise<void> {
    this.recent = await recentRuns(runFolder(this.services.storage));
    this.sender.mark("recent");
  }

  private needRun(): OpenRun {
    if (!this.run) throw new UserError(l10n.t("There is no run yet. Press Run, or open a saved one."));
    return this.run.open;
  }

  private refuseUntrusted(): void {
    if (workspace.isTrusted) return;
    throw new NoteError(
      l10n.t("Models are not run in a folder that you have not trusted: its files could be made to mislead."),
      ["trust"],
    );
  }

  private refuseBusy(): void {
    if (!this.work.running) return;
    throw new UserError(l10n.t("A model is still at work here. Wait for its end, or cancel it first."));
  }

  /** What only waited for trust can be asked for now. */
  private trusted(): void {
    if (this.work.problem?.kind === "note") this.work.problem = null;
    this.sender.mark("problem");
  }

  private refuseGone({ report, asked }: OpenRun): void {
    if (asked) throw new UserError(l10n.t("This run is being asked for in another panel. Wait for its end there."));
    const gone = report.spec.models.find((id) => !this.services.models.get(id));
    if (gone === undefined) return;
    const name = report.models.find(({ id }) => id === gone)?.name ?? gone;
    throw new NoteError(
      l10n.t("The model {0} is not here. What was saved is shown; choose another model to ask the same anew.", name),
      ["pickModel"],
    );
  }
}
