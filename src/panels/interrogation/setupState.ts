import type { Role, SetupChange } from "../../../webview/interrogation/protocol";
import type { Setup, Source, SourceView } from "../../../webview/interrogation/setup";
import type { InterrogationSpec } from "../../experiments/interrogation/spec";
import type { TokenizerService } from "../../tokens/tokenizerService";
import { changed, setupOf, specOf } from "./setups";
import { findTexts, noTexts, type Texts } from "./texts";

export interface SetupEvents {
  /** The setup is another one. */
  changed(): void;
  /** Its texts are others, or are looked for. */
  found(): void;
  failed(error: unknown): void;
}

/** What a person sets before a run, with its texts and the steps back. */
export class SetupState {
  private readonly past: Setup[] = [];
  private search: AbortController | undefined;
  texts: Texts = noTexts;

  /** `shown` gives the run that is shown. */
  constructor(
    private current: Setup,
    private readonly shown: () => InterrogationSpec | undefined,
    private readonly tokenizers: TokenizerService,
    private readonly events: SetupEvents,
  ) {}

  get setup(): Setup {
    return this.current;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  change(change: SetupChange): void {
    this.step(changed(this.current, change));
  }

  use(source: Source): void {
    this.step({ ...this.current, source });
  }

  useModel(role: Role, id: string): void {
    this.step({ ...this.current, [role]: id, ...(role === "writer" && { asker: "writer" as const }) });
  }

  removeModel(role: "writer" | "judge"): void {
    const rules = role === "writer" && this.current.asker === "writer";
    this.step({ ...this.current, [role]: null, ...(rules && { asker: "rules" as const }) });
  }

  takeFrom(spec: InterrogationSpec): void {
    this.step(setupOf(spec, this.current));
  }

  undo(): void {
    const before = this.past.pop();
    if (before) this.replace(before);
  }

  /** As it was kept, or as a run was made: nothing to take back. */
  replace(next: Setup): void {
    const { source, snippetTokens, questionsEach, asker } = this.current;
    this.current = next;
    this.events.changed();
    const same =
      JSON.stringify(next.source) === JSON.stringify(source) &&
      [next.snippetTokens, next.questionsEach, next.asker].join() === [snippetTokens, questionsEach, asker].join();
    if (!same) this.find().catch((error: unknown) => this.events.failed(error));
  }

  /** Looks for the texts of the source; of several looks the last counts. */
  async find(): Promise<void> {
    this.search?.abort();
    const search = new AbortController();
    this.search = search;
    this.events.found();
    try {
      const texts = await findTexts(this.current, this.shown(), this.tokenizers, search.signal);
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
    return specOf(this.current, this.texts);
  }

  dispose(): void {
    this.search?.abort();
  }

  private step(next: Setup): void {
    if (JSON.stringify(next) === JSON.stringify(this.current)) return;
    this.past.push(this.current);
    this.replace(next);
  }
}
