import { type Disposable, l10n } from "vscode";
import type { AnswerId, QuestionPage } from "../../../webview/reasoning/questions";
import type { Verdict } from "../../../webview/runs/state";
import { reading } from "../../experiments/reasoning/report";
import type { ReasoningEvent } from "../../experiments/reasoning/spec";
import { UserError } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import type { LiveAnswers } from "../runs/liveAnswers";
import { mistakeIn } from "./measurements";
import { questionPage } from "./pageView";
import type { ReasoningRun } from "./reasoningRun";
import { RunViews } from "./runViews";

/** What a shown run tells its session. */
export interface ShownRunEvents {
  /** There are new figures or rows. */
  looked(): void;
  added(event: ReasoningEvent): void;
  /** The file can no longer be written. */
  failed(error: Error): void;
  /** The open question is another one, or something happened to it. */
  turned(): void;
}

/** A run in a panel: what follows from it, and the question that is open. */
export class ShownRun implements Disposable {
  private readonly store = new DisposableStore();
  readonly views: RunViews;
  /** Id of the open question. */
  page: string | null;

  constructor(
    readonly open: ReasoningRun,
    private readonly events: ShownRunEvents,
  ) {
    this.views = this.store.add(new RunViews(open, () => events.looked()));
    this.store.add(open.onDidAdd((event) => this.added(event)));
    this.store.add(open.onDidFail((error) => events.failed(error)));
    const { questions } = open.report.spec;
    this.page = questions.length === 1 ? questions[0]!.id : null;
  }

  openQuestion(id: string | null): void {
    this.page = id;
    this.events.turned();
  }

  pageView(live: LiveAnswers<AnswerId>): QuestionPage | null {
    const { open, page } = this;
    return page === null ? null : (questionPage(open.report, open.index, page, live.shown()) ?? null);
  }

  /** A step with a wrong number in it; null for a step without a number. */
  plantedMistake(id: AnswerId, start: number, end: number): string | null {
    return mistakeIn(this.open, id, start, end);
  }

  tokensOf(id: AnswerId): { tokens: string[]; logProbs: (number | null)[] } {
    const answer = this.open.index.answer(id);
    if (!answer) throw new UserError(l10n.t("This answer is not in the run."));
    return { tokens: answer.tokens, logProbs: answer.logProbs };
  }

  /** A person's own verdict; null takes it and their reading back. */
  correct({ model, question, arm, sample }: AnswerId, verdict: Verdict | null): void {
    this.open.add({ type: "corrected", model, question, arm, sample, verdict });
  }

  /** What a person reads as the answer. */
  readAs(id: AnswerId, text: string): void {
    const answer = this.open.index.answer(id);
    const event = answer && reading(this.open.report, answer, text);
    if (!event) throw new UserError(l10n.t("This question has no reference answer to hold it against."));
    this.open.add(event);
  }

  dispose(): void {
    this.store.dispose();
  }

  private added(event: ReasoningEvent): void {
    this.views.touch(event.type === "ended");
    if ("question" in event && event.question === this.page) this.events.turned();
    this.events.added(event);
  }
}
