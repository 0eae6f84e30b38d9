import { l10n } from "vscode";
import type { Running } from "../../../webview/reasoning/protocol";
import { runReasoning } from "../../experiments/reasoning/run";
import type { ReasoningEvent } from "../../experiments/reasoning/spec";
import { type Engine, EngineError } from "../../inference/engine";
import { formatCount } from "../../tokens/format";
import type { ModelWork } from "../runs/modelWork";
import type { LiveAnswers } from "./liveAnswers";
import type { OpenRun } from "./openRun";

/** Too little to tell the time left from, seconds. */
const tellingSeconds = 1;
/** How often it is said how far a run is, milliseconds. */
const tellingMs = 200;

/** Asks what a run has still to ask, and says how far it is. */
export class RunWork {
  private going: { readonly run: OpenRun; readonly since: number; readonly done: number } | undefined;
  private stopping = false;
  /** The last loop's end: what had arrived when it was ended is still being recorded until then. */
  private loop: Promise<void> = Promise.resolve();

  /** `told` hears how far it is, `ended` of a pace in tokens a second where one model was asked. */
  constructor(
    private readonly work: ModelWork,
    private readonly live: LiveAnswers,
    private readonly told: () => void,
    private readonly ended: (run: OpenRun, pace: number | undefined) => void,
    /** Hears of each model that is about to be asked. */
    private readonly opened: (engine: Engine) => void,
  ) {}

  /** Null while nothing is asked. */
  get running(): Running | null {
    if (!this.going) return null;
    const { run, since, done: before } = this.going;
    const seconds = (performance.now() - since) / 1000;
    const { done, total, tokens } = run;
    const telling = seconds > tellingSeconds && done > before;
    return {
      done,
      total,
      tokens: tokens + this.live.unfinished,
      tokensPerSecond: seconds > tellingSeconds ? this.live.tokens / seconds : null,
      secondsLeft: telling ? (seconds / (done - before)) * (total - done) : null,
    };
  }

  /** Asks for the rest. Errors become the problem, with what came being kept. */
  async goOn(run: OpenRun): Promise<void> {
    await this.loop;
    this.loop = this.work.run(l10n.t("Asking"), (signal) => this.ask(run, signal));
    await this.loop;
  }

  /** What came is kept. */
  async pause(): Promise<void> {
    if (!this.going) return;
    this.work.cancel();
    await this.loop;
  }

  /** What came is all there will be. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.pause();
  }

  private async ask(run: OpenRun, signal: AbortSignal): Promise<void> {
    this.live.clear();
    this.stopping = false;
    const { spec } = run.report;
    this.going = { run, since: performance.now(), done: run.done };
    run.asked = true;
    const telling = setInterval(this.told, tellingMs);
    this.told();
    try {
      const engines = async (model: string, stop: AbortSignal): Promise<Engine> => {
        const engine = await this.work.engine(model, stop);
        this.opened(engine);
        return engine;
      };
      const events = runReasoning(spec, engines, signal, eventsOf(run), this.live);
      for await (const event of events) {
        if (event.type === "sample") this.live.whole(event);
        run.add(event);
      }
    } catch (error) {
      throw signal.aborted ? error : withWhatIsKept(error, run);
    } finally {
      clearInterval(telling);
      const seconds = (performance.now() - this.going.since) / 1000;
      const pace = seconds > tellingSeconds && spec.models.length === 1 ? this.live.tokens / seconds : undefined;
      if (this.stopping) run.add({ type: "ended", reason: "stopped" });
      this.stopping = false;
      this.going = undefined;
      run.asked = false;
      this.live.clear();
      await run.settle();
      this.told();
      this.ended(run, pace);
    }
  }
}

/** What a run that goes on has to know of what came: models and answers. */
function eventsOf({ report }: OpenRun): ReasoningEvent[] {
  return [...report.models.map((model): ReasoningEvent => ({ type: "model", model })), ...report.answers];
}

function withWhatIsKept(error: unknown, { report }: OpenRun): unknown {
  if (!(error instanceof EngineError)) return error;
  const kept = l10n.t("The {0} answers that came before are kept.", formatCount(report.answers.length));
  return new EngineError(error.code, `${error.message} ${kept}`, error.details, { cause: error });
}
