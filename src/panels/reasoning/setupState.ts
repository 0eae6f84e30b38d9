import type { ForecastView, Setup } from "../../../webview/reasoning/setup";
import type { ReasoningSpec } from "../../experiments/reasoning/spec";
import { noQuestions, type Questions, questionsOf } from "./questionSource";
import { specOf } from "./setups";

/** What a person sets before a run, with its questions and the steps back. */
export class SetupState {
  private readonly past: Setup[] = [];
  questions: Questions = noQuestions;
  forecast: ForecastView | null = null;
  private looking = 0;

  /** `changed` hears of the setup, `found` of other questions; `shown` gives the run that is shown. */
  constructor(
    private current: Setup,
    private readonly shown: () => ReasoningSpec | undefined,
    private readonly changed: () => void,
    private readonly found: () => void,
  ) {}

  get setup(): Setup {
    return this.current;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  /** A change by the person, which can be taken back. */
  change(next: Setup): void {
    if (JSON.stringify(next) === JSON.stringify(this.current)) return;
    this.past.push(this.current);
    this.replace(next);
  }

  undo(): void {
    const before = this.past.pop();
    if (before) this.replace(before);
  }

  /** As it was kept, or as a run was made: nothing to take back. */
  replace(next: Setup): void {
    const other = JSON.stringify(next.source) !== JSON.stringify(this.current.source);
    this.current = next;
    this.changed();
    if (other) void this.find();
  }

  /** Looks for the questions of the source. Of several looks the last counts. */
  async find(): Promise<void> {
    const look = ++this.looking;
    const questions = await questionsOf(this.current.source, this.shown());
    if (look !== this.looking) return;
    this.questions = questions;
    this.found();
  }

  /** What would be run; undefined while there are no questions or no arms. */
  get spec(): ReasoningSpec | undefined {
    const { setup, questions } = this;
    return questions.list.length > 0 && setup.arms.some(({ on }) => on) ? specOf(setup, questions) : undefined;
  }
}
