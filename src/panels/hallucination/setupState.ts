import type { SetupChange } from "../../../webview/hallucination/protocol";
import type { Setup, Source } from "../../../webview/hallucination/setup";
import type { HallucinationSpec } from "../../experiments/hallucination/spec";
import { type Asked, askedBy, nothingAsked } from "./asked";
import type { Inputs } from "./inputs";
import { changed, setupOf } from "./setups";

export type Helping = "judge" | "writer";

/** What a person sets before a probe, with what it comes to and the steps back. */
export class SetupState {
  private readonly past: Setup[] = [];
  private looking = 0;
  asked: Asked = nothingAsked;

  /** `changed` hears of the setup, `found` of what it comes to. */
  constructor(
    private current: Setup,
    private readonly inputs: Inputs,
    private readonly changed: () => void,
    private readonly found: () => void,
  ) {}

  get setup(): Setup {
    return this.current;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  /** Changes by the person, which can be taken back. */
  change(change: SetupChange): void {
    this.step(changed(this.current, change));
  }

  use(source: Source): void {
    this.step({ ...this.current, source });
  }

  useModel(id: string): void {
    this.step({ ...this.current, model: id });
  }

  useHelper(who: Helping, helper: Setup[Helping]): void {
    this.step({ ...this.current, [who]: helper });
  }

  /** A run's own settings. */
  takeFrom(spec: HallucinationSpec): void {
    this.step(setupOf(spec, this.current));
  }

  undo(): void {
    const before = this.past.pop();
    if (before) this.replace(before);
  }

  /** As it was kept, or as a run was made: nothing to take back. */
  replace(next: Setup): void {
    this.current = next;
    this.changed();
    void this.find();
  }

  /** Finds what the setup comes to. Of several looks the last counts. */
  async find(): Promise<void> {
    const look = ++this.looking;
    const asked = await askedBy(this.current, this.inputs);
    if (look !== this.looking) return;
    this.asked = asked;
    this.found();
  }

  private step(next: Setup): void {
    if (JSON.stringify(next) === JSON.stringify(this.current)) return;
    this.past.push(this.current);
    this.replace(next);
  }
}
