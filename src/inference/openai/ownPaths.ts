import * as v from "valibot";
import { read } from "./answers";
import type { CallOptions, ServerClient } from "./client";
import type { Piece } from "./placedTokens";

// What llama.cpp's and vLLM's servers answer beside the common paths. All reject with an EngineError.

const pieces = v.object({
  tokens: v.array(v.object({ id: v.number(), piece: v.union([v.string(), v.array(v.number())]) })),
});
const rendered = v.object({ prompt: v.string() });
const spelled = v.object({ tokens: v.array(v.number()), token_strs: v.array(v.string()) });

/** llama.cpp: the tokens of a text, with their bytes. `model` is for a router; a server of one model takes no notice. */
export async function llamaTokens(
  client: ServerClient,
  model: string,
  body: { readonly content: string; readonly add_special: boolean; readonly parse_special: boolean },
  call: CallOptions,
): Promise<Piece[]> {
  const answer = await client.ownPost("/tokenize", { model, with_pieces: true, ...body }, call);
  return read(pieces, answer, client.host, "a list of tokens").tokens.map(({ id, piece }) => ({
    id,
    bytes: typeof piece === "string" ? new TextEncoder().encode(piece) : Uint8Array.from(piece),
  }));
}

/** llama.cpp: a chat as the model's template writes it. */
export async function llamaChat(client: ServerClient, model: string, body: object, call: CallOptions): Promise<string> {
  const answer = await client.ownPost("/apply-template", { model, ...body }, call);
  return read(rendered, answer, client.host, "a rendered chat").prompt;
}

/** vLLM: the tokens of a text or of a rendered chat, as the vocabulary spells them. */
export async function vllmTokens(
  client: ServerClient,
  model: string,
  body: object,
  call: CallOptions,
): Promise<{ readonly ids: readonly number[]; readonly spellings: readonly string[] }> {
  const answer = await client.ownPost("/tokenize", { model, return_token_strs: true, ...body }, call);
  const { tokens, token_strs } = read(spelled, answer, client.host, "a list of tokens");
  return { ids: tokens, spellings: token_strs };
}
