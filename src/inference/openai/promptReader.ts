import type { Tokenizer } from "../../tokenizers/tokenizer";
import { type ChatPrompt, EngineError, type TokenizedPrompt, type TokenizeOptions } from "../engine";
import type { Abilities } from "./abilities";
import type { ServerClient } from "./client";
import { llamaChat, llamaTokens, vllmTokens } from "./ownPaths";
import { type Piece, placeTokens, type Spelling, tokenizeHere, vocabularyBytes } from "./placedTokens";

/** How a model's tokens are found out: by asking its server, or with a tokenizer of ours that is the model's. */
export interface PromptReader {
  tokenize(text: string, options: TokenizeOptions, signal?: AbortSignal): Promise<TokenizedPrompt>;
  /** A chat as the model's template writes it, with the beginning of the answer; undefined where only the server can. */
  readonly chat?: (prompt: ChatPrompt, signal?: AbortSignal) => Promise<TokenizedPrompt>;
  /** Whether `parseSpecial: false` is honoured: what spells a special token stays text. */
  readonly keepsText: boolean;
}

/** Undefined where neither the server nor a tokenizer of ours can say it. */
export function promptReader(
  { program, ownTokens }: Abilities,
  client: ServerClient,
  model: string,
  tokenizer: Tokenizer | undefined,
): PromptReader | undefined {
  const { text } = ownTokens;
  const chats = ownTokens.chat.available;
  // A tokenizer of ours stands in for neither program: it would leave out the begin token that they add.
  if (program.name === "llama.cpp") return text.available ? llamaReader(client, model, chats) : undefined;
  if (program.name === "vLLM")
    return text.available ? vllmReader(client, model, chats, text.spelling ?? "plain") : undefined;
  if (!tokenizer) return undefined;
  return {
    keepsText: true,
    // Without the begin-of-sequence token: the families that ship have none, or leave it to the template.
    tokenize: async (text, { parseSpecial }) => tokenizeHere(tokenizer, text, parseSpecial),
  };
}

function llamaReader(client: ServerClient, model: string, chats: boolean): PromptReader {
  const ask = (content: string, { addBos, parseSpecial }: TokenizeOptions, signal?: AbortSignal): Promise<Piece[]> =>
    llamaTokens(client, model, { content, add_special: addBos, parse_special: parseSpecial }, { signal });
  const tokenize: PromptReader["tokenize"] = async (text, options, signal) =>
    placeTokens(await ask(text, options, signal));
  const chat: PromptReader["chat"] = async (prompt, signal) => {
    // The template's text is parsed as a whole, so a message that spells a control token could not stay text.
    if (!prompt.parseSpecial)
      for (const { content } of prompt.messages) {
        const plain = await ask(content, { parseSpecial: false, addBos: false }, signal);
        const parsed = await ask(content, { parseSpecial: true, addBos: false }, signal);
        if (plain.length !== parsed.length) throw controlText(client.host, content.slice(0, 60));
      }
    const text = await llamaChat(client, model, chatBody(prompt), { signal });
    return tokenize(text + (prompt.answerStart ?? ""), { parseSpecial: true, addBos: true }, signal);
  };
  return { keepsText: true, tokenize, ...(chats && { chat }) };
}

function vllmReader(client: ServerClient, model: string, chats: boolean, spelling: Spelling): PromptReader {
  const ask = async (body: object, signal?: AbortSignal): Promise<Piece[]> => {
    const { ids, spellings } = await vllmTokens(client, model, body, { signal });
    const bytes = vocabularyBytes(spellings, spelling);
    return ids.map((id, index) => ({ id, bytes: bytes[index] ?? new Uint8Array() }));
  };
  const chat: PromptReader["chat"] = async (prompt, signal) => {
    const rendered = await ask(chatBody(prompt), signal);
    const start = prompt.answerStart ?? "";
    const begun = start === "" ? [] : await ask({ prompt: start, add_special_tokens: false }, signal);
    return placeTokens([...rendered, ...begun]);
  };
  return {
    // Hugging Face tokenizers turn what spells a special token into it, always.
    keepsText: false,
    tokenize: async (text, { addBos }, signal) =>
      placeTokens(await ask({ prompt: text, add_special_tokens: addBos }, signal)),
    ...(chats && { chat }),
  };
}

function chatBody({ messages, addGenerationPrompt = true, templateValues }: ChatPrompt): object {
  return {
    messages,
    add_generation_prompt: addGenerationPrompt,
    ...(templateValues && { chat_template_kwargs: templateValues }),
  };
}

/** A text spells a control token, and the server would take it for one. */
export function controlText(host: string, text: string): EngineError {
  return new EngineError(
    "unsupported",
    `The prompt spells a control token (“${text}”), and ${host} would read it as one. Allow special tokens in the prompt, or take it out.`,
  );
}

/** What spells a control token of the well-known families. Serving programs parse these in prompts. */
export const spellsControlToken =
  /<\|[^\s|<>]{1,40}\|>|<｜[^<>]{1,40}｜>|<\/?s>|\[\/?INST\]|<(?:start|end)_of_turn>|<(?:bos|eos|pad|unk)>/;
