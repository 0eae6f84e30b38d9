import { EngineError } from "../engine";
import { type Finding, missing, type OwnTokens, tokensUnknown } from "./abilities";
import type { CallOptions, ServerClient } from "./client";
import { llamaChat, llamaTokens, vllmTokens } from "./ownPaths";
import { type Spelling, spellingOf } from "./placedTokens";
import type { Program } from "./program";

/** Spaces show how a vocabulary spells its tokens. */
const spaced = " a b é";
const chat = { messages: [{ role: "user", content: "Hi" }], add_generation_prompt: true };

/**
 * Asks once for the tokens of a text and of a chat: gateways pass on the common paths alone, and a model may have no
 * template. Rejects only where nothing can be found out.
 */
export async function findOwnTokens(
  client: ServerClient,
  model: string,
  { name }: Program,
  signal: AbortSignal | undefined,
): Promise<OwnTokens> {
  const unknown = { text: missing(tokensUnknown(client.host)), chat: missing(chatHidden(client.host)) };
  if (name !== "llama.cpp" && name !== "vLLM") return unknown;
  const ask = name === "vLLM" ? askVllm : askLlama;
  const call: CallOptions = { signal, once: true };
  const text = await tried(() => ask.text(client, model, call), unknown.text.reason);
  // A template's text is of use where its tokens can be asked for.
  if (!text.available) return { text, chat: unknown.chat };
  return { text, chat: await tried(() => ask.chat(client, model, call), unknown.chat.reason) };
}

/** What answers is there; what is told of it goes into the finding. */
interface Questions {
  text(client: ServerClient, model: string, call: CallOptions): Promise<{ readonly spelling?: Spelling }>;
  chat(client: ServerClient, model: string, call: CallOptions): Promise<object>;
}

const askLlama: Questions = {
  text: async (client, model, call) => {
    await llamaTokens(client, model, { content: spaced, add_special: false, parse_special: false }, call);
    return {};
  },
  chat: async (client, model, call) => {
    await llamaChat(client, model, chat, call);
    return {};
  },
};

const askVllm: Questions = {
  text: async (client, model, call) => {
    const { spellings } = await vllmTokens(client, model, { prompt: spaced, add_special_tokens: false }, call);
    return { spelling: spellingOf(spellings) };
  },
  chat: async (client, model, call) => {
    await vllmTokens(client, model, chat, call);
    return {};
  },
};

async function tried<Detail extends object>(ask: () => Promise<Detail>, reason: string): Promise<Finding<Detail>> {
  try {
    return { available: true, ...(await ask()) };
  } catch (error) {
    // What says nothing about this path (a server that is gone or busy) is thrown.
    if (!(error instanceof EngineError) || error.code === "network" || error.code === "rateLimited") throw error;
    return missing(`${reason} ${error.message}`);
  }
}

function chatHidden(host: string): string {
  return `${host} does not show what its chat template writes. llama.cpp's and vLLM's servers do, where their own paths are open.`;
}
