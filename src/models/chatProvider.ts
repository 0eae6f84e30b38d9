import * as v from "valibot";
import {
  type CancellationToken,
  type Disposable,
  type Event,
  EventEmitter,
  type LanguageModelChatInformation,
  LanguageModelChatMessageRole,
  type LanguageModelChatProvider,
  type LanguageModelChatRequestMessage,
  type LanguageModelResponsePart,
  LanguageModelTextPart,
  l10n,
  lm,
  type Progress,
  type ProvideLanguageModelChatResponseOptions,
  workspace,
} from "vscode";
import { type Engine, plainSampler, type Sampler } from "../inference/engine";
import { DisposableStore } from "../platform/disposables";
import type { Log } from "../platform/log";
import type { ChatMessage } from "../tokenizers/chat/messages";
import { abortSignal } from "./cancellation";
import type { ModelEntry, Models } from "./models";

/** As package.json has it in `languageModelChatProviders`. */
export const chatVendor = "promptscope";

/** Tokens assumed for a model that was never loaded: the smallest context of the built-in ones. */
const unknownContext = 512;

/** What an assistant may set; anything else in its options is not for a model of ours. */
const modelOptions = v.object({
  temperature: v.optional(v.pipe(v.number(), v.minValue(0))),
  top_p: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  max_tokens: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff))),
});

/** Offers the models on this machine (built in, and GGUF files) to VS Code's own chat. */
export function registerChatProvider(models: Models, log: Log): Disposable {
  const provider = new ChatProvider(models, log);
  const store = new DisposableStore();
  store.add(provider);
  store.add(lm.registerLanguageModelChatProvider(chatVendor, provider));
  return store;
}

export class ChatProvider implements LanguageModelChatProvider, Disposable {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<void>());
  private readonly contexts = new Map<string, number>();
  private offered = "";
  readonly onDidChangeLanguageModelChatInformation: Event<void> = this.emitter.event;

  constructor(
    private readonly models: Models,
    private readonly log: Log,
  ) {
    // The list changes with every percent of a loading: VS Code is told only what it can see.
    this.store.add(
      models.onDidChange(() => {
        const now = JSON.stringify(this.offers());
        if (now === this.offered) return;
        this.offered = now;
        this.emitter.fire();
      }),
    );
  }

  provideLanguageModelChatInformation(): LanguageModelChatInformation[] {
    return this.offers();
  }

  async provideLanguageModelChatResponse(
    { id }: LanguageModelChatInformation,
    messages: readonly LanguageModelChatRequestMessage[],
    options: ProvideLanguageModelChatResponseOptions,
    progress: Progress<LanguageModelResponsePart>,
    token: CancellationToken,
  ): Promise<void> {
    const signal = abortSignal(token);
    const engine = await this.models.engine(id, { signal });
    const wish = v.safeParse(modelOptions, options.modelOptions ?? {});
    const wished = wish.success ? wish.output : {};
    const sampler: Sampler = {
      ...plainSampler,
      temperature: wished.temperature ?? plainSampler.temperature,
      topP: wished.top_p ?? plainSampler.topP,
    };
    const request = {
      prompt: { kind: "chat", messages: messages.map(chatMessage) },
      seeds: [wished.seed ?? randomSeed()],
      sampler,
      maxTokens: wished.max_tokens ?? this.contextOf(id, engine),
      topK: 0,
    } as const;
    const start = performance.now();
    const decoder = new TextDecoder();
    const say = (text: string): void => {
      if (text !== "") progress.report(new LanguageModelTextPart(text));
    };
    let tokens = 0;
    try {
      for await (const event of engine.sample(request, signal)) {
        if (event.kind !== "token") continue;
        tokens++;
        const { bytes, text, special } = event.token;
        // A character may come in parts.
        if (!special)
          say(
            decoder.decode(bytes === undefined ? new TextEncoder().encode(text) : Buffer.from(bytes, "hex"), {
              stream: true,
            }),
          );
      }
      say(decoder.decode());
    } finally {
      this.log.info("chat answered", {
        id,
        tokens,
        ms: Math.round(performance.now() - start),
        stopped: signal.aborted,
      });
    }
  }

  /** Exact: a message is counted as the model's template writes it, with what it puts around. */
  async provideTokenCount(
    { id }: LanguageModelChatInformation,
    text: string | LanguageModelChatRequestMessage,
    token: CancellationToken,
  ): Promise<number> {
    const signal = abortSignal(token);
    const engine = await this.models.engine(id, { signal });
    const counted =
      typeof text === "string"
        ? await engine.tokenize(text, { parseSpecial: false, addBos: false }, signal)
        : await engine.render({ kind: "chat", messages: [chatMessage(text)], addGenerationPrompt: false }, signal);
    return counted.tokens.length;
  }

  dispose(): void {
    this.store.dispose();
  }

  private offers(): LanguageModelChatInformation[] {
    if (!workspace.isTrusted) return [];
    return this.models
      .list()
      .filter(({ kind, roles }) => (kind === "builtIn" || kind === "gguf") && roles.includes("chat"))
      .map((entry) => this.information(entry));
  }

  private information({ id, name, description, state }: ModelEntry): LanguageModelChatInformation {
    if (state.kind === "ready" && state.facts.contextSize !== undefined) this.contexts.set(id, state.facts.contextSize);
    const context = this.contexts.get(id);
    const tokens = context ?? unknownContext;
    return {
      id,
      name,
      family: name,
      version: id,
      tooltip: description,
      detail: l10n.t("Promptscope, on this machine"),
      // Prompt and answer share the context; the split is VS Code's to make, so each may have nearly all of it.
      maxInputTokens: Math.max(1, tokens - Math.min(256, tokens >> 2)),
      maxOutputTokens: tokens,
      capabilities: { toolCalling: false, imageInput: false },
    };
  }

  private contextOf(id: string, { model }: Engine): number {
    return model.contextSize ?? this.contexts.get(id) ?? unknownContext;
  }
}

function chatMessage({ role, content, name }: LanguageModelChatRequestMessage): ChatMessage {
  const text = content.map((part) => (part instanceof LanguageModelTextPart ? part.value : "")).join("");
  const known =
    role === LanguageModelChatMessageRole.Assistant
      ? "assistant"
      : role === LanguageModelChatMessageRole.User
        ? "user"
        : "system";
  return { role: known, content: text, ...(name !== undefined && { name }) };
}

function randomSeed(): number {
  return Math.floor(Math.random() * 0x1_0000_0000);
}
