import { l10n } from "vscode";
import type { SetupChange } from "../../../webview/reasoning/protocol";
import type { Setup, Source } from "../../../webview/reasoning/setup";
import type { ForecastView } from "../../../webview/runs/state";
import { type Arm, questionMark } from "../../experiments/reasoning/arms";
import type { ReasoningSpec } from "../../experiments/reasoning/spec";
import { UserError } from "../../platform/commands";
import { SetupSteps } from "../runs/setupSteps";
import { fittingSetup } from "./fittingSetup";
import { noQuestions, type Questions, questionsOf } from "./questionSource";
import { changed, specOf, withArm, withoutArm } from "./setups";

/** What a person sets before a run, with its questions and the steps back. */
export class SetupState extends SetupSteps<Setup> {
  questions: Questions = noQuestions;
  forecast: ForecastView | null = null;
  /** The spec of a setup and its questions, made when first wanted. */
  private made: { setup: Setup; questions: Questions; spec: ReasoningSpec | undefined } | undefined;
  /** The grader that was not chosen by the person: the first one, or what fitted the questions. */
  private fitted: Setup["grader"]["kind"] = "number";

  /** `changed` hears of the setup, `found` of other questions; `shown` gives the run that is shown. */
  constructor(
    first: Setup,
    private readonly shown: () => ReasoningSpec | undefined,
    private readonly changed: () => void,
    private readonly found: () => void,
  ) {
    super(first);
  }

  /** Changes by the person, which can be taken back. */
  change(change: SetupChange): void {
    this.step(changed(this.setup, change));
  }

  use(source: Source): void {
    this.step({ ...this.setup, source });
  }

  /** Changes an arm, or adds one. Throws UserError, for the field. */
  setArm(arm: Arm): void {
    if (arm.name.trim() === "") throw new UserError(l10n.t("The arm needs a name."));
    if (!arm.chat.includes(questionMark) || !arm.document.includes(questionMark)) {
      throw new UserError(l10n.t("Both texts need {question}, where the question goes."));
    }
    this.step(withArm(this.setup, arm));
  }

  /** One more arm to choose from, which is off: nothing to take back. */
  offer(arm: Arm): void {
    if (this.setup.arms.some((each) => each.arm.id === arm.id)) return;
    this.replace({ ...this.setup, arms: [...this.setup.arms, { arm, on: false }] });
  }

  resetArm(id: string): void {
    this.step(withoutArm(this.setup, id));
  }

  /** The second is what the first is compared with. */
  useModel(slot: 0 | 1, id: string): void {
    const models = this.setup.models.slice();
    models[slot === 0 ? 0 : Math.min(1, models.length)] = id;
    this.step({ ...this.setup, models: [...new Set(models)] });
  }

  removeSecondModel(): void {
    this.step({ ...this.setup, models: this.setup.models.slice(0, 1) });
  }

  protected replaced(before: Setup): void {
    this.changed();
    if (JSON.stringify(this.setup.source) !== JSON.stringify(before.source)) void this.find();
  }

  /** Looks for the questions of the source. */
  async find(): Promise<void> {
    const questions = await this.lastLook(questionsOf(this.setup.source, this.shown()));
    if (!questions) return;
    this.questions = questions;
    this.fit();
    this.found();
  }

  /** Other questions may want another grader; one that the person chose stays. */
  private fit(): void {
    if (this.setup.grader.kind !== this.fitted) return;
    const next = fittingSetup(this.setup, this.questions.list);
    this.fitted = next.grader.kind;
    if (next !== this.setup) this.replace(next);
  }

  /** What would be run; undefined while there are no questions or no arms. */
  get spec(): ReasoningSpec | undefined {
    const { setup, questions, made } = this;
    if (made?.setup === setup && made.questions === questions) return made.spec;
    const runs = questions.list.length > 0 && setup.arms.some(({ on }) => on);
    this.made = { setup, questions, spec: runs ? specOf(setup, questions) : undefined };
    return this.made.spec;
  }

  /** An arm as it is asked: with worked examples before its document where there are to be some. */
  armAsked(id: string): Arm | undefined {
    const found = this.spec?.arms.find((arm) => arm.id === id);
    return found ?? this.setup.arms.find(({ arm }) => arm.id === id)?.arm;
  }
}
