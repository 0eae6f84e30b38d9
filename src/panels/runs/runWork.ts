import { l10n } from "vscode";
import type { Running } from "../../../webview/runs/state";
import { type Engine, EngineError } from "../../inference/engine";
import { formatCount } from "../../tokens/format";
import type { ModelWork } from "./modelWork";

/** Too little to tell the time left from, seconds. */
const tellingSeconds = 1;
/** How often it is said how far a run is, milliseconds. */
const tellingMs = 200;

/** A run as the loop that asks for its answers needs it; `OpenRun` and what a subclass counts. */
export interface AskedRun<RunEvent> {
  asked: boolean;
  /** Answers that came, those that could not be asked included. */
  readonly done: number;
  readonly total: number;
  /** Sampled so far. */
  readonly tokens: number;
  readonly report: { readonly ended?: unknown };
  add(event: RunEvent): void;
  settle(): Promise<void>;
}

/** What differs from experiment to experiment in asking. */
export interface AskingParts<RunEvent, Run extends AskedRun<RunEvent>> {
  /** What the run has still to ask, going on from the events it has. */
  events(
    run: Run,
    engines: (model: string, signal: AbortSignal) => Promise<Engine>,
    signal: AbortSignal,
  ): AsyncIterable<RunEvent>;
  /** Marks a run whose end a person asked for. */
  stopped(run: Run): void;
  /** Says what is kept of a run that failed: "The 12 answers that came before are kept." Empty for nothing. */
  kept(run: Run): string;
  /** Tokens of the loop under way: all it heard, and those of answers that are not whole yet. */
  live(): { readonly heard: number; readonly unfinished: number };
  /** Forgets the live tokens of the loop before. */
  clear(): void;
  /** Hears how far it is. */
  told(): void;
  /** Hears the end, and the pace of the loop in tokens a second where it took long enough to tell. */
  ended(run: Run, tokensPerSecond: number | undefined): void;
  /** Hears of each model that is about to be asked. */
  opened?(engine: Engine): void;
}

/** Asks what a run has still to ask, and says how far it is. */
export class RunWork<RunEvent, Run extends AskedRun<RunEvent>> {
  private going: { readonly run: Run; readonly since: number; readonly done: number } | undefined;
  private stopping = false;
  /** The last loop's end: what had arrived when it was ended is still being recorded until then. */
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly work: ModelWork,
    private readonly parts: AskingParts<RunEvent, Run>,
  ) {}

  /** Null while nothing is asked. */
  get running(): Running | null {
    if (!this.going) return null;
    const { run, since, done: before } = this.going;
    const seconds = (performance.now() - since) / 1000;
    const { done, total, tokens } = run;
    const { heard, unfinished } = this.parts.live();
    const telling = seconds > tellingSeconds && done > before;
    return {
      done,
      total,
      tokens: tokens + unfinished,
      tokensPerSecond: seconds > tellingSeconds ? heard / seconds : null,
      secondsLeft: telling ? (seconds / (done - before)) * (total - done) : null,
    };
  }

  /** Asks for the rest. Errors become the problem, with what came being kept. */
  async goOn(run: Run): Promise<void> {
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

  /** What came is all there will be, of a run that is asked or was interrupted. */
  async stop(run: Run): Promise<void> {
    if (this.going) {
      this.stopping = true;
      await this.pause();
    } else if (run.report.ended === undefined) this.parts.stopped(run);
  }

  private async ask(run: Run, signal: AbortSignal): Promise<void> {
    const { parts } = this;
    parts.clear();
    this.stopping = false;
    this.going = { run, since: performance.now(), done: run.done };
    run.asked = true;
    const telling = setInterval(() => parts.told(), tellingMs);
    parts.told();
    try {
      const engines = async (model: string, stop: AbortSignal): Promise<Engine> => {
        const engine = await this.work.engine(model, stop);
        parts.opened?.(engine);
        return engine;
      };
      for await (const event of parts.events(run, engines, signal)) run.add(event);
    } catch (error) {
      throw signal.aborted || !(error instanceof EngineError) ? error : withWhatIsKept(error, parts.kept(run));
    } finally {
      clearInterval(telling);
      const seconds = (performance.now() - this.going.since) / 1000;
      const pace = seconds > tellingSeconds ? parts.live().heard / seconds : undefined;
      if (this.stopping) parts.stopped(run);
      this.stopping = false;
      this.going = undefined;
      run.asked = false;
      parts.clear();
      await run.settle();
      parts.told();
      parts.ended(run, pace);
    }
  }
}

/** Says in the words given that one or many are kept; empty for none. */
export function keptWords(count: number, one: string, many: string): string {
  if (count === 0) return "";
  return count === 1 ? one : many;
}

/** "The 12 answers that came before are kept." Empty for none. */
export function keptAnswers(answers: number): string {
  return keptWords(
    answers,
    l10n.t("The answer that came before is kept."),
    l10n.t("The {0} answers that came before are kept.", formatCount(answers)),
  );
}

function withWhatIsKept(error: EngineError, kept: string): EngineError {
  return new EngineError(error.code, kept === "" ? error.message : `${error.message} ${kept}`, error.details, {
    cause: error,
  });
}
