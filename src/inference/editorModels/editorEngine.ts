import {
  CancellationTokenSource,
  type LanguageModelChat,
  LanguageModelChatMessage,
  LanguageModelError,
  LanguageModelTextPart,
  l10n,
} from "vscode";
import type { Log } from "../../platform/log";
import type { ChatMessage } from "../../tokenizers/chat/messages";
import {
  type Capabilities,
  type Distribution,
  type Engine,
  EngineError,
  type ModelFacts,
  type Prompt,
  type PromptScore,
  type SampleEvent,
  type SampleRequest,
  type TokenizedPrompt,
} from "../engine";
import { merged } from "../openai/merged";
import { unknownTokenId } from "../openai/tokens";
import { TokenLimit } from "./tokenLimit";

/** Requests to one model at the same time: these are services that one person shares with their editor's own chat. */
const parallel = 2;

/** As `ModelFacts.id` has it. */
export function editorModelId({ vendor, id }: Pick<LanguageModelChat, "vendor" | "id">): string {
  return `editor:${vendor}/${id}`;
}

/**
 * A chat model of VS Code's (`vscode.lm`) as an Engine that samples and nothing else: the editor gives texts, without
 * tokens or probabilities. VS Code itself asks for consent at the first request.
 */
export class EditorEngine implements Engine {
  readonly model: ModelFacts;
  readonly capabilities: Capabilities;

  constructor(
    private readonly chat: LanguageModelChat,
    private readonly log?: Log,
  ) {
    const { name, vendor, version, maxInputTokens } = chat;
    this.model = {
      id: editorModelId(chat),
      name,
      kind: "editor",
      contextSize: maxInputTokens,
      vocabularySize: undefined,
      hasChatTemplate: true,
      addsBos: false,
      build: l10n.t("{0} {1} through VS Code, which may leave out sampler settings", vendor, version),
      fingerprint: undefined,
    };
    this.capabilities = capabilities();
  }

  tokenize(): Promise<TokenizedPrompt> {
    return refuse(this.capabilities.tokenize);
  }

  render(): Promise<TokenizedPrompt> {
    return refuse(this.capabilities.tokenize);
  }

  score(): Promise<PromptScore> {
    return refuse(this.capabilities.score);
  }

  next(): Promise<Distribution> {
    return refuse(this.capabilities.next);
  }

  /** Each piece of text is given as one token without an id: VS Code does not say where tokens end. */
  async *sample(request: SampleRequest, signal?: AbortSignal): AsyncGenerator<SampleEvent, void> {
    const messages = chatMessages(request.prompt);
    refuseWhatIsLeftOut(request);
    const own = new AbortController();
    const both = signal ? AbortSignal.any([signal, own.signal]) : own.signal;
    const count = request.seeds.length;
    const lanes = Array.from({ length: Math.min(parallel, count) }, (_, lane) =>
      this.lane(lane, messages, request, both),
    );
    yield* merged(lanes, (reason) => own.abort(reason));
  }

  private async *lane(
    first: number,
    messages: LanguageModelChatMessage[],
    request: SampleRequest,
    signal: AbortSignal,
  ): AsyncGenerator<SampleEvent, void> {
    for (let sample = first; sample < request.seeds.length; sample += parallel)
      yield* this.one(sample, messages, request, signal);
  }

  private async *one(
    sample: number,
    messages: LanguageModelChatMessage[],
    request: SampleRequest,
    signal: AbortSignal,
  ): AsyncGenerator<SampleEvent, void> {
    signal.throwIfAborted();
    const cancel = new CancellationTokenSource();
    const onAbort = (): void => cancel.cancel();
    signal.addEventListener("abort", onAbort, { once: true });
    const limit = new TokenLimit(request.maxTokens, async (text) => this.chat.countTokens(text));
    let text = "";
    let pieces = 0;
    let reason: "endToken" | "stopText" | "maxTokens" = "endToken";
    try {
      const { temperature, topP } = request.sampler;
      const modelOptions = { temperature, top_p: topP, max_tokens: request.maxTokens };
      const answer = await this.chat.sendRequest(messages, { modelOptions }, cancel.token);
      for await (const part of answer.stream) {
        signal.throwIfAborted();
        if (!(part instanceof LanguageModelTextPart) || part.value === "") continue;
        text += part.value;
        pieces++;
        yield { kind: "token", sample, token: { id: unknownTokenId, text: part.value, ...unmeasured } };
        const stop = firstStop(text, request.stop ?? []);
        if (stop >= 0) {
          text = text.slice(0, stop);
          reason = "stopText";
          break;
        }
        if (await limit.reached(text)) {
          reason = "maxTokens";
          break;
        }
      }
    } catch (error) {
      signal.throwIfAborted();
      throw asEngineError(error, this.chat.name);
    } finally {
      signal.removeEventListener("abort", onAbort);
      cancel.cancel();
      cancel.dispose();
    }
    // Some providers end their stream without a word when they are told to stop: that is no whole answer.
    signal.throwIfAborted();
    yield { kind: "end", sample, reason, text, tokens: await this.counted(limit, text, pieces, signal) };
  }

  /** The tokens of a finished answer; its pieces where the model does not count: the answer is worth more than its number. */
  private async counted(limit: TokenLimit, text: string, pieces: number, signal: AbortSignal): Promise<number> {
    try {
      return await limit.count(text);
    } catch (error) {
      signal.throwIfAborted();
      this.log?.error("tokens of an answer not counted, its pieces are", error, { model: this.model.id, pieces });
      return pieces;
    }
  }
}

const unmeasured = { logProb: undefined, sampledWith: undefined, entropy: undefined, top: [] } as const;

function capabilities(): Capabilities {
  const yes = { available: true } as const;
  const no = (reason: string) => ({ available: false, reason }) as const;
  const noNumbers = l10n.t("VS Code's chat models give texts only, without tokens or probabilities.");
  return {
    completion: no(l10n.t("VS Code's chat models take chats only.")),
    chat: yes,
    tokenize: no(l10n.t("VS Code counts the tokens of its chat models, but does not show them.")),
    score: no(noNumbers),
    next: no(noNumbers),
    sample: { available: true, parallel },
    sampleLogProbs: no(noNumbers),
    seeds: no(l10n.t("VS Code's chat models take no seed, so runs cannot be repeated.")),
    grammar: no(l10n.t("VS Code's chat models take no grammar.")),
    logitBias: no(l10n.t("VS Code's chat models do not show tokens, so none can be biased.")),
  };
}

async function refuse(capability: Capabilities["tokenize"]): Promise<never> {
  throw new EngineError("unsupported", capability.available ? "" : capability.reason);
}

function chatMessages(prompt: Prompt): LanguageModelChatMessage[] {
  if (prompt.kind !== "chat")
    throw new EngineError(
      "unsupported",
      l10n.t("VS Code's chat models take chats only. Use the chat form of this prompt."),
    );
  if (prompt.answerStart || prompt.addGenerationPrompt === false)
    throw new EngineError("unsupported", l10n.t("An answer cannot be begun for VS Code's chat models."));
  return prompt.messages.map(chatMessage);
}

/** There is no system role: such a message goes first as the user's, which is what VS Code's own documentation advises. */
function chatMessage({ role, content, name }: ChatMessage): LanguageModelChatMessage {
  return role === "assistant"
    ? LanguageModelChatMessage.Assistant(content, name)
    : LanguageModelChatMessage.User(content, name);
}

function refuseWhatIsLeftOut({ sampler, grammar, logitBias, stopTokens }: SampleRequest): void {
  const asked = [
    sampler.topK !== 0 && l10n.t("top-k"),
    sampler.minP !== 0 && l10n.t("min-p"),
    sampler.repetitionPenalty !== 1 && l10n.t("a repetition penalty"),
    grammar !== undefined && l10n.t("a grammar"),
    logitBias?.length && l10n.t("biased tokens"),
    stopTokens?.length && l10n.t("stop tokens"),
  ].filter((what) => typeof what === "string");
  if (asked.length === 0) return;
  throw new EngineError(
    "unsupported",
    l10n.t("VS Code's chat models take no {0}. Turn it off, or use another model.", asked.join(", ")),
  );
}

/** Where the first of the stop texts begins; -1 for none. */
function firstStop(text: string, stop: readonly string[]): number {
  const found = stop.map((wanted) => text.indexOf(wanted)).filter((at) => at >= 0);
  return found.length === 0 ? -1 : Math.min(...found);
}

function asEngineError(error: unknown, name: string): unknown {
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const options = { cause: error };
  if (error instanceof LanguageModelError && error.code === LanguageModelError.NoPermissions.name)
    return new EngineError(
      "unauthorized",
      l10n.t("Promptscope may not use {0}: {1} Allow it in VS Code's list of language models.", name, message),
      undefined,
      options,
    );
  if (error instanceof LanguageModelError && error.code === LanguageModelError.Blocked.name)
    return new EngineError(
      "rateLimited",
      l10n.t("{0} takes no more requests for now: {1}", name, message),
      undefined,
      options,
    );
  return new EngineError(
    "server",
    l10n.t("{0} failed: {1} What had arrived is kept.", name, message),
    undefined,
    options,
  );
}
