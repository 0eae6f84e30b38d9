import { l10n } from "vscode";
import type { Mark } from "../../experiments/interrogation/spec";
import { UserError } from "../../platform/commands";
import type { Asking } from "./asking";
import { addedEvent, fixEvent, markEvent, reviewEvent } from "./personEvents";
import type { ShownRun } from "./shownRun";

/** What a person does to the questions of the run that is shown: all of it events of the run. */
export class Review {
  /** `shown` throws where no run is shown. */
  constructor(
    private readonly asking: Asking,
    private readonly shown: () => ShownRun,
  ) {}

  /** Accepts or drops; of the open question the list's next one is opened then. Null takes the review back. */
  decide(question: string, as: "accepted" | "dropped" | null): void {
    const shown = this.shown();
    const event = reviewEvent(shown.open.report, question, as);
    const next = as !== null && shown.question === question ? shown.neighbour(1) : undefined;
    shown.open.add(event);
    if (next) shown.openQuestion(next.id);
  }

  mark(question: string, sample: number, mark: Mark | null): void {
    const { open } = this.shown();
    const event = markEvent(open.report, question, sample, mark);
    if (event) open.add(event);
  }

  /** Another wording is asked anew at once where the rest has been asked and the model is at hand. */
  async fix(question: string, given: { readonly text: string; readonly answer: string }): Promise<void> {
    const { open } = this.shown();
    const event = fixEvent(open.report, question, given);
    if (event) await this.asking.whileNotAsking(open, () => open.add(event));
  }

  /** A question of the person's own about a line; it is opened. */
  async add(given: Parameters<typeof addedEvent>[1]): Promise<void> {
    const shown = this.shown();
    const event = addedEvent(shown.open.report, given);
    await this.asking.whileNotAsking(shown.open, () => shown.open.add(event));
    shown.openQuestion(event.id);
  }

  /** Takes the last of all this back. */
  async undo(): Promise<void> {
    const { open } = this.shown();
    if (!open.report.step) throw new UserError(l10n.t("There is nothing to take back."));
    await this.asking.whileNotAsking(open, () => open.add({ type: "undone" }));
  }

  /** Id of the question that is open. Throws UserError where none is. */
  needOpen(): string {
    const { question } = this.shown();
    if (question === null) throw new UserError(l10n.t("No question is open. Choose one in the list first."));
    return question;
  }
}
