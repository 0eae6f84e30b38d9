import type { TemplateResult } from "lit";
import type * as v from "valibot";
import { armName } from "../../src/experiments/reasoning/arms";
import { connect, type Remote } from "../../src/rpc/rpc";
import { RunFrame } from "../runs/runFrame";
import type { ForecastView } from "../runs/state";
import type { Host } from "../ui/vscodeApi";
import { Browsing } from "./browsing";
import { emptyState } from "./emptyState";
import { keys } from "./keys";
import { page } from "./page";
import { hostContract, panelContract, type ReasoningState, type SetupChange } from "./protocol";
import type { AnswerId, AnswerView } from "./questions";
import { answerOf, type Hand, sameHand, sideKey } from "./sides";
import { withStreamed } from "./streams";
import { type ArmDraft, restored, type StepChange, type View } from "./view";

export type Tokens = v.InferOutput<typeof hostContract.tokensOf.result>;
export type PromptTokens = v.InferOutput<typeof hostContract.promptTokens.result>;

/** The run as the extension tells it, as the person looks at it, and what can be done. Draws after each change. */
export class Reasoning extends RunFrame<typeof hostContract, ReasoningState, View> {
  /** The answer in hand, and its step. */
  hand: Hand | undefined;
  step: number | undefined;
  /** Arms are being chosen for the question's page. */
  choosing = false;
  /** The answer whose verdict is being corrected. */
  correcting: Hand | undefined;
  readonly samples = new Map<string, number>();
  private readonly tokens = this.fetched<Tokens>();
  private readonly prompts = this.fetched<PromptTokens>();
  private readonly costs = this.fetched<{ readonly forecast: ForecastView | null }>();
  /** What came above of where it was asked for: a selector, brought into view once it is drawn. */
  private revealing: string | undefined;
  /** Rises when more of an answer was heard. */
  heard = 0;

  readonly host: Remote<typeof hostContract>;
  readonly browsing: Browsing;

  constructor(root: HTMLElement, api: Host) {
    super(root, api, emptyState, restored(api.getState()));
    this.host = connect(
      panelContract,
      {
        ...this.functions,
        streamed: (parts) => {
          const { page: shown } = this.state;
          if (!shown) return;
          this.state = { ...this.state, page: withStreamed(shown, parts) };
          this.heard++;
          this.drawList();
        },
      },
      hostContract,
      api,
      (error) => this.fail(error),
    );
    this.browsing = new Browsing(this);
  }

  /** Arms of the run that is shown, or of the setup before one. */
  get arms(): ReasoningState["setup"]["arms"][number]["arm"][] {
    return this.state.run?.arms ?? this.state.setup.arms.map(({ arm }) => arm);
  }

  /** Name of an arm by its id. */
  readonly armName = (id: string): string => armName(this.arms, id);

  get canRun(): boolean {
    const { running, busy, questions, models, setup } = this.state;
    return (
      !running &&
      !busy &&
      questions.count > 0 &&
      models.every(({ missing }) => missing.sample === null) &&
      setup.arms.some(({ on }) => on)
    );
  }

  modelName(id: string): string {
    const all = [...(this.state.run?.models ?? []), ...this.state.models];
    return all.find((model) => model.id === id)?.name ?? id;
  }

  /** Changes the setup at once on the screen; the host says what came of it. */
  set(change: SetupChange): void {
    const { arms, ...rest } = change;
    const { setup } = this.state;
    const switched = arms
      ? setup.arms.map((each) => ({ ...each, on: arms.find(({ id }) => id === each.arm.id)?.on ?? each.on }))
      : setup.arms;
    this.show({ ...rest, arms: switched });
    this.watch(this.telling(this.host.call("change", change)));
  }

  /** Takes an answer in hand, and a step of it. */
  hold(hand: Hand, step?: number): void {
    this.hand = hand;
    this.step = step;
    this.draw();
  }

  /** The step of the open question that is being changed. */
  get change(): StepChange | undefined {
    const { run, page: shown } = this.state;
    const { change } = this.view;
    return change && change.run === run?.created && change.question === shown?.id ? change : undefined;
  }

  /** The answer whose reasoning is looked into: the one in hand, or else the first that was written step by step. */
  get examined(): { readonly hand: Hand; readonly answer: AnswerView } | undefined {
    const { page: shown } = this.state;
    if (!shown) return undefined;
    const held = this.hand && answerOf(shown, this.hand);
    if (this.hand && held) return { hand: this.hand, answer: held };
    const kindOf = (id: string) => this.arms.find((arm) => arm.id === id)?.kind;
    const thought = shown.cells.filter(({ samples }) => samples[0] && samples[0].steps.length > 0);
    const cell = thought.find(({ arm }) => kindOf(arm) === "steps") ?? thought[0];
    const answer = cell?.samples[0];
    return answer && { hand: { side: { model: cell.model, arm: cell.arm }, sample: answer.sample }, answer };
  }

  /** Tokens of an answer with their log-probabilities; undefined until they have come, and then it is drawn again. */
  tokensOf(id: AnswerId): Tokens | undefined {
    return this.tokens.get(id, () => this.host.call("tokensOf", id));
  }

  /** The first question's prompt in an arm, as the model sees it. */
  promptOf(arm: ArmDraft["arm"]): PromptTokens | undefined {
    const model = this.state.setup.models[0]!;
    const { questions, setup } = this.state;
    const key = [model, arm, questions.first, setup.system, setup.chat];
    return this.prompts.get(key, () => this.host.call("promptTokens", { model, arm: arm.id, question: 0 }));
  }

  /** Rises when an answer to `costOfMore` comes. */
  get costsKnown(): number {
    return this.costs.size;
  }

  /** What so many more answers to each question would cost. */
  costOfMore(samples: number): ForecastView | undefined {
    const key = [this.state.run?.created, this.state.run?.done, samples];
    const ask = async () => ({ forecast: await this.host.call("forecastMore", samples) });
    return this.costs.get(key, ask)?.forecast ?? undefined;
  }

  protected page(): TemplateResult {
    return page(this);
  }

  protected override keydown(event: KeyboardEvent): void {
    keys(event, this);
  }

  protected override drawn(): void {
    this.browsing.drawn();
    if (this.revealing === undefined) return;
    this.root.querySelector(this.revealing)?.scrollIntoView({ block: "nearest" });
    this.revealing = undefined;
  }

  protected took(before: ReasoningState): void {
    const { run, page: shown, beside, problem } = this.state;
    if (beside && beside !== before.beside) {
      this.revealing = ".beside";
      this.announcement = `Compared with ${beside.name}`;
    }
    if (problem && problem !== before.problem) this.revealing = ".note";
    this.browsing.take(before);
    if (run?.created !== before.run?.created) this.forget();
    if (shown?.id !== before.page?.id) this.turn();
    else if (shown && before.page && shown.edits.length > before.page.edits.length) this.ranOn(shown);
    this.draw();
  }

  /** The changed step was run on from. */
  private ranOn({ edits }: NonNullable<ReasoningState["page"]>): void {
    this.setView({ change: null });
    this.announcement = edits.at(-1)?.followed
      ? "The answer followed the change"
      : "The answer did not follow the change";
  }

  /** Another question: nothing of the one before is in hand. */
  private turn(): void {
    this.hand = undefined;
    this.step = undefined;
    this.correcting = undefined;
    this.samples.clear();
  }

  /** Another run. */
  private forget(): void {
    this.turn();
    this.tokens.clear();
  }

  /** Whether the answers of an arm are shown on the question's page. */
  shows(arm: string): boolean {
    return (this.view.arms ?? this.arms.slice(0, 3).map(({ id }) => id)).includes(arm);
  }

  /** The sample of an arm that is shown. */
  sampleOf(side: Hand["side"]): number {
    return this.samples.get(sideKey(side)) ?? 0;
  }

  isHand(hand: Hand): boolean {
    return sameHand(this.hand, hand);
  }

  isCorrecting(hand: Hand): boolean {
    return sameHand(this.correcting, hand);
  }
}
