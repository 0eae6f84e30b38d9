import type { Log } from "../../platform/log";
import type { Tokenizer } from "../../tokenizers/tokenizer";
import {
  type Capabilities,
  type Distribution,
  type Engine,
  EngineError,
  greedySampler,
  type ModelFacts,
  type NextOptions,
  type Prompt,
  type PromptScore,
  plainSampler,
  type SampleEvent,
  type SampleRequest,
  type ScoreOptions,
  type TokenizedPrompt,
  type TokenizeOptions,
} from "../engine";
import { type Abilities, capabilitiesOf, type Finding } from "./abilities";
import { servedModelId } from "./address";
import { readCompletion } from "./answers";
import type { ServerClient } from "./client";
import { merged } from "./merged";
import { type PreparedPrompt, preparePrompt } from "./preparedPrompt";
import { samplerRemark } from "./program";
import { type PromptReader, promptReader } from "./promptReader";
import { baseBody, sampleBody } from "./requestBody";
import { streamSample } from "./sampling";
import { scorePrompt } from "./scoring";
import { distributionOf, givenTokens, type IdOf } from "./tokens";

export interface ServedEngineOptions {
  readonly client: ServerClient;
  /** The model's name on the server. */
  readonly model: string;
  readonly found: Abilities;
  /** A tokenizer that is known to be the model's, where there is one. */
  readonly tokenizer?: Tokenizer | undefined;
  readonly log?: Log | undefined;
  /** Told after each `sample`: tokens of all samples, and the seconds they took. */
  readonly onSpeed?: (tokens: number, seconds: number) => void;
}

/** A model of an OpenAI-compatible server as an Engine. What the server cannot give, `capabilities` says, with why. */
export class ServedEngine implements Engine {
  readonly model: ModelFacts;
  readonly capabilities: Capabilities;
  private readonly reader: PromptReader | undefined;
  private readonly idOf: IdOf;

  constructor(private readonly options: ServedEngineOptions) {
    const { client, model, found, tokenizer } = options;
    const { program } = found;
    this.reader = promptReader(found, client, model, tokenizer);
    this.idOf = (bytes) => tokenizer && idOfBytes(tokenizer, bytes);
    const parallel = Math.min(client.maxParallel, program.slots ?? Number.POSITIVE_INFINITY);
    this.capabilities = capabilitiesOf(found, client.host, parallel, this.reader !== undefined);
    const remark = samplerRemark(program.name);
    const name = program.name === "other" ? "OpenAI-compatible server" : program.name;
    this.model = {
      id: servedModelId(client.address.baseUrl, model),
      name: model,
      kind: "served",
      contextSize: program.contextSize,
      vocabularySize: program.vocabularySize ?? tokenizer?.vocabularySize,
      hasChatTemplate: found.chat.available,
      // The server adds what it adds by itself; what its tokenizer shows has it where there is one.
      addsBos: false,
      build: [`${name}${program.version === undefined ? "" : ` ${program.version}`} at ${client.host}`, remark]
        .filter((part) => part !== undefined)
        .join(", "),
      fingerprint: undefined,
    };
  }

  async tokenize(text: string, options: TokenizeOptions, signal?: AbortSignal): Promise<TokenizedPrompt> {
    return this.known().tokenize(text, options, signal);
  }

  async render(prompt: Prompt, signal?: AbortSignal): Promise<TokenizedPrompt> {
    const reader = this.known();
    if (prompt.kind === "text")
      return reader.tokenize(prompt.text, { parseSpecial: prompt.parseSpecial ?? false, addBos: true }, signal);
    if (prompt.kind === "chat" && reader.chat) return reader.chat(prompt, signal);
    if (prompt.kind === "tokens")
      throw new EngineError("unsupported", `${this.host} does not tell what tokens stand for.`);
    throw unsupported(this.options.found.ownTokens.chat);
  }

  async score(prompt: Prompt, options: ScoreOptions, signal?: AbortSignal): Promise<PromptScore> {
    const prepared = await this.prepare(prompt, signal);
    if (prepared.path === "/chat/completions")
      throw new EngineError(
        "unsupported",
        `${this.host} scores texts only, and does not show what its chat template writes.`,
      );
    const body = baseBody(prepared, { ...this.bodyOptions(), sampler: greedySampler, maxTokens: 1, topK: undefined });
    const shown = await this.withTokens(prepared, signal);
    return scorePrompt({ ...this.options, idOf: this.idOf }, shown, body, options, signal);
  }

  async next(prompt: Prompt, options: NextOptions, signal?: AbortSignal): Promise<Distribution> {
    const { client, found } = this.options;
    const { logProbs } = found;
    if (!logProbs.available) throw new EngineError("unsupported", logProbs.reason);
    const prepared = await this.prepare(prompt, signal);
    const asked = options.ids ?? [];
    // Wanted tokens must be among the alternatives, so all of those are asked for.
    const topK = asked.length > 0 ? logProbs.topK : Math.max(1, Math.min(options.topK, logProbs.topK));
    // A model that ends its text gives no token, and some servers then say nothing. Where the values are raw, heat
    // changes only what is drawn, so a hotter try is as good.
    for (const temperature of logProbs.raw ? [1, 2, 2, 2] : [1, 1, 1, 1]) {
      const sampler = { ...plainSampler, temperature };
      const body = baseBody(prepared, { ...this.bodyOptions(), sampler, maxTokens: 1, topK });
      const answer = readCompletion(await client.post(prepared.path, body, { signal }), client.host);
      const [choice] = answer.choices;
      const top = choice && givenTokens(choice, topK, this.idOf)?.[0]?.top;
      if (!top?.length) continue;
      const wanted = asked.map((id) => {
        const known = top.find((item) => item.id === id);
        if (known) return known;
        throw new EngineError(
          "unsupported",
          `${this.host} tells the ${topK.toLocaleString("en-US")} likeliest tokens only, and token ${id} is not among them.`,
        );
      });
      const kept = top.slice(0, Math.max(1, Math.min(options.topK, topK)));
      const known = prepared.path === "/completions" ? prepared.tokens?.tokens.length : undefined;
      return { ...distributionOf(kept, false), asked: wanted, promptTokens: answer.usage?.prompt_tokens ?? known ?? 0 };
    }
    throw new EngineError(
      "server",
      `The model on ${this.host} ends its text here, and the server does not say how likely other tokens were.`,
    );
  }

  async *sample(request: SampleRequest, signal?: AbortSignal): AsyncGenerator<SampleEvent, void> {
    const { log } = this.options;
    const start = performance.now();
    const prepared = await this.prepare(request.prompt, signal);
    const controller = new AbortController();
    const both = signal ? AbortSignal.any([signal, controller.signal]) : controller.signal;
    const limit = this.capabilities.sample.available ? this.capabilities.sample.parallel : 1;
    const bodies = request.seeds.map((seed) => sampleBody(prepared, request, seed, this.bodyOptions()));
    const lanes = Array.from({ length: Math.min(limit, bodies.length) }, (_, lane) =>
      this.lane(lane, limit, bodies, prepared, request, both),
    );
    let tokens = 0;
    for await (const event of merged(lanes, (reason) => controller.abort(reason))) {
      if (event.kind === "token") tokens++;
      yield event;
    }
    const seconds = (performance.now() - start) / 1_000;
    log?.debug("sampled", { model: this.model.id, samples: bodies.length, tokens, ms: Math.round(seconds * 1_000) });
    if (tokens > 0) this.options.onSpeed?.(tokens, seconds);
  }

  /** Every `lanes`-th sample, one after the other. */
  private async *lane(
    first: number,
    lanes: number,
    bodies: readonly object[],
    prepared: PreparedPrompt,
    request: SampleRequest,
    signal: AbortSignal,
  ): AsyncGenerator<SampleEvent, void> {
    const source = { ...this.options, idOf: this.idOf };
    for (let sample = first; sample < bodies.length; sample += lanes)
      yield* streamSample(source, prepared, bodies[sample] ?? {}, request, sample, signal);
  }

  /** vLLM gives log-probabilities by token id: which id stands where is asked beside it. */
  private async withTokens(prepared: PreparedPrompt, signal: AbortSignal | undefined): Promise<PreparedPrompt> {
    const { promptLogProbs } = this.options.found;
    if (prepared.path !== "/completions" || prepared.tokens || typeof prepared.prompt !== "string") return prepared;
    if (!this.reader || !promptLogProbs.available || promptLogProbs.by !== "promptLogProbs") return prepared;
    const tokens = await this.reader.tokenize(prepared.prompt, { parseSpecial: true, addBos: true }, signal);
    return { ...prepared, tokens };
  }

  private prepare(prompt: Prompt, signal: AbortSignal | undefined): Promise<PreparedPrompt> {
    return preparePrompt(prompt, this.options.found, this.reader, this.host, signal);
  }

  private known(): PromptReader {
    if (this.reader) return this.reader;
    throw unsupported(this.options.found.ownTokens.text);
  }

  private bodyOptions() {
    const { model, found } = this.options;
    return { model, found, host: this.host };
  }

  private get host(): string {
    return this.options.client.host;
  }
}

function unsupported(finding: Finding): EngineError {
  return new EngineError("unsupported", finding.available ? "" : finding.reason);
}

/** The token with exactly these bytes, found by encoding them; undefined for what is no text. */
function idOfBytes(tokenizer: Tokenizer, bytes: Uint8Array): number | undefined {
  const { ids } = tokenizer.encode(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), { special: "parse" });
  return ids.length === 1 ? ids[0] : undefined;
}
