import { EngineError } from "../engine";
import { type Finding, missing, type OwnTokens, tokensUnknown } from "./abilities";
import type { CallOptions, ServerClient } from "./client";
import { llamaChat, llamaTokens, vllmTokens } from "./ownPaths";
import type { Program } from "./program";

const text = " a b é";
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
  const call: CallOptions = { signal, once: true };
  const { host } = client;
  const asks = {
    "llama.cpp": {
      text: () => llamaTokens(client, model, { content: text, add_special: false, parse_special: false }, call),
      chat: () => llamaChat(client, model, chat, call),
    },
    vLLM: {
      text: () => vllmTokens(client, model, { prompt: text, add_special_tokens: false }, call),
      chat: () => vllmTokens(client, model, chat, call),
    },
  };
  const unknown = { text: missing(tokensUnknown(host)), chat: missing(chatHidden(host)) };
  if (name !== "llama.cpp" && name !== "vLLM") return unknown;
  const found = await tried(asks[name].text, unknown.text.reason);
  // A template's text is of use where its tokens can be asked for.
  return { text: found, chat: found.available ? await tried(asks[name].chat, unknown.chat.reason) : unknown.chat };
}

async function tried(ask: () => Promise<unknown>, reason: string): Promise<Finding> {
  try {
    await ask();
    return { available: true };
  } catch (error) {
    // What says nothing about this path (a server that is gone or busy) is thrown.
    if (!(error instanceof EngineError) || error.code === "network" || error.code === "rateLimited") throw error;
    return missing(`${reason} ${error.message}`);
  }
}

function chatHidden(host: string): string {
  return `${host} does not show what its chat template writes. llama.cpp's and vLLM's servers do, where their own paths are open.`;
}
