import { type Disposable, l10n } from "vscode";
import type { ReasoningState } from "../../../webview/reasoning/protocol";
import type { Streamed } from "../../../webview/reasoning/questions";
import type { ReasoningEvent, ReasoningSpec } from "../../experiments/reasoning/spec";
import { UserError } from "../../platform/commands";
import { formatCount } from "../../tokens/format";
import type { ModelWork } from "../runs/modelWork";
import { beginRun } from "../runs/openRun";
import { refuseBusy, refuseGone, refuseUntrusted } from "../runs/refusals";
import { runFolder, runName } from "../runs/runFolder";
import { RunWork } from "../runs/runWork";
import { ArmVersions } from "./armVersions";
import { askedEvents } from "./askedEvents";
import { LiveAnswers } from "./liveAnswers";
import type { Preparing } from "./preparing";
import { shortName } from "./questionSource";
import { type ReasoningRun, reasoningRuns } from "./reasoningRun";
import type { SessionServices } from "./reasoningServices";
import type { BeginElsewhere } from "./reasoningSession";
import type { SetupState } from "./setupState";
import type { ShownRun } from "./shownRun";

/** What asking needs of the session it is done for. */
export interface AskingHome {
  /** The run that is shown; throws where there is none. */
  shown(): ShownRun;
  /** The question whose answers are streamed. */
  inView(): string | undefined;
  streamed(parts: Streamed[]): void;
  show(run: ReasoningRun): void;
  /** Runs begin in another panel: this one shows a file for good. */
  readonly beginElsewhere: BeginElsewhere | undefined;
  changed(...parts: (keyof ReasoningState)[]): void;
  /** What was asked for has come, or was ended. */
  ended(): void;
}

/** Begins runs of the setup and goes on with them: what Run, Pause, Stop, Go on and Draw more do. */
export class Asking implements Disposable {
  readonly live: LiveAnswers;
  private readonly loop: RunWork<ReasoningEvent, ReasoningRun>;
  private readonly worded: ArmVersions;
  private beginning = false;

  constructor(
    private readonly services: SessionServices,
    private readonly work: ModelWork,
    private readonly setup: SetupState,
    private readonly preparing: Preparing,
    private readonly home: AskingHome,
  ) {
    this.worded = new ArmVersions(services.memento);
    this.live = new LiveAnswers(
      () => home.inView(),
      (parts) => home.streamed(parts),
    );
    this.loop = new RunWork(work, {
      events: (run, engines, signal) => askedEvents(run, engines, signal, this.live),
      stopped: (run) => run.add({ type: "ended", reason: "stopped" }),
      kept: ({ report }) => l10n.t("The {0} answers that came before are kept.", formatCount(report.answers.length)),
      live: () => ({ heard: this.live.tokens, unfinished: this.live.unfinished }),
      clear: () => this.live.clear(),
      told: () => home.changed("running"),
      ended: (run, pace) => this.ended(run, pace),
      opened: (engine) => void preparing.offerNoThinking(engine),
    });
  }

  /** How far it is; null while nothing is asked. */
  get running(): ReasoningState["running"] {
    return this.loop.running;
  }

  /** Earlier texts of arms that were run. */
  get versions(): ReasoningState["versions"] {
    return this.worded.all;
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
      const { spec, questions, setup } = this.setup;
      if (!spec) throw new UserError(questions.problem ?? l10n.t("Choose at least one arm to run."));
      const { beginElsewhere } = this.home;
      if (beginElsewhere) await beginElsewhere(setup, this.home.shown().open.report.spec);
      else this.again(await this.newRun(spec));
    } finally {
      this.beginning = false;
    }
  }

  goOn(): void {
    const run = this.home.shown().open;
    this.refuse(run);
    this.again(run);
  }

  /** Asks for what the run lacks. */
  again(run: ReasoningRun): void {
    void this.loop.goOn(run);
  }

  pause(): Promise<void> {
    return this.loop.pause();
  }

  async stop(): Promise<void> {
    if (this.loop.running) return this.loop.stop();
    const run = this.home.shown().open;
    if (run.report.ended === undefined) run.add({ type: "ended", reason: "stopped" });
  }

  /** So many more answers to each question. */
  drawMore(samples: number): void {
    const run = this.home.shown().open;
    const { spec } = run.report;
    if (spec.sampler.temperature === 0) {
      throw new UserError(
        l10n.t("Greedy answers are all alike, so more of them tell nothing. Run with a temperature above 0."),
      );
    }
    this.refuse(run);
    run.add({ type: "extended", samples: spec.samples + samples });
    this.again(run);
  }

  /** Throws where no model can be asked about the run now, and says why. */
  refuse(run: ReasoningRun): void {
    refuseUntrusted();
    refuseBusy(this.work);
    const { spec, models } = run.report;
    const judge = spec.grader.kind === "meaning" ? [spec.grader.judge] : [];
    const wanted = [...spec.models, ...judge].map((id) => ({
      id,
      name: models.find((model) => model.id === id)?.name,
    }));
    refuseGone(this.services.models, run, wanted);
  }

  dispose(): void {
    this.live.dispose();
  }

  private async newRun(spec: ReasoningSpec): Promise<ReasoningRun> {
    const now = new Date();
    await this.worded.keep(spec.arms, now);
    this.home.changed("versions");
    const name = runName(shortName(spec.questions, spec.source), now);
    const folder = runFolder(this.services.storage);
    const open = await beginRun(reasoningRuns, folder, name, { spec, by: this.services.writtenBy, now });
    this.services.runs.adopt(open);
    this.home.show(open);
    return open;
  }

  private ended(run: ReasoningRun, pace: number | undefined): void {
    if (pace !== undefined) {
      this.preparing
        .learn(run.report.spec, pace)
        .catch((error: unknown) => this.services.log.error("reasoning", error));
    }
    this.home.ended();
    this.home.changed("run", "page");
    this.preparing.foresee();
  }
}
