import type { Role, SetupChange } from "../../../webview/interrogation/protocol";
import type { Setup, Source, SourceView } from "../../../webview/interrogation/setup";
import type { InterrogationSpec } from "../../experiments/interrogation/spec";
import type { TokenizerService } from "../../tokens/tokenizerService";
import { SetupSteps, withChanges } from "../runs/setupSteps";
import { specOf } from "./setups";
import { findTexts, noTexts, type Texts } from "./texts";

export interface SetupEvents {
  /** The setup is another one. */
  changed(): void;
  /** Its texts are others, or are looked for. */
  found(): void;
  failed(error: unknown): void;
}

/** What a person sets before a run, with its texts and the steps back. */
export class SetupState extends SetupSteps<Setup> {
  private search: AbortController | undefined;
  texts: Texts = noTexts;

  /** `shown` gives the run that is shown. */
  constructor(
    first: Setup,
    private readonly shown: () => InterrogationSpec | undefined,
    private readonly tokenizers: TokenizerService,
    private readonly events: SetupEvents,
  ) {
    super(first);
  }

  change(change: SetupChange): void {
    this.step(withChanges(this.setup, change));
  }

  use(source: Source): void {
    this.step({ ...this.setup, source });
  }

  useModel(role: Role, id: string): void {
    this.step({ ...this.setup, [role]: id, ...(role === "writer" && { asker: "writer" as const }) });
  }

  removeModel(role: "writer" | "judge"): void {
    const rules = role === "writer" && this.setup.asker === "writer";
    this.step({ ...this.setup, [role]: null, ...(rules && { asker: "rules" as const }) });
  }

  protected replaced(before: Setup): void {
    this.events.changed();
    const cutBy = ({ source, snippetTokens, questionsEach, asker }: Setup): string =>
      JSON.stringify([source, snippetTokens, questionsEach, asker]);
    if (cutBy(this.setup) !== cutBy(before)) this.find().catch((error: unknown) => this.events.failed(error));
  }

  /** Looks for the texts of the source; of several looks the last counts. */
  async find(): Promise<void> {
    this.search?.abort();
    const search = new AbortController();
    this.search = search;
    this.events.found();
    try {
      const texts = await findTexts(this.setup, this.shown(), this.tokenizers, search.signal);
      if (texts && !search.signal.aborted) this.texts = texts;
    } finally {
      if (this.search === search) this.search = undefined;
      this.events.found();
    }
  }

  get looking(): boolean {
    return this.search !== undefined;
  }

  get view(): SourceView {
    const { label, files, snippets, tokenizer, refused, problem } = this.texts;
    return { label, files, snippets: snippets.length, tokenizer, refused, problem, looking: this.looking };
  }

  /** What would be run; undefined while there is nothing to ask about. */
  get spec(): InterrogationSpec | undefined {
    return specOf(this.setup, this.texts);
  }

  dispose(): void {
    this.search?.abort();
  }
}
