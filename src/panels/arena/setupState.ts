import { l10n } from "vscode";
import type { SetupChange } from "../../../webview/arena/protocol";
import type { ContestantSetup, Prompts, Setup } from "../../../webview/arena/setup";
import { contestantNames } from "../../experiments/arena/contestantNames";
import { type ArenaSpec, mostContestants } from "../../experiments/arena/spec";
import { stages } from "../../experiments/arena/stages";
import { UserError } from "../../platform/userError";
import { type FoundPrompts, noPrompts, promptsOf } from "./promptSource";
import { changed, setupOf, specOf, stagesSetup, withContestant, withOneMore } from "./setups";

/** What a person sets before a comparison, with its prompts and the steps back. */
export class SetupState {
  private readonly past: Setup[] = [];
  found: FoundPrompts = noPrompts;
  private looking = 0;

  /** `changed` hears of the setup, `came` of other prompts; `shown` gives the run that is shown. */
  constructor(
    private current: Setup,
    private readonly modelName: (id: string) => string,
    private readonly shown: () => ArenaSpec | undefined,
    private readonly changed: () => void,
    private readonly came: () => void,
  ) {}

  get setup(): Setup {
    return this.current;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  /** What the contestants are called, in their order. */
  get called(): string[] {
    return contestantNames(this.current.contestants, this.modelName);
  }

  /** A new run of it. Throws UserError where it cannot be run. */
  newSpec(): ArenaSpec {
    return specOf(this.current, this.found, this.called);
  }

  /** Changes by the person, which can be taken back. */
  change(change: SetupChange): void {
    this.step(changed(this.current, change));
  }

  use(prompts: Prompts): void {
    this.step({ ...this.current, prompts });
  }

  useModel(contestant: string, model: string): void {
    const contestants = this.current.contestants.map((each) => {
      if (each.id !== contestant) return each;
      // A stage's name is that of its model.
      const named = stages.some(({ id, name }) => id === each.id && name === each.name);
      return { ...each, model, name: named ? "" : each.name };
    });
    this.step({ ...this.current, contestants });
  }

  /** Throws UserError, for the field. */
  setContestant(contestant: ContestantSetup): void {
    this.step(withContestant(this.current, contestant));
  }

  /** Throws UserError where there are as many as there may be. */
  refuseFull(): void {
    if (this.current.contestants.length < mostContestants) return;
    throw new UserError(l10n.t("A comparison has at most {0} contestants.", mostContestants));
  }

  addContestant(model: string): void {
    this.step(withOneMore(this.current, model));
  }

  removeContestant(id: string): void {
    const contestants = this.current.contestants.filter((each) => each.id !== id);
    if (contestants.length < 2) throw new UserError(l10n.t("A comparison needs two contestants."));
    this.step({ ...this.current, contestants });
  }

  /** The three stages of the specimen; the prompts stay, and where there are none the given ones are taken. */
  useStages(otherwise: readonly string[]): void {
    const next = stagesSetup(this.current);
    const prompts: Prompts = { kind: "typed", texts: [...otherwise], from: null };
    this.step(this.found.list.length > 0 ? next : { ...next, prompts });
  }

  /** A run's own settings. */
  takeFrom(spec: ArenaSpec): void {
    this.step(setupOf(spec));
  }

  undo(): void {
    const before = this.past.pop();
    if (before) this.replace(before);
  }

  /** As it was kept, or as a run was made: nothing to take back. */
  replace(next: Setup): void {
    const other = JSON.stringify(next.prompts) !== JSON.stringify(this.current.prompts);
    this.current = next;
    this.changed();
    if (other) void this.find();
  }

  /** Looks for the prompts of the source. Of several looks the last counts. */
  async find(): Promise<void> {
    const look = ++this.looking;
    const found = await promptsOf(this.current.prompts, this.shown());
    if (look !== this.looking) return;
    this.found = found;
    this.came();
  }

  private step(next: Setup): void {
    if (JSON.stringify(next) === JSON.stringify(this.current)) return;
    this.past.push(this.current);
    this.replace(next);
  }
}
