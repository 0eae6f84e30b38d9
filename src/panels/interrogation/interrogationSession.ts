import { l10n } from "vscode";
import type { ExportOptions } from "../../../webview/interrogation/figures";
import type { InterrogationState, panelContract, Role, SetupChange } from "../../../webview/interrogation/protocol";
import type { QuestionPage } from "../../../webview/interrogation/review";
import type { ForecastView, Setup, Source } from "../../../webview/interrogation/setup";
import type { ModelView } from "../../../webview/runs/state";
import type { InterrogationEvent } from "../../experiments/interrogation/spec";
import { UserError } from "../../platform/commands";
import type { Remote } from "../../rpc/rpc";
import { modelView } from "../runs/modelView";
import { Paces } from "../runs/paces";
import { RunSession, type SessionHome } from "../runs/runSession";
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

/** The place a session is shown in. */
export interface InterrogationHome extends SessionHome<Setup, InterrogationRun> {
  /** The run that is shown knows more, or is another one. */
  learned(): void;
}

/** One interrogation's panel: what is set up, the run that is shown, what a person does to its questions. */
export class InterrogationSession extends RunSession<Setup, InterrogationRun, ShownRun, InterrogationState> {
  protected readonly loop: Asking;
  readonly review: Review;
  private readonly paces: Paces;
  readonly setup: SetupState;

  constructor(
    services: SessionServices,
    private readonly panel: Remote<typeof panelContract>,
    protected override readonly home: InterrogationHome,
  ) {
    super({ name: "interrogation", listed: listedRuns }, services, panel, home);
    const { models, memento, tokenizers } = services;
    this.paces = new Paces(memento, models);
    this.loop = new Asking(this.work, models, {
      inView: ({ question }) => question === this.run?.question,
      streamed: (parts) => panel.tell("streamed", parts),
      told: () => this.sender.mark("running", "run"),
      ended: (run, pace) => this.ended(run, pace),
    });
    this.review = new Review(this.loop, () => this.needShown());
    this.setup = new SetupState(firstSetup(models), () => this.run?.open.report.spec ?? this.origin, tokenizers, {
      changed: () => this.setupChanged(),
      found: () => this.sender.mark("source", "forecast", "run"),
      failed: (error) => this.complain(error),
    });
    this.store.add({ dispose: () => this.setup.dispose() });
    this.store.add(models.onDidChange(() => this.sender.mark("models", "run", "forecast")));
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

  use(source: Source): void {
    this.setup.use(source);
  }

  change(change: SetupChange): void {
    this.setup.change(change);
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

  async drawMore(samples: number): Promise<void> {
    const run = this.needRun();
    const { spec } = run.report;
    if (spec.sampler.temperature === 0) {
      throw new UserError(
        l10n.t("Greedy answers are all alike, so more of them tell nothing. Run with a temperature above 0."),
      );
    }
    this.refuse(run);
    run.add({ type: "extended", samples: Math.min(100, spec.samples + samples) });
    this.askRest(run);
  }

  forecastMore(samples: number): ForecastView {
    const { report } = this.needRun();
    return forecastView({ ...report.spec, samples }, report.questions.size, report, this.pace(report.spec.probed));
  }

  /** For a command: the panel opens the fields of the question that is open. Throws UserError where none is. */
  fixOpen(): void {
    this.review.needOpen();
    this.panel.tell("fixOpen");
  }

  setExport(options: ExportOptions): Promise<void> {
    return this.needShown().setExport(options);
  }

  /** Everything the panel shows, part by part. */
  protected readonly parts: { readonly [K in keyof InterrogationState]: () => InterrogationState[K] } = {
    ...this.common(),
    models: () => modelsView(this.setup.setup, (id) => this.modelOf(id)),
    source: () => this.setup.view,
    forecast: () => this.forecast(),
    run: () => (this.run ? runView(this.run.open, this.setup, (id, run) => this.modelOf(id, run)) : null),
    figures: () => this.run?.figures ?? null,
    export: () => this.run?.export ?? null,
    files: () => this.run?.files ?? [],
    document: () => this.run?.document ?? null,
    heat: () => this.run?.heat ?? [],
    list: () => this.run?.list ?? null,
    page: () => this.page,
    undo: () => (this.run ? undoText(this.run.open.report) : null),
  };

  /** The open question as the panel shows it; null for none. */
  get page(): QuestionPage | null {
    return this.run?.pageView(this.loop.live) ?? null;
  }

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

  protected setupOf({ report }: InterrogationRun): Setup {
    return setupOf(report.spec, this.setup.setup);
  }

  protected override refuseNothing(): void {
    const { spec, texts, setup } = this.setup;
    if (!spec)
      throw new UserError(texts.problem ?? l10n.t("Choose a text first: a file, a folder, or a file of facts."));
    if (setup.asker === "writer" && setup.writer === null) {
      throw new UserError(l10n.t("Choose a model that writes the questions, or let rules ask."));
    }
  }

  protected newRun(): Promise<InterrogationRun> {
    const spec = this.setup.spec!;
    return this.create(interrogationRuns, spec, l10n.t("what it knows of {0}", nameOf(spec)));
  }

  protected modelsOf({ report }: InterrogationRun): { id: string; name: string | undefined }[] {
    const { spec, models, written } = report;
    const writer = written.size < spec.snippets.length ? spec.writer : null;
    const wanted = [spec.probed, writer, spec.judge].filter((id) => id !== null);
    return wanted.map((id) => ({ id, name: models.find(({ model }) => model.id === id)?.model.name }));
  }

  protected look(open: InterrogationRun, failed: (error: Error) => void): ShownRun {
    return new ShownRun(open, {
      looked: () => this.sender.mark("figures", "export", "files", "heat", "list", "run"),
      added: (event) => this.added(event),
      failed,
      turned: () => this.sender.mark("page"),
      leafed: () => this.sender.mark("document", "heat"),
    });
  }

  protected override shownChanged(): void {
    super.shownChanged();
    this.home.learned();
    // The setup may mean the texts of the run that is shown.
    if (this.run && this.setup.setup.source.kind === "run")
      this.setup.find().catch((error: unknown) => this.complain(error));
  }

  private added(event: InterrogationEvent): void {
    this.sender.mark("undo");
    // Answers and marks are told with how far the run is.
    if (event.type !== "answer" && event.type !== "marked") this.sender.mark("run");
    this.home.learned();
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
    this.sender.mark("setup", "models", "source", "forecast", "canUndo", "run");
    this.remember();
  }
}
