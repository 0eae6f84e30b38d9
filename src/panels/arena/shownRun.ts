import { type Disposable, l10n } from "vscode";
import type { PairView, RankingView, SheetView, VotingView } from "../../../webview/arena/protocol";
import { rankingInSlices } from "../../experiments/arena/ranking";
import { isNamed, lastVoted, namesShown, nextMatch, pairOf } from "../../experiments/arena/report";
import { type AnswerId, type ArenaEvent, answerKey, type Choice } from "../../experiments/arena/spec";
import { DisposableStore } from "../../platform/disposables";
import { UserError } from "../../platform/userError";
import type { LiveAnswers } from "../runs/liveAnswers";
import { Watching } from "../runs/watching";
import type { ArenaRun } from "./arenaRun";
import { pairView, rankingView, sheetView, votingView } from "./views";

/** What a shown run tells its session. */
export interface ShownRunEvents {
  added(event: ArenaEvent): void;
  /** Another pair or prompt is in view. */
  turned(): void;
  /** There is a new ranking. */
  ranked(): void;
  /** The file can no longer be written. */
  failed(error: Error): void;
}

/** A run in a panel: the pair or prompt in view, and what a person does with it. */
export class ShownRun implements Disposable {
  private readonly store = new DisposableStore();
  private readonly watching: Watching<RankingView> | undefined;
  ranking: RankingView | null = null;
  /** Place of the pair in view: it stays until it is voted on, whatever is written meanwhile. */
  private place: number | null = null;
  private promptPlace = 0;

  constructor(
    readonly open: ArenaRun,
    private readonly events: ShownRunEvents,
  ) {
    if (open.blind) {
      const look = function* () {
        return rankingView(yield* rankingInSlices(open.report));
      };
      const seen = (ranking: RankingView) => {
        this.ranking = ranking;
        events.ranked();
      };
      this.watching = this.store.add(new Watching(look, seen));
    }
    this.store.add(open.onDidAdd((event) => this.added(event)));
    this.store.add(open.onDidFail((error) => events.failed(error)));
  }

  get voting(): VotingView | null {
    return votingView(this.open.report, this.open.counts);
  }

  get pair(): PairView | null {
    const { report } = this.open;
    if (!this.open.blind) return null;
    if (this.place === null) {
      const next = nextMatch(report);
      this.place = next ? report.matches.indexOf(next) : null;
    }
    return this.place === null ? null : pairView(report, this.place);
  }

  sheet(live: LiveAnswers<AnswerId>): SheetView | null {
    return sheetView(this.open.report, this.promptPlace, (answer) => live.tokensOf(answer));
  }

  /** Whether the answer is on the screen while it is written. */
  shows({ prompt }: AnswerId): boolean {
    return !this.open.blind && this.open.report.spec.prompts[this.promptPlace]?.id === prompt;
  }

  /** Throws UserError where the pair is not the one in view or has its vote. */
  vote(place: number, choice: Choice): void {
    const { report } = this.open;
    const match = report.matches[place];
    const open = match && place === this.place && !report.revealed && pairOf(report, match).state === "open";
    if (!open) throw new UserError(l10n.t("This pair takes no vote now. Take its vote back to give another one."));
    this.open.add({ type: "vote", match: match.id, choice });
    // Where it may not be said yet who wrote what there is nothing more to see here.
    if (!namesShown(this.open.report, match)) this.next();
  }

  /** A vote from the palette. */
  voteInView(choice: Choice): void {
    if (this.place === null) throw new UserError(l10n.t("There is no pair to vote on."));
    this.vote(this.place, choice);
  }

  undoVote(): void {
    const { report } = this.open;
    if (report.revealed) throw new UserError(l10n.t("All names are shown: votes stay as they are."));
    const last = lastVoted(report);
    if (!last) throw new UserError(l10n.t("There is no vote to take back."));
    this.place = report.matches.indexOf(last);
    this.open.add({ type: "vote", match: last.id, choice: null });
  }

  next(): void {
    this.place = null;
    this.events.turned();
  }

  /** A pair that was voted on. */
  show(place: number): void {
    const match = this.open.report.matches[place];
    if (!match || !this.open.report.votes.has(match.id)) return;
    this.place = place;
    this.events.turned();
  }

  reveal(): void {
    if (!this.open.blind || this.open.report.revealed) return;
    this.open.add({ type: "revealed" });
    this.events.turned();
  }

  openPrompt(place: number): void {
    this.promptPlace = Math.min(place, this.open.report.spec.prompts.length - 1);
    this.events.turned();
  }

  /** Throws UserError while it may not be said who wrote the answer: tokens are the model's own. */
  tokensOf(id: AnswerId): { tokens: string[]; logProbs: (number | null)[] } {
    const answer = this.open.report.answers.get(answerKey(id));
    if (!answer) throw new UserError(l10n.t("This answer is not in the run."));
    if (!isNamed(this.open.report, id)) throw new UserError(l10n.t("Tokens are shown together with the names."));
    return { tokens: answer.tokens, logProbs: answer.logProbs };
  }

  dispose(): void {
    this.store.dispose();
  }

  private added(event: ArenaEvent): void {
    if (event.type === "vote" || event.type === "revealed") this.watching?.touch();
    this.events.added(event);
  }
}
