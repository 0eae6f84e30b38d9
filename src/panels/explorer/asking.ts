import { l10n, workspace } from "vscode";
import type { Growth } from "../../../webview/explorer/protocol";
import { wanted } from "../../experiments/explorer/asking";
import type { ExplorerEvent } from "../../experiments/explorer/events";
import { complete } from "../../experiments/explorer/explorer";
import { beamFrom, continueFrom, takeToken, writeText } from "../../experiments/explorer/growing";
import { EngineError } from "../../inference/engine";
import type { Models } from "../../models/models";
import { UserError } from "../../platform/commands";
import type { ModelWork } from "../runs/modelWork";
import type { Exploration } from "./exploration";
import { wantMessage } from "./wantMessage";

/** A token to go on with, as soon as the model has said what comes next. */
export interface Wish {
  readonly id: number | undefined;
  readonly text: string;
}

/** What the asking needs to know of its panel, and tells it. */
export interface Asker {
  /** Nothing is asked for a panel that shows nothing yet. */
  readonly shown: () => boolean;
  /** Whether what stands there is shown without its model. */
  readonly withoutModel: (missing: boolean) => void;
}

/**
 * Asks models for an exploration. What to ask follows from its report: after each change the same loop fills in what is
 * missing, and what was asked for an earlier state is dropped.
 */
export class Asking {
  /** True for what came from a file, until something is asked for that the file does not hold. */
  private dormant = false;
  /** The work in progress is the loop's own, and not a continuation that somebody asked for. */
  private pursuing = false;
  private wish: Wish | undefined;

  constructor(
    private readonly exploration: Exploration,
    private readonly work: ModelWork,
    private readonly models: Models,
    private readonly asker: Asker,
  ) {}

  get sleeping(): boolean {
    return this.dormant;
  }

  /** No model is loaded for what is shown now. */
  sleep(): void {
    this.dormant = true;
  }

  awake(): void {
    this.dormant = false;
  }

  /** A change by the person: what was being done is over, and what is missing now is asked for. */
  change(event: ExplorerEvent): void {
    this.work.cancel();
    this.exploration.apply(event);
    this.moved();
  }

  /** Somebody stands elsewhere. A file's exploration asks a model again as soon as it holds no answer there. */
  moved(): void {
    const { now, outlooks } = this.exploration.started;
    if (!outlooks.has(now.tree.hand)) this.dormant = false;
    this.pursue();
  }

  /** Asks for what is missing. */
  pursue(): void {
    const { report } = this.exploration;
    if (!report || !this.asker.shown()) return;
    const want = wanted(report, () => false);
    if (!want) {
      if (this.pursuing) this.work.cancel();
      return;
    }
    if (this.dormant || this.refusesUntrusted() || this.refusesGone(want.modelId)) return;
    this.asker.withoutModel(false);
    this.pursuing = true;
    const asked = this.work.run(wantMessage(want), async (signal) => {
      for await (const event of complete(report, this.work.engine, signal, (each) =>
        this.work.say(wantMessage(each)),
      )) {
        signal.throwIfAborted();
        this.exploration.apply(event);
        if (event.type === "outlook" && this.wish) return;
      }
      const next = this.work.capabilities(report.now.model.id)?.next;
      if (next?.available === false) throw new EngineError("unsupported", next.reason);
    });
    void asked.then(() => {
      if (!this.work.running) this.pursuing = false;
      return this.fulfil();
    });
  }

  /** Goes on greedily, by drawing, or with a beam. */
  grow({ how, tokens, count }: Growth): void {
    const report = this.exploration.started;
    if (this.refusesUntrusted()) return;
    this.dormant = false;
    this.pursuing = false;
    const all = how === "greedy" ? tokens : tokens * count;
    const said = (done: number) =>
      this.work.say(l10n.t("{0} of {1} tokens", done.toLocaleString(), all.toLocaleString()), done / all);
    const grown = this.work.run(l10n.t("Continuing"), async (signal) => {
      const engine = await this.work.engine(report.now.model.id, signal);
      const { sampler, seed } = report;
      const events =
        how === "beam"
          ? beamFrom(report, { width: count, tokens }, engine, signal, (step) => said(step * count))
          : continueFrom(() => this.exploration.started, { how, tokens, count, sampler, seed }, engine, signal);
      let done = 0;
      for await (const event of events) {
        signal.throwIfAborted();
        this.exploration.apply(event);
        done++;
        if (how !== "beam") said(done);
      }
      if (done === 0) this.work.tell(l10n.t("The model ends its text here: nothing was added."));
    });
    void grown.then(() => {
      if (!this.work.running && !this.work.problem) this.pursue();
    });
  }

  take(id: number, move: boolean): void {
    const { report } = this.exploration;
    const event = report && takeToken(report, id, move);
    if (event) this.change(event);
  }

  /** Goes on with a text, by the model's own tokens for it. Rejects with a message for the field. */
  async write(text: string): Promise<void> {
    const report = this.exploration.started;
    this.dormant = false;
    this.pursuing = false;
    let event: ExplorerEvent | undefined;
    await this.work.run(l10n.t("Reading the tokens"), async (signal) => {
      event = await writeText(report, text, await this.work.engine(report.now.model.id, signal), signal);
    });
    if (event) this.change(event);
    else if (this.work.problem) throw new UserError(this.work.problem.message);
  }

  /** Goes on with a token when the model has said what comes next: at once where it has. */
  async wishFor(wish: Wish): Promise<void> {
    this.wish = wish;
    await this.fulfil();
  }

  cancel(): void {
    this.work.cancel();
    const { report } = this.exploration;
    if (!report || report.outlooks.has(report.now.tree.hand)) return;
    this.work.tell(l10n.t("Cancelled: the model was not asked what comes next."), ["retry"]);
  }

  /** The token of the wished id where it means the same here, else its text. */
  private async fulfil(): Promise<void> {
    const { wish } = this;
    const { report } = this.exploration;
    const outlook = report?.outlooks.get(report.now.tree.hand);
    if (!wish || !outlook) return;
    this.wish = undefined;
    if (outlook.entries.some(({ id, text }) => id === wish.id && text === wish.text)) this.take(wish.id!, true);
    else await this.write(wish.text).catch((error: unknown) => this.work.fail(error));
  }

  private refusesUntrusted(): boolean {
    if (workspace.isTrusted) return false;
    this.work.tell(
      l10n.t("Models are not run in a folder that you have not trusted: its files could be made to mislead."),
      ["trust"],
    );
    return true;
  }

  /** Says so when a saved exploration's model is not here. */
  private refusesGone(modelId: string): boolean {
    if (this.models.get(modelId)) return false;
    const name = this.exploration.report?.now.model.name ?? modelId;
    this.asker.withoutModel(true);
    this.work.tell(
      l10n.t("The model {0} is not here. What was saved is shown; choose another model to go on.", name),
      ["pickModel"],
      modelId,
    );
    return true;
  }
}
