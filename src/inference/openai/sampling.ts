import { EngineError, type SampledToken, type SampleEvent, type SampleRequest, type StopReason } from "../engine";
import type { Abilities } from "./abilities";
import { type Choice, readCompletion } from "./answers";
import type { ServerClient } from "./client";
import type { PreparedPrompt } from "./preparedPrompt";
import { type GivenToken, givenTokens, type IdOf, lowerBound, tokenText } from "./tokens";

export interface SampleSource {
  readonly client: ServerClient;
  readonly found: Abilities;
  readonly idOf: IdOf;
}

/** One sample's events from its stream. A stream that ends without a reason broke: what came stays, then an error. */
export async function* streamSample(
  { client, found, idOf }: SampleSource,
  prepared: PreparedPrompt,
  body: object,
  request: SampleRequest,
  sample: number,
  signal: AbortSignal,
): AsyncGenerator<SampleEvent, void> {
  const raw = found.logProbs.available && found.logProbs.raw;
  let text = "";
  let tokens = 0;
  let counted: number | undefined;
  let last: Choice | undefined;
  let thinking = false;
  for await (const data of client.events(prepared.path, body, { signal })) {
    const { choices, usage } = readCompletion(data, client.host);
    counted = usage?.completion_tokens ?? counted;
    const [choice] = choices;
    if (!choice) continue;
    const { thought, said } = pieceOf(choice);
    const tag = thinking ? (said === "" ? "" : "</think>") : thought === "" ? "" : "<think>";
    if (tag !== "") {
      thinking = !thinking;
      text += tag;
      yield { kind: "token", sample, token: sampled(unmeasured(tag, undefined, idOf), raw) };
    }
    const piece = thought + said;
    text += piece;
    const given = givenTokens(choice, request.topK, idOf);
    const shown = given?.length ? given : piece === "" ? [] : [unmeasured(piece, choice.token_ids, idOf)];
    for (const token of shown) {
      tokens++;
      yield { kind: "token", sample, token: sampled(token, raw) };
    }
    if (choice.finish_reason) last = choice;
  }
  if (!last)
    throw new EngineError(
      "network",
      `${client.host} ended an answer in the middle, without saying why. What had arrived is kept. If the server takes one request at a time, set “maxParallel” of this server to 1 in promptscope.servers.`,
    );
  const count = counted ?? tokens;
  yield {
    kind: "end",
    sample,
    reason: stopReason(last, request, count, client.host),
    text: cutStop(text, request),
    tokens: count,
  };
}

/** Thoughts that a server keeps apart are part of what the model wrote; the tags that it took out are put back around them. */
function pieceOf({ text, delta, message }: Choice): { readonly thought: string; readonly said: string } {
  const given = delta ?? message;
  return { thought: given?.reasoning_content ?? given?.reasoning ?? "", said: `${text ?? ""}${given?.content ?? ""}` };
}

/** A piece of text as it came: one token mostly, several where the server bundles them. */
function unmeasured(piece: string, ids: Choice["token_ids"], idOf: IdOf): GivenToken {
  const id = ids?.length === 1 ? ids[0] : undefined;
  return { ...tokenText(piece, undefined, id, idOf), logProb: undefined, top: [] };
}

function sampled({ logProb, top, ...token }: GivenToken, raw: boolean): SampledToken {
  const entropy = raw ? lowerBound(top) : undefined;
  return {
    ...token,
    // After the sampler, the value is the chance that the token was drawn with, and nothing is known of the model's own.
    logProb: raw ? logProb : undefined,
    sampledWith: raw || logProb === undefined ? undefined : Math.exp(logProb),
    entropy,
    top,
  };
}

function stopReason(choice: Choice, request: SampleRequest, tokens: number, host: string): StopReason {
  switch (choice.finish_reason) {
    case "length":
      return tokens < request.maxTokens ? "contextFull" : "maxTokens";
    case "stop":
      if (typeof choice.stop_reason === "number") return "stopToken";
      if (typeof choice.stop_reason === "string") return "stopText";
      // Most servers say "stop" for stop texts and end tokens alike: then it is taken for the model's own end.
      return "endToken";
    default:
      throw new EngineError(
        "server",
        `${host} ended an answer for a reason of its own (“${choice.finish_reason}”). What had arrived is kept.`,
      );
  }
}

/** Servers leave the stop text out; one that does not is helped. */
function cutStop(text: string, { stop = [] }: SampleRequest): string {
  const ends = stop.map((wanted) => text.indexOf(wanted)).filter((at) => at >= 0);
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}
