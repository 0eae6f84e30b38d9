import { l10n, workspace } from "vscode";
import type { Running } from "../../../webview/interrogation/protocol";
import type { AnswerId } from "../../../webview/interrogation/review";
import { goOn } from "../../experiments/interrogation/run";
import type { InterrogationEvent } from "../../experiments/interrogation/spec";
import { lineOf } from "../../experiments/interrogation/summary";
import type { Models } from "../../models/models";
import { formatCount } from "../../tokens/format";
import { LiveAnswers, type Streamed } from "../runs/liveAnswers";
import type { ModelWork } from "../runs/modelWork";
import { refuseGone } from "../runs/refusals";
import { keptWords, RunWork } from "../runs/runWork";
import type { InterrogationRun } from "./interrogationRun";

export interface AskingEvents {
  /** Whether an answer's tokens are shown as they come. */
  inView(answer: AnswerId): boolean;
  streamed(parts: Streamed<AnswerId>[]): void;
  /** How far it is has changed. */
  told(): void;
  /** The pace is in tokens a second, where it took long enough to tell. */
  ended(run: InterrogationRun, pace: number | undefined): void;
}

/** Asks what a run has still to ask, and says how far it is and where. */
export class Asking {
  private readonly loop: RunWork<InterrogationEvent, InterrogationRun>;
  readonly live: LiveAnswers<AnswerId>;
  private run: InterrogationRun | undefined;
  private at: Running["at"] = null;

  constructor(
    private readonly work: ModelWork,
    private readonly models: Models,
    { inView, streamed, told, ended }: AskingEvents,
  ) {
    const key = ({ question, sample }: AnswerId): string => JSON.stringify([question, sample]);
    this.live = new LiveAnswers<AnswerId>({ key, inView, send: streamed });
    this.loop = new RunWork(work, {
      events: (run, engines, signal) => this.events(run, engines, signal),
      stopped: (run) => run.add({ type: "ended", reason: "stopped" }),
      kept: ({ done }) =>
        keptWords(
          done,
          l10n.t("The marked answer that came before is kept."),
          l10n.t("The {0} marked answers that came before are kept.", formatCount(done)),
        ),
      live: () => this.live,
      clear: () => {
        this.live.clear();
        this.at = null;
        this.run = undefined;
      },
      told,
      ended,
    });
  }

  /** Null while nothing is asked. */
  get running(): Running | null {
    const { running } = this.loop;
    if (!running || !this.run) return null;
    const { written, spec } = this.run.report;
    return { ...running, snippets: { done: written.size, total: spec.snippets.length }, at: this.at };
  }

  /** Asks for the rest. Errors become the problem, with what came being kept. */
  goOn(run: InterrogationRun): Promise<void> {
    return this.loop.goOn(run);
  }

  pause(): Promise<void> {
    return this.loop.pause();
  }

  stop(run: InterrogationRun): Promise<void> {
    return this.loop.stop(run);
  }

  /**
   * Changes what answers are attached to, which must not happen under a run that asks: it is paused for the change and goes
   * on after it. Where everything had been asked, what the change opened is asked by itself, if that costs nobody a loading.
   */
  async whileNotAsking(run: InterrogationRun, act: () => void): Promise<void> {
    const running = this.loop.running !== null;
    if (run.asked && !running) refuseGone(this.models, run, []);
    const whole = run.report.ended === "done";
    await this.pause();
    act();
    const opened = whole && run.report.ended === undefined && this.atHand(run);
    if (running || opened) void this.goOn(run);
  }

  private async *events(
    run: InterrogationRun,
    engines: Parameters<typeof goOn>[1],
    signal: AbortSignal,
  ): AsyncGenerator<InterrogationEvent> {
    this.run = run;
    for await (const event of goOn(run.report, engines, signal, this.live)) {
      if (event.type === "answer") this.live.whole(event);
      const asked = "question" in event ? run.report.questions.get(event.question) : undefined;
      if (asked) this.at = { file: asked.snippet.file, line: lineOf(asked) };
      yield event;
    }
  }

  private atHand({ report: { spec } }: InterrogationRun): boolean {
    if (!workspace.isTrusted || this.work.running) return false;
    const ids = [spec.probed, ...(spec.judge === null ? [] : [spec.judge])];
    return ids.every((id) => {
      const entry = this.models.get(id);
      return entry?.kind === "builtIn" || entry?.state.kind === "ready";
    });
  }
}
