import { l10n, type Uri } from "vscode";
import type { BesideView, panelContract, ReasoningState, RunView } from "../../../webview/reasoning/protocol";
import type { AnswerId } from "../../../webview/reasoning/questions";
import type { Setup, Source } from "../../../webview/reasoning/setup";
import type { ForecastView } from "../../../webview/runs/state";
import { knownPairs } from "../../experiments/judging/judgeCheck";
import { type ReasoningEvent, sampleKey } from "../../experiments/reasoning/spec";
import { UserError } from "../../platform/commands";
import type { Remote } from "../../rpc/rpc";
import { formatCount } from "../../tokens/format";
import { LiveAnswers } from "../runs/liveAnswers";
import { modelView } from "../runs/modelView";
import type { RunSessionServices } from "../runs/runSession";
import { RunSession, type SessionHome } from "../runs/runSession";
import { keptAnswers, RunWork } from "../runs/runWork";
import { ArmVersions } from "./armVersions";
import { askedEvents } from "./askedEvents";
import { besideView } from "./besideView";
import { Looking } from "./looking";
import { Preparing } from "./preparing";
import { listedRuns, questionsView, shortName } from "./questionSource";
import { type ReasoningRun, reasoningRuns } from "./reasoningRun";
import { runView } from "./runView";
import { SetupState } from "./setupState";
import { firstSetup, setupOf } from "./setups";
import { ShownRun } from "./shownRun";

/** One reasoning panel: what is set up, the run that is shown, the models that are asked. */
export class ReasoningSession extends RunSession<Setup, ReasoningRun, ShownRun, ReasoningState> {
  protected readonly loop: RunWork<ReasoningEvent, ReasoningRun>;
  private readonly live: LiveAnswers<AnswerId>;
  private readonly worded: ArmVersions;
  private readonly looking: Looking;
  readonly setup: SetupState;
  readonly preparing: Preparing;
  private beside: BesideView | null = null;

  constructor(
    protected override readonly services: RunSessionServices<ReasoningRun>,
    panel: Remote<typeof panelContract>,
    home: SessionHome<Setup, ReasoningRun>,
  ) {
    super({ name: "reasoning", listed: listedRuns }, services, panel, home);
    const { models, memento } = services;
    this.worded = new ArmVersions(memento);
    this.live = this.store.add(
      new LiveAnswers<AnswerId>({
        key: sampleKey,
        inView: ({ question }) => question === this.run?.page,
        send: (parts) => panel.tell("streamed", parts),
      }),
    );
    this.loop = new RunWork(this.work, {
      events: (run, engines, signal) => askedEvents(run, engines, signal, this.live),
      stopped: (run) => run.add({ type: "ended", reason: "stopped" }),
      kept: ({ report }) => keptAnswers(report.answers.length),
      live: () => this.live,
      clear: () => this.live.clear(),
      told: () => this.sender.mark("running"),
      ended: (run, pace) => this.ended(run, pace),
      opened: (engine) => void this.preparing.offerNoThinking(engine),
    });
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
        () => (this.loop.running ? undefined : this.run?.open.report),
        () => this.sender.mark("forecast", "questions", "run"),
      ),
    );
    this.store.add(models.onDidChange(() => this.sender.mark("models", "judge", "run", "forecast")));
  }

  override async start(): Promise<void> {
    await super.start();
    await this.setup.find();
    this.preparing
      .tryPace(() => this.work.running)
      .catch((error: unknown) => this.services.log.error("reasoning", error));
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
  forecastMore(samples: number): Promise<ForecastView | null> {
    const { report } = this.needRun();
    return this.preparing.forecastOf(report, report.spec.samples + samples);
  }

  /** Looks into transcripts of the run that is shown. */
  lookInto(what: (looking: Looking, run: ReasoningRun) => Promise<void>): Promise<void> {
    const run = this.needRun();
    this.refuse(run);
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

  /** Everything the panel shows, part by part. */
  protected readonly parts: { readonly [K in keyof ReasoningState]: () => ReasoningState[K] } = {
    ...this.common(),
    models: () => this.setup.setup.models.map((id) => modelView(id, this.services.models, this.work.capabilities(id))),
    judge: () => this.judgeView(),
    questions: () => questionsView(this.setup.questions),
    forecast: () => this.setup.forecast,
    versions: () => this.worded.all,
    run: () => this.runView(),
    figures: () => this.run?.views.figures ?? null,
    list: () => this.run?.views.list ?? null,
    page: () => this.run?.pageView(this.live) ?? null,
    beside: () => this.beside,
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

  /** So many more answers to each question. */
  drawMore(samples: number): void {
    const run = this.needRun();
    const { spec } = run.report;
    if (spec.sampler.temperature === 0) {
      throw new UserError(
        l10n.t("Greedy answers are all alike, so more of them tell nothing. Run with a temperature above 0."),
      );
    }
    this.refuse(run);
    run.add({ type: "extended", samples: spec.samples + samples });
    this.askRest(run);
  }

  protected setupOf({ report }: ReasoningRun): Setup {
    return setupOf(report.spec, this.setup.setup);
  }

  protected override refuseNothing(): void {
    const { spec, questions } = this.setup;
    if (!spec) throw new UserError(questions.problem ?? l10n.t("Choose at least one arm to run."));
  }

  protected async newRun(): Promise<ReasoningRun> {
    const spec = this.setup.spec!;
    const now = new Date();
    await this.worded.keep(spec.arms, now);
    this.sender.mark("versions");
    return this.create(reasoningRuns, spec, shortName(spec.questions, spec.source), now);
  }

  protected modelsOf({ report: { spec, models } }: ReasoningRun): { id: string; name: string | undefined }[] {
    const judge = spec.grader.kind === "meaning" ? [spec.grader.judge] : [];
    return [...spec.models, ...judge].map((id) => ({ id, name: models.find((model) => model.id === id)?.name }));
  }

  protected look(open: ReasoningRun, failed: (error: Error) => void): ShownRun {
    return new ShownRun(open, {
      looked: () => this.sender.mark("figures", "list", "run"),
      added: (event) => this.added(event),
      failed,
      turned: () => this.sender.mark("page"),
    });
  }

  protected override worked(): void {
    super.worked();
    this.sender.mark("judge");
  }

  protected override left(): void {
    this.beside = null;
  }

  protected override failed(): (() => Promise<void>) | undefined {
    const { last } = this.looking;
    return last.failed ? () => this.lookInto(() => last.again()) : undefined;
  }

  private ended(run: ReasoningRun, pace: number | undefined): void {
    if (pace !== undefined) {
      this.preparing
        .learn(run.report.spec, pace)
        .catch((error: unknown) => this.services.log.error("reasoning", error));
    }
    this.run?.views.touch(true);
    this.sender.mark("run", "page");
    this.preparing.foresee();
  }

  private added(event: ReasoningEvent): void {
    if (event.type === "checked") {
      const [pair, all] = [formatCount(event.pair + 1), formatCount(knownPairs.length)];
      this.work.say(l10n.t("Trying the judge on pairs that mean the same or not: {0} of {1}", pair, all));
    }
    if (event.type === "ended" || event.type === "model" || event.type === "extended") this.sender.mark("run");
  }

  private setupChanged(): void {
    this.sender.mark("setup", "models", "judge", "questions", "canUndo", "run");
    this.preparing.foresee();
    this.remember();
  }
}
