import * as v from "valibot";
import type { Tokenizer } from "../../tokenizers/tokenizer";
import { type ChatPrompt, EngineError, type TokenizedPrompt, type TokenizeOptions } from "../engine";
import { read } from "./answers";
import type { ServerClient } from "./client";
import { type Piece, placeTokens, tokenizeHere, vocabularyBytes } from "./placedTokens";
import type { Program } from "./program";

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
  program: Program,
  client: ServerClient,
  model: string,
  tokenizer: Tokenizer | undefined,
): PromptReader | undefined {
  if (program.name === "llama.cpp") return llamaReader(client, model);
  if (program.name === "vLLM") return vllmReader(client, model);
  if (!tokenizer) return undefined;
  return {
    keepsText: true,
    // Without the begin-of-sequence token: the families that ship have none, or leave it to the template.
    tokenize: async (text, { parseSpecial }) => tokenizeHere(tokenizer, text, parseSpecial),
  };
}

const pieces = v.object({
  tokens: v.array(v.object({ id: v.number(), piece: v.union([v.string(), v.array(v.number())]) })),
});

function llamaReader(client: ServerClient, model: string): PromptReader {
  const ask = async (text: string, options: TokenizeOptions, signal?: AbortSignal): Promise<Piece[]> => {
    const body = {
      // A router asks the process of this model; a server of one model takes no notice.
      model,
      content: text,
      add_special: options.addBos,
      parse_special: options.parseSpecial,
      with_pieces: true,
    };
    const answer = await client.ownPost("/tokenize", body, { signal });
    return read(pieces, answer, client.host, "a list of tokens").tokens.map(({ id, piece }) => ({
      id,
      bytes: typeof piece === "string" ? new TextEncoder().encode(piece) : Uint8Array.from(piece),
    }));
  };
  const tokenize: PromptReader["tokenize"] = async (text, options, signal) =>
    placeTokens(await ask(text, options, signal));
  return {
    keepsText: true,
    tokenize,
    chat: async (prompt, signal) => {
      // The template's text is parsed as a whole, so a message that spells a control token could not stay text.
      if (!prompt.parseSpecial)
        for (const { content } of prompt.messages) {
          const plain = await ask(content, { parseSpecial: false, addBos: false }, signal);
          const parsed = await ask(content, { parseSpecial: true, addBos: false }, signal);
          if (plain.length !== parsed.length) throw controlText(client.host, content.slice(0, 60));
        }
      const body = {
        model,
        messages: prompt.messages,
        add_generation_prompt: prompt.addGenerationPrompt ?? true,
        ...(prompt.templateValues && { chat_template_kwargs: prompt.templateValues }),
      };
      const answer = await client.ownPost("/apply-template", body, { signal });
      const text = read(v.object({ prompt: v.string() }), answer, client.host, "a rendered chat").prompt;
      return tokenize(text + (prompt.answerStart ?? ""), { parseSpecial: true, addBos: true }, signal);
    },
  };
}

const spelled = v.object({ tokens: v.array(v.number()), token_strs: v.array(v.string()) });

function vllmReader(client: ServerClient, model: string): PromptReader {
  const ask = async (body: object, signal?: AbortSignal): Promise<Piece[]> => {
    const answer = await client.ownPost("/tokenize", { model, return_token_strs: true, ...body }, { signal });
    const { tokens, token_strs } = read(spelled, answer, client.host, "a list of tokens");
    const bytes = vocabularyBytes(token_strs);
    return tokens.map((id, index) => ({ id, bytes: bytes[index] ?? new Uint8Array() }));
  };
  return {
    // Hugging Face tokenizers turn what spells a special token into it, always.
    keepsText: false,
    tokenize: async (text, { addBos }, signal) =>
      placeTokens(await ask({ prompt: text, add_special_tokens: addBos }, signal)),
    chat: async (prompt, signal) => {
      const rendered = await ask(
        {
          messages: prompt.messages,
          add_generation_prompt: prompt.addGenerationPrompt ?? true,
          ...(prompt.templateValues && { chat_template_kwargs: prompt.templateValues }),
        },
        signal,
      );
      const start = prompt.answerStart ?? "";
      const begun = start === "" ? [] : await ask({ prompt: start, add_special_tokens: false }, signal);
      return placeTokens([...rendered, ...begun]);
    },
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
