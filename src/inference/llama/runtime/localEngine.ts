import {
  type Capabilities,
  type Distribution,
  EngineError,
  type ModelFacts,
  type NextOptions,
  type Prompt,
  type PromptScore,
  type SampleEvent,
  type SampleRequest,
  type ScoreOptions,
  type TokenizedPrompt,
  type TokenizeOptions,
} from "../../engine";
import { alternative, alternatives } from "./alternatives";
import { tailAfter } from "./entropy";
import type { grammarFor } from "./grammars";
import type { LlamaEngine } from "./llamaEngine";
import type { LlamaRunning } from "./loadOptions";
import type { PromptReader } from "./promptReader";
import { checkRequest, runSamples, type SamplingParts } from "./sampling";
import type { Scorer } from "./scoring";
import type { Slots } from "./slots";

/** What a loaded model is made of. */
export interface EngineParts extends SamplingParts {
  readonly model: ModelFacts;
  readonly capabilities: Capabilities;
  readonly prompts: PromptReader;
  readonly scorer: Scorer;
  /** Sequences for distributions; samples have their own. */
  readonly reading: Slots;
  running(): LlamaRunning;
  newGrammar(wanted: SampleRequest["grammar"]): ReturnType<typeof grammarFor>;
  dispose(): Promise<void>;
}

/** The Engine contract over llama.cpp. Calls may overlap: they take turns batch by batch. */
export class LocalEngine implements LlamaEngine {
  private readonly closing = new AbortController();
  private closed: Promise<void> | undefined;

  constructor(private readonly parts: EngineParts) {}

  get model(): ModelFacts {
    return this.parts.model;
  }

  get capabilities(): Capabilities {
    return this.parts.capabilities;
  }

  running(): LlamaRunning {
    return this.parts.running();
  }

  async tokenize(text: string, options: TokenizeOptions, signal?: AbortSignal): Promise<TokenizedPrompt> {
    this.open(signal);
    return this.parts.prompts.tokenize(text, options);
  }

  async render(prompt: Prompt, signal?: AbortSignal): Promise<TokenizedPrompt> {
    this.open(signal);
    return this.parts.prompts.read(prompt);
  }

  async score(prompt: Prompt, options: ScoreOptions, signal?: AbortSignal): Promise<PromptScore> {
    const both = this.open(signal);
    const read = this.parts.prompts.read(prompt);
    this.refuseOverflow(read, 0);
    return this.parts.scorer.score(read, options, both);
  }

  async next(prompt: Prompt, options: NextOptions, signal?: AbortSignal): Promise<Distribution> {
    const both = this.open(signal);
    const ids = this.ids(prompt, 0);
    const { decoder, rows, reading, vocabulary } = this.parts;
    const wrong = options.ids?.find((id) => !vocabulary.has(id));
    if (wrong !== undefined) throw new EngineError("badInput", `The model has no token with the id ${wrong}.`);
    const topK = Math.min(options.topK, vocabulary.size);
    const [slot] = await reading.take(ids, 1, both);
    try {
      await decoder.prepare(slot!, ids.slice(0, -1), both);
      return await decoder.turn(async () => {
        const [row] = await decoder.decode([{ slot: slot!, tokens: ids.slice(-1), wanted: [0] }]);
        const measured = await rows.measured(row![0]!, Math.max(topK, rows.usualTop), options.ids);
        return {
          top: alternatives(measured, topK, vocabulary),
          asked: (options.ids ?? []).map((id) =>
            alternative(id, measured.asked.get(id)!, measured.logWeight, vocabulary),
          ),
          entropy: measured.entropy,
          tail: tailAfter(measured, topK),
          promptTokens: ids.length,
        };
      }, both);
    } finally {
      reading.give([slot!]);
    }
  }

  async *sample(request: SampleRequest, signal?: AbortSignal): AsyncGenerator<SampleEvent> {
    const both = this.open(signal);
    checkRequest(request, this.parts.vocabulary);
    const ids = this.ids(request.prompt, 1);
    if (request.maxTokens === 0) {
      for (const sample of request.seeds.keys())
        yield { kind: "end", sample, reason: "maxTokens", text: "", tokens: 0 };
      return;
    }
    if (request.seeds.length === 0) return;
    const newGrammar = await this.parts.newGrammar(request.grammar);
    yield* runSamples(this.parts, ids, request, newGrammar, both);
  }

  close(): Promise<void> {
    this.closed ??= (async () => {
      this.closing.abort(new EngineError("crashed", `${this.model.name} was unloaded. Load it again to go on.`));
      await this.parts.decoder.turn(() => this.parts.dispose());
    })();
    return this.closed;
  }

  /** The signal that ends a call: the caller's, or the engine's closing. Throws when one has aborted. */
  private open(signal: AbortSignal | undefined): AbortSignal {
    const both = signal ? AbortSignal.any([signal, this.closing.signal]) : this.closing.signal;
    both.throwIfAborted();
    return both;
  }

  private ids(prompt: Prompt, room: number): number[] {
    const read = this.parts.prompts.read(prompt);
    this.refuseOverflow(read, room);
    if (read.tokens.length === 0) {
      throw new EngineError("badInput", "The prompt has no tokens, so there is nothing for the model to go on from.");
    }
    return read.tokens.map(({ id }) => id);
  }

  private refuseOverflow({ tokens }: TokenizedPrompt, room: number): void {
    const { contextSize } = this.parts;
    if (tokens.length + room <= contextSize) return;
    const number = (value: number) => value.toLocaleString("en");
    throw new EngineError(
      "contextOverflow",
      `The prompt has ${number(tokens.length)} tokens, and ${this.model.name} has room for ${number(contextSize)}` +
        `${room > 0 ? " with its answer" : ""}. Shorten the prompt by ${number(tokens.length + room - contextSize)} ` +
        "tokens or more, or load the model with a larger context.",
    );
  }
}
