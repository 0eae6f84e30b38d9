import { type Disposable, l10n } from "vscode";
import type { AnswerId, CellId, ItemPage, JudgementView } from "../../../webview/hallucination/items";
import { judgements, movingAnswer } from "../../experiments/hallucination/judgements";
import type { Reading } from "../../experiments/hallucination/reading";
import { cellKey, type HallucinationEvent } from "../../experiments/hallucination/spec";
import { UserError } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import type { LiveAnswers } from "../runs/liveAnswers";
import { Corrections } from "./corrections";
import { Intervals } from "./intervals";
import { itemPage } from "./itemPage";
import type { ProbeRun } from "./probeRun";
import { ProbeViews } from "./probeViews";

/** Most pairs of answers that are shown for correcting. */
const mostJudgements = 2000;

/** What a shown probe tells its session. */
export interface ShownProbeEvents {
  /** There are new figures or rows. */
  looked(): void;
  added(event: HallucinationEvent): void;
  /** The file can no longer be written. */
  failed(error: Error): void;
  /** The open question is another one, or something is known of it. */
  turned(): void;
}

/** A probe in a panel: what follows from it, and the question that is open. */
export class ShownProbe implements Disposable {
  private readonly store = new DisposableStore();
  private readonly intervals: Intervals;
  readonly views: ProbeViews;
  readonly corrections: Corrections;
  /** Id of the open question: the person's own where there is one alone. */
  page: string | null;

  constructor(
    readonly open: ProbeRun,
    private readonly events: ShownProbeEvents,
  ) {
    this.views = this.store.add(
      new ProbeViews(open, () => {
        events.looked();
        // The open question's verdict follows from all controls.
        if (this.page !== null) events.turned();
      }),
    );
    this.intervals = this.store.add(new Intervals(() => events.turned()));
    this.corrections = new Corrections(open);
    this.store.add(open.onDidAdd((event) => this.added(event)));
    this.store.add(open.onDidFail((error) => events.failed(error)));
    const own = open.report.spec.items.filter(({ group }) => group === "asked");
    this.page = own.length === 1 ? own[0]!.id : null;
  }

  openItem(id: string | null): void {
    this.page = id;
    this.events.turned();
  }

  pageView(live: LiveAnswers<AnswerId>): ItemPage | null {
    const { open, page, views, intervals } = this;
    const { seed } = open.report.spec;
    return page === null
      ? null
      : itemPage(open, page, { fits: views.fits, intervalOf: (ids) => intervals.of(ids, seed), running: live.shown() });
  }

  tokensOf({ sample, ...id }: AnswerId): { tokens: string[]; logProbs: (number | null)[] } {
    const answer = this.open.report.cells.get(cellKey(id))?.answers.get(sample);
    if (!answer) throw new UserError(l10n.t("This answer is not in the run."));
    return { tokens: answer.tokens, logProbs: answer.logProbs };
  }

  judgements(id: CellId): JudgementView[] {
    return judgements(this.reading(id), mostJudgements).map((pair) => ({ ...pair, judge: pair.judge ?? null }));
  }

  /** Puts an answer to the meaning of another one; null gives it one of its own. */
  moveAnswer({ sample, to, ...id }: CellId & { readonly sample: number; readonly to: number | null }): void {
    const said = movingAnswer(this.reading(id), sample, to ?? undefined);
    if (said.length > 0) this.corrections.make(said);
  }

  dispose(): void {
    this.store.dispose();
  }

  private reading(id: CellId): Reading {
    const cell = this.open.report.cells.get(cellKey(id));
    if (!cell) throw new UserError(l10n.t("This question is not in the run."));
    return this.open.read(cell);
  }

  private added(event: HallucinationEvent): void {
    this.views.touch(event.type === "ended");
    if ("item" in event && event.item === this.page) this.events.turned();
    this.events.added(event);
  }
}
