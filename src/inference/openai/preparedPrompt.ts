import { type ChatPrompt, EngineError, type Prompt, type TokenizedPrompt } from "../engine";
import type { Abilities } from "./abilities";
import { controlText, type PromptReader, spellsControlToken } from "./promptReader";

/** A prompt as it goes to the server. */
export type PreparedPrompt =
  | {
      readonly path: "/completions";
      readonly prompt: string | readonly number[];
      /** Its tokens, where they are known before asking. */
      readonly tokens: TokenizedPrompt | undefined;
    }
  | { readonly path: "/chat/completions"; readonly body: object };

/**
 * Chooses how a prompt is given: as token ids where the server tells them (then it is exactly what was shown), as a text,
 * or as messages that the server puts into its template. Rejects with an EngineError ("unsupported") for what this
 * server cannot be given as it is meant.
 */
export async function preparePrompt(
  prompt: Prompt,
  found: Abilities,
  reader: PromptReader | undefined,
  host: string,
  signal?: AbortSignal,
): Promise<PreparedPrompt> {
  if (prompt.kind === "chat") return prepareChat(prompt, found, reader, host, signal);
  if (!found.completion.available) throw new EngineError("unsupported", found.completion.reason);
  if (prompt.kind === "tokens") {
    if (!takesIds(found)) throw new EngineError("unsupported", `${host} takes texts only, not token ids.`);
    return { path: "/completions", prompt: prompt.ids, tokens: undefined };
  }
  const parseSpecial = prompt.parseSpecial ?? false;
  if (reader?.keepsText && found.program.name === "llama.cpp") {
    const tokens = await reader.tokenize(prompt.text, { parseSpecial, addBos: true }, signal);
    return { path: "/completions", prompt: tokens.tokens.map(({ id }) => id), tokens };
  }
  if (!parseSpecial) refuseControlText(prompt.text, found, host);
  return { path: "/completions", prompt: prompt.text, tokens: undefined };
}

async function prepareChat(
  prompt: ChatPrompt,
  found: Abilities,
  reader: PromptReader | undefined,
  host: string,
  signal?: AbortSignal,
): Promise<PreparedPrompt> {
  const render = found.completion.available ? reader?.chat : undefined;
  // What the server puts into its template itself, it parses, whatever is known of its tokens here.
  if (!prompt.parseSpecial && !(render && reader?.keepsText))
    for (const { content } of prompt.messages) refuseControlText(content, found, host);
  if (render) {
    const tokens = await render(prompt, signal);
    return { path: "/completions", prompt: tokens.tokens.map(({ id }) => id), tokens };
  }
  if (!found.chat.available) throw new EngineError("unsupported", found.chat.reason);
  const only = `${host} puts chats into its own template, so`;
  if (prompt.answerStart)
    throw new EngineError("unsupported", `${only} an answer cannot be begun for the model (“${prompt.answerStart}”).`);
  if (prompt.addGenerationPrompt === false)
    throw new EngineError("unsupported", `${only} a chat cannot be gone on with before an answer begins.`);
  if (prompt.templateValues && Object.keys(prompt.templateValues).length > 0)
    throw new EngineError(
      "unsupported",
      `${only} values for it cannot be set (${Object.keys(prompt.templateValues).join(", ")}).`,
    );
  return { path: "/chat/completions", body: { messages: prompt.messages } };
}

/** The interface has a place for ids; the small servers leave it out. */
function takesIds({ program: { name } }: Abilities): boolean {
  return name === "llama.cpp" || name === "vLLM" || name === "other";
}

/** Hosted services keep what a prompt spells as text; the programs one runs oneself parse it. */
function refuseControlText(text: string, { program }: Abilities, host: string): void {
  const spelled = program.name === "other" ? undefined : spellsControlToken.exec(text)?.[0];
  if (spelled !== undefined) throw controlText(host, spelled);
}
