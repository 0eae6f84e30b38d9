import { l10n } from "vscode";
import type { SetupChange } from "../../../webview/arena/protocol";
import type { ContestantSetup, Prompts, Setup } from "../../../webview/arena/setup";
import { contestantNames } from "../../experiments/arena/contestantNames";
import { type ArenaSpec, mostContestants } from "../../experiments/arena/spec";
import { stages } from "../../experiments/arena/stages";
import { UserError } from "../../platform/userError";
import { SetupSteps, withChanges } from "../runs/setupSteps";
import { type FoundPrompts, noPrompts, promptsOf } from "./promptSource";
import { specOf, stagesSetup, withContestant, withOneMore } from "./setups";

/** What a person sets before a comparison, with its prompts and the steps back. */
export class SetupState extends SetupSteps<Setup> {
  found: FoundPrompts = noPrompts;

  /** `changed` hears of the setup, `came` of other prompts; `shown` gives the run that is shown. */
  constructor(
    first: Setup,
    private readonly modelName: (id: string) => string,
    private readonly shown: () => ArenaSpec | undefined,
    private readonly changed: () => void,
    private readonly came: () => void,
  ) {
    super(first);
  }

  /** What the contestants are called, in their order. */
  get called(): string[] {
    return contestantNames(this.setup.contestants, this.modelName);
  }

  /** A new run of it. Throws UserError where it cannot be run. */
  newSpec(): ArenaSpec {
    return specOf(this.setup, this.found, this.called);
  }

  /** Changes by the person, which can be taken back. */
  change(change: SetupChange): void {
    this.step(withChanges(this.setup, change));
  }

  use(prompts: Prompts): void {
    this.step({ ...this.setup, prompts });
  }

  useModel(contestant: string, model: string): void {
    const contestants = this.setup.contestants.map((each) => {
      if (each.id !== contestant) return each;
      // A stage's name is that of its model.
      const named = stages.some(({ id, name }) => id === each.id && name === each.name);
      return { ...each, model, name: named ? "" : each.name };
    });
    this.step({ ...this.setup, contestants });
  }

  /** Throws UserError, for the field. */
  setContestant(contestant: ContestantSetup): void {
    this.step(withContestant(this.setup, contestant));
  }

  /** Throws UserError where there are as many as there may be. */
  refuseFull(): void {
    if (this.setup.contestants.length < mostContestants) return;
    throw new UserError(l10n.t("A comparison has at most {0} contestants.", mostContestants));
  }

  addContestant(model: string): void {
    this.step(withOneMore(this.setup, model));
  }

  removeContestant(id: string): void {
    const contestants = this.setup.contestants.filter((each) => each.id !== id);
    if (contestants.length < 2) throw new UserError(l10n.t("A comparison needs two contestants."));
    this.step({ ...this.setup, contestants });
  }

  /** The three stages of the specimen; the prompts stay, and where there are none the given ones are taken. */
  useStages(otherwise: readonly string[]): void {
    const next = stagesSetup(this.setup);
    const prompts: Prompts = { kind: "typed", texts: [...otherwise], from: null };
    this.step(this.found.list.length > 0 ? next : { ...next, prompts });
  }

  protected replaced(before: Setup): void {
    this.changed();
    if (JSON.stringify(this.setup.prompts) !== JSON.stringify(before.prompts)) void this.find();
  }

  /** Looks for the prompts of the source. */
  async find(): Promise<void> {
    const found = await this.lastLook(promptsOf(this.setup.prompts, this.shown()));
    if (!found) return;
    this.found = found;
    this.came();
  }
}
