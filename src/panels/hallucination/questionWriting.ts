import { l10n } from "vscode";
import { UserError } from "../../platform/commands";
import { formatCount } from "../../tokens/format";
import { LastWork } from "../runs/lastWork";
import type { ModelWork } from "../runs/modelWork";
import { writtenQuestions } from "./claimQuestions";
import type { SetupState } from "./setupState";

/** The writer's questions for the claims of a setup. */
export class QuestionWriting {
  readonly last: LastWork;

  constructor(
    private readonly work: ModelWork,
    private readonly setup: SetupState,
  ) {
    this.last = new LastWork(work);
  }

  /** Throws UserError where there is nothing to write about, or nobody to write. */
  async write(): Promise<void> {
    const { source, writer, model } = this.setup.setup;
    if (source.kind !== "claims") throw new UserError(l10n.t("Select sentences in an editor first."));
    if (writer.kind === "none")
      throw new UserError(l10n.t("Choose a writer first: a model that writes the questions."));
    const message = l10n.t("Writing questions");
    await this.last.do(message, async (signal) => {
      const engine = await this.work.engine(writer.kind === "same" ? model : writer.id, signal);
      const told = (done: number, all: number): void => this.work.say(message, done / all);
      const { claims, refused, problem } = await writtenQuestions(source.claims, engine, signal, told);
      // Changed meanwhile, the claims stand as the person left them.
      if (this.setup.setup.source === source) this.setup.use({ ...source, claims: [...claims] });
      if (problem !== undefined) this.work.tell(`${formatCount(refused)} × ${problem}`);
    });
  }
}
