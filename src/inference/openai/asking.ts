import { EngineError, plainSampler } from "../engine";
import type { Abilities } from "./abilities";
import { type Completion, readCompletion } from "./answers";
import type { ServerClient } from "./client";
import { serverMessage } from "./failures";
import { type Program, samplerBody, withoutLeftOut } from "./program";

/** Enough to think about the probe's questions, and to answer. */
const tokensToThink = 1_000;

/** An answer, or why there is none. */
export interface Reply {
  readonly answer: Completion | undefined;
  readonly reason: string;
  readonly error: EngineError | undefined;
}

/** Asks, and takes a refusal for an answer. What says nothing about abilities is thrown. */
export class Asking {
  maxTokensName: Abilities["maxTokensName"] = "max_tokens";
  readonly leftOut = new Set<string>();
  /** Whether the model thinks before it answers, and came to nothing with few tokens. */
  thinks = false;
  private answered = false;

  constructor(
    private readonly client: ServerClient,
    private readonly model: string,
    readonly program: Program,
    private readonly signal: AbortSignal | undefined,
  ) {}

  completion(body: object): Promise<Reply> {
    return this.ask("/completions", body);
  }

  /** Newer models of hosted servers refuse what was usual, and say what: then it is asked their way, now and later. */
  async chat(body: object): Promise<Reply> {
    let reply = await this.ask("/chat/completions", body);
    while (!reply.answer && this.learn(reply.error?.details ?? "", body))
      reply = await this.ask("/chat/completions", body);
    return reply;
  }

  /** Whether a refusal said something new of how to ask. */
  private learn(refusal: string, body: object): boolean {
    if (this.maxTokensName === "max_tokens" && refusal.includes("max_completion_tokens")) {
      this.maxTokensName = "max_completion_tokens";
      return true;
    }
    if (!this.thinks && /output limit was reached/i.test(refusal)) {
      this.thinks = true;
      return true;
    }
    const name = /unsupported (?:parameter|value):? ["']?(temperature|top_p)\b/i.exec(refusal)?.[1];
    // What was asked for itself is not left out: the refusal is the answer then.
    if (name === undefined || name in body || this.leftOut.has(name)) return false;
    this.leftOut.add(name);
    return true;
  }

  private async ask(path: string, body: object): Promise<Reply> {
    const { max_tokens = 1, ...rest } = body as { max_tokens?: number };
    const neutral = withoutLeftOut(samplerBody(plainSampler, this.program.name, this.client.host), [...this.leftOut]);
    const chat = path === "/chat/completions";
    const most = chat && this.thinks ? Math.max(max_tokens, tokensToThink) : max_tokens;
    const whole = { model: this.model, ...neutral, [chat ? this.maxTokensName : "max_tokens"]: most, ...rest };
    try {
      const data = await this.client.post(path, whole, { signal: this.signal, once: true });
      this.answered = true;
      return { answer: readCompletion(data, this.client.host), reason: "", error: undefined };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      // Where the key was taken before, this is about what was asked: OpenAI answers 403 to log-probabilities.
      if (error.code === "unauthorized" && (this.answered || this.thinks))
        return { answer: undefined, reason: serverMessage(error.details ?? "") ?? "", error };
      if (error.code !== "server" && error.code !== "unsupported") throw error;
      return { answer: undefined, reason: error.message, error };
    }
  }
}
