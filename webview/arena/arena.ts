import type { TemplateResult } from "lit";
import type * as v from "valibot";
import { connect, type Remote } from "../../src/rpc/rpc";
import { Fetched } from "../runs/fetched";
import { PanelFrame } from "../runs/panelFrame";
import type { Host } from "../ui/vscodeApi";
import { emptyState } from "./emptyState";
import { keys } from "./keys";
import { page } from "./page";
import { type ArenaState, type Choice, hostContract, panelContract, type SetupChange } from "./protocol";
import type { ContestantSetup } from "./setup";
import { keepable, restored, type View } from "./view";

type Update = v.InferOutput<typeof panelContract.update.args>[0];
export type Tokens = v.InferOutput<typeof hostContract.tokensOf.result>;

/** The comparison as the extension tells it, as the person looks at it, and what can be done. */
export class Arena extends PanelFrame<typeof hostContract> {
  state: ArenaState = emptyState;
  view: View;
  /** The host has told its setup: before, there is nothing to show. */
  started = false;
  /** The contestant whose way of being asked is in hand. */
  inHand: string | undefined;
  /** The settings are shown, where a narrow panel folds them. */
  unfolded = false;
  private readonly tokens = new Fetched<Tokens>(
    () => this.draw(),
    (error) => this.fail(error),
  );

  readonly host: Remote<typeof hostContract>;
  private remembered: ReturnType<typeof restored>["host"];
  /** Changes of the setup that are on their way. */
  private changing = 0;

  constructor(
    root: HTMLElement,
    private readonly api: Host,
  ) {
    super(root);
    const kept = restored(api.getState());
    this.remembered = kept.host;
    this.view = kept.view;
    this.host = connect(
      panelContract,
      {
        update: (change) => this.take(change),
        remember: (host) => {
          this.remembered = host;
          this.keep();
        },
      },
      hostContract,
      api,
      (error) => this.fail(error),
    );
    // On the document: a button that had the focus may be gone after a vote, and keys must work on.
    document.addEventListener("keydown", (event) => keys(event, this));
  }

  async start(): Promise<void> {
    this.draw();
    await this.host.call("start", this.remembered);
  }

  get narrow(): boolean {
    return this.width < 700;
  }

  /** The run was interrupted: answers are missing and nothing is asked. */
  get interrupted(): boolean {
    const { run, running } = this.state;
    return !!run && !running && !run.complete && run.ended !== "done";
  }

  get canRun(): boolean {
    const { running, busy, prompts, models } = this.state;
    return !running && !busy && prompts.count > 0 && models.length > 1 && models.every(({ missing }) => !missing);
  }

  setView(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
    this.keep();
    this.draw();
  }

  /** Changes the setup at once on the screen; the host says what came of it. */
  set(change: SetupChange): void {
    // Parts that are not given are missing, never undefined.
    this.state = { ...this.state, setup: { ...this.state.setup, ...(change as Partial<ArenaState["setup"]>) } };
    this.tellChange(() => this.host.call("change", change));
  }

  /** Changes how a contestant is asked. */
  setContestant(next: ContestantSetup): void {
    const { setup } = this.state;
    const contestants = setup.contestants.map((each) => (each.id === next.id ? next : each));
    this.state = { ...this.state, setup: { ...setup, contestants } };
    this.tellChange(() => this.host.call("setContestant", next));
  }

  run(): void {
    // What is being typed counts once its field is left.
    (document.activeElement as HTMLElement | null)?.blur();
    if (this.state.running || this.state.busy) return;
    this.do("run");
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

  private tellChange(tell: () => Promise<unknown>): void {
    this.failure = undefined;
    this.changing++;
    this.watch(tell().finally(() => this.changing--));
    this.draw();
  }

  private take({ setup, ...rest }: Update): void {
    const before = this.state;
    // A setup that was sent before a change of ours got there would take the change back. One that has it comes after.
    const change = setup && this.changing === 0 ? { ...rest, setup } : rest;
    // Parts that were not sent are missing, never undefined: messages pass through JSON.
    this.state = { ...before, ...(change as Partial<ArenaState>) };
    if (setup) this.started = true;
    const { busy, pair, run } = this.state;
    if (run?.created !== before.run?.created) this.turnTo(run);
    this.say(before.pair, pair);
    this.followBusy(busy);
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

  private keep(): void {
    this.api.setState(keepable(this.remembered, this.view));
  }
}
