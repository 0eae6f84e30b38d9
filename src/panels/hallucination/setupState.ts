import type { SetupChange } from "../../../webview/hallucination/protocol";
import type { Setup, Source } from "../../../webview/hallucination/setup";
import { SetupSteps, withChanges } from "../runs/setupSteps";
import { type Asked, askedBy, nothingAsked } from "./asked";
import type { Inputs } from "./inputs";

export type Helping = "judge" | "writer";

/** What a person sets before a probe, with what it comes to and the steps back. */
export class SetupState extends SetupSteps<Setup> {
  asked: Asked = nothingAsked;

  /** `changed` hears of the setup, `found` of what it comes to. */
  constructor(
    first: Setup,
    private readonly inputs: Inputs,
    private readonly changed: () => void,
    private readonly found: () => void,
  ) {
    super(first);
  }

  /** Changes by the person, which can be taken back. */
  change(change: SetupChange): void {
    this.step(withChanges(this.setup, change));
  }

  use(source: Source): void {
    this.step({ ...this.setup, source });
  }

  useModel(id: string): void {
    this.step({ ...this.setup, model: id });
  }

  useHelper(who: Helping, helper: Setup[Helping]): void {
    this.step({ ...this.setup, [who]: helper });
  }

  protected replaced(): void {
    this.changed();
    void this.find();
  }

  /** Finds what the setup comes to. */
  async find(): Promise<void> {
    const asked = await this.lastLook(askedBy(this.setup, this.inputs));
    if (!asked) return;
    this.asked = asked;
    this.found();
  }
}
