import type { TemplateResult } from "lit";
import type * as v from "valibot";
import { connect, type Remote } from "../../src/rpc/rpc";
import { RunFrame } from "../runs/runFrame";
import type { Host } from "../ui/vscodeApi";
import { emptyState } from "./emptyState";
import { keys } from "./keys";
import { page } from "./page";
import { type ArenaState, type Choice, hostContract, panelContract, type SetupChange } from "./protocol";
import type { ContestantSetup } from "./setup";
import { restored, type View } from "./view";

export type Tokens = v.InferOutput<typeof hostContract.tokensOf.result>;

/** The comparison as the extension tells it, as the person looks at it, and what can be done. */
export class Arena extends RunFrame<typeof hostContract, ArenaState, View> {
  /** The contestant whose way of being asked is in hand. */
  inHand: string | undefined;
  private readonly tokens = this.fetched<Tokens>();

  readonly host: Remote<typeof hostContract>;

  constructor(root: HTMLElement, api: Host) {
    super(root, api, emptyState, restored(api.getState()));
    this.host = connect(panelContract, this.functions, hostContract, api, (error) => this.fail(error));
  }

  /** The run was interrupted: answers are missing and nothing is asked. */
  override get interrupted(): boolean {
    const { run, running } = this.state;
    return !!run && !running && !run.complete && run.ended !== "done";
  }

  get canRun(): boolean {
    const { running, busy, prompts, models } = this.state;
    return !running && !busy && prompts.count > 0 && models.length > 1 && models.every(({ missing }) => !missing);
  }

  /** Changes the setup at once on the screen; the host says what came of it. */
  set(change: SetupChange): void {
    this.show(change);
    this.watch(this.telling(this.host.call("change", change)));
  }

  /** Changes how a contestant is asked. */
  setContestant(next: ContestantSetup): void {
    this.show({ contestants: this.state.setup.contestants.map((each) => (each.id === next.id ? next : each)) });
    this.watch(this.telling(this.host.call("setContestant", next)));
  }

  vote(choice: Choice): void {
    const { pair, voting } = this.state;
    if (!pair || pair.choice !== null || voting?.closed) return;
    this.do("vote", { place: pair.place, choice });
  }

  /** Tokens of an answer with their log-probabilities; undefined until they have come, and then it is drawn again. */
  tokensOf(id: { prompt: string; contestant: string; round: number }): Tokens | undefined {
    return this.tokens.get([this.state.run?.created, id], () => this.host.call("tokensOf", id));
  }

  protected page(): TemplateResult {
    return page(this);
  }

  protected override keydown(event: KeyboardEvent): void {
    keys(event, this);
  }

  protected took(before: ArenaState): void {
    const { pair, run } = this.state;
    if (run?.created !== before.run?.created) this.turnTo(run);
    this.say(before.pair, pair);
    this.draw();
  }

  /** Another run, or none: its settings fold away, and without one there are prompts to be written. */
  private turnTo(run: ArenaState["run"]): void {
    this.tokens.clear();
    this.unfolded = false;
    this.setView({ drawer: run ? "none" : "prompts" });
  }

  /** What became of a vote, for those who do not see it. */
  private say(before: ArenaState["pair"], pair: ArenaState["pair"]): void {
    if (pair && before?.place === pair.place && pair.choice !== null && before.choice === null && pair.revealed) {
      const { left, right } = pair.revealed;
      this.announcement = `Voted. Left was ${left.name}, right was ${right.name}`;
    } else if (pair && before && before.place !== pair.place) this.announcement = "Another pair";
  }
}
