import { l10n, workspace } from "vscode";
import type { CalibrationView } from "../../../webview/hallucination/figures";
import type { AnswerId } from "../../../webview/hallucination/items";
import type { ProbeState, panelContract } from "../../../webview/hallucination/protocol";
import type { Setup, Source } from "../../../webview/hallucination/setup";
import type { ModelView } from "../../../webview/runs/state";
import { goOnProbing } from "../../experiments/hallucination/run";
import {
  answerKey,
  type HallucinationEvent,
  type HallucinationSpec,
  isCalibration,
} from "../../experiments/hallucination/spec";
import { UserError } from "../../platform/commands";
import type { Remote } from "../../rpc/rpc";
import { formatCount } from "../../tokens/format";
import { LiveAnswers } from "../runs/liveAnswers";
import { modelView } from "../runs/modelView";
import { refuseBusy, refuseUntrusted } from "../runs/refusals";
import type { Listed } from "../runs/runFolder";
import type { RunPanelServices } from "../runs/runPanels";
import type { RunSessionServices } from "../runs/runSession";
import { RunSession, type SessionHome } from "../runs/runSession";
import { keptWords, RunWork } from "../runs/runWork";
import { Calibrations, calibrationView } from "./calibrations";
import { Foresight } from "./forecasts";
import { Inputs } from "./inputs";
import { type ProbeRun, probeRuns } from "./probeRun";
import { QuestionWriting } from "./questionWriting";
import { labelOf, shortName } from "./runLabel";
import { runView } from "./runView";
import { type Helping, SetupState } from "./setupState";
import { firstSetup, setupOf } from "./setups";
import { ShownProbe } from "./shownProbe";

/** How probes are listed. */
export const listedProbes: Listed<HallucinationSpec> = { experiment: probeRuns.experiment, label: labelOf };

/** Names of each class that a calibration asks about unless a person says otherwise. */
const calibrationEach = 20;

/** One panel of the probe: what is set up, the run that is shown, the models that are asked. */
export class ProbeSession extends RunSession<Setup, ProbeRun, ShownProbe, ProbeState> {
  protected readonly loop: RunWork<HallucinationEvent, ProbeRun>;
  private readonly live: LiveAnswers<AnswerId>;
  private readonly foresight: Foresight;
  private readonly writing: QuestionWriting;
  private readonly calibrations: Calibrations;
  readonly setup: SetupState;

  constructor(
    services: RunSessionServices<ProbeRun> & Pick<RunPanelServices, "extension">,
    panel: Remote<typeof panelContract>,
    home: SessionHome<Setup, ProbeRun>,
  ) {
    super({ name: "probe", listed: listedProbes }, services, panel, home);
    const { models, memento } = services;
    const live = this.store.add(
      new LiveAnswers<AnswerId>({
        key: answerKey,
        inView: ({ item }) => item === this.run?.page,
        send: (parts) => panel.tell("streamed", parts),
      }),
    );
    this.live = live;
    this.loop = new RunWork(this.work, {
      async *events({ report }, engines, signal) {
        for await (const event of goOnProbing(report, engines, signal, live)) {
          if (event.type === "answer") live.whole(event);
          yield event;
        }
      },
      stopped: (run) => run.add({ type: "ended", reason: "stopped" }),
      kept: ({ done }) =>
        keptWords(
          done,
          l10n.t("The question that was answered before is kept."),
          l10n.t("The {0} questions that were answered before are kept.", formatCount(done)),
        ),
      live: () => live,
      clear: () => live.clear(),
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
  }

  override async start(): Promise<void> {
    await super.start();
    await this.setup.find();
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

  /** Sets a calibration of the model up and runs it. */
  async calibrate(): Promise<void> {
    refuseUntrusted();
    refuseBusy(this.work);
    this.setup.use({ kind: "calibration", each: calibrationEach });
    await this.begin();
  }

  /** Says more about a correction that was made or taken back. */
  corrected(): void {
    this.sender.mark("canUndoCorrection", "page", "figures", "list");
  }

  /** Everything the panel shows, part by part. */
  protected readonly parts: { readonly [K in keyof ProbeState]: () => ProbeState[K] } = {
    ...this.common(),
    models: () => this.modelsView(),
    asked: () => this.setup.asked.view,
    forecast: () => this.foresight.of(this.setup.asked.spec, this.loop.running ? undefined : this.run?.open.report),
    run: () => (this.run ? runView(this.run.open, this.setup, (id) => this.modelOf(id)) : null),
    figures: () => this.run?.views.figures ?? null,
    list: () => this.run?.views.list ?? null,
    page: () => this.run?.pageView(this.live) ?? null,
    calibration: () => this.calibration(),
    canUndoCorrection: () => this.run?.corrections.canUndo ?? false,
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

  protected setupOf({ report }: ProbeRun): Setup {
    return setupOf(report.spec, this.setup.setup);
  }

  protected override refuseNothing(): void {
    const { spec, view } = this.setup.asked;
    if (!spec) throw new UserError(view.problem ?? l10n.t("There is nothing to ask."));
  }

  protected newRun(): Promise<ProbeRun> {
    const spec = this.setup.asked.spec!;
    return this.create(probeRuns, spec, shortName(spec));
  }

  protected modelsOf({ report: { spec, models } }: ProbeRun): { id: string; name: string | undefined }[] {
    const wanted = [spec.probed, ...(spec.judge === null ? [] : [spec.judge])];
    return wanted.map((id) => ({ id, name: models.find(({ model }) => model.id === id)?.model.name }));
  }

  protected look(open: ProbeRun, failed: (error: Error) => void): ShownProbe {
    return new ShownProbe(open, {
      looked: () => this.sender.mark("figures", "list", "run", "calibration"),
      added: (event) => {
        if (event.type === "ended" || event.type === "model") this.sender.mark("run");
      },
      failed,
      turned: () => this.sender.mark("page"),
    });
  }

  protected override left(): void {
    this.writing.last.forget();
  }

  protected override failed(): (() => Promise<void>) | undefined {
    const { last } = this.writing;
    return last.failed ? () => last.again() : undefined;
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
    this.run?.views.touch(true);
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
}

function pickTitle(role: "probed" | Helping): string {
  if (role === "probed") return l10n.t("Probe which model?");
  return role === "judge" ? l10n.t("Who says which answers mean the same?") : l10n.t("Who writes the questions?");
}
