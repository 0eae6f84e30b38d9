import { type Engine, EngineError, type Prompt } from "../../inference/engine";
import type { ModelRole } from "../../models/models";
import { parseChatFile } from "../../tokenizers/chat/chatFile";
import type { SourceChat, SourceMessage } from "../../tokenizers/chat/messages";
import { headOf } from "../surprisal/scoredPrompt";
import { messageStretches } from "../surprisal/stretches";

/** What a model is asked to go on with at a place in a file. */
export interface PlacePrompt {
  readonly role: ModelRole;
  readonly prompt: Prompt;
  /** The text goes into a JSON string and has to be escaped. */
  readonly json: boolean;
}

/** Longer files are not read as chats, and of longer texts before the cursor only the end is looked at. */
const mostUnits = 1_000_000;

/**
 * The prompt at a cursor: in an assistant's message of a chat file the chat before it and the answer so far, through
 * the template; anywhere else the text before the cursor, as it is.
 */
export function promptAt(text: string, fileName: string, offset: number): PlacePrompt {
  const file = text.length <= mostUnits ? parseChatFile(text, fileName) : undefined;
  for (const chat of file?.chats ?? []) {
    const found = answerAt(text, chat, offset, file?.format === "prompt");
    if (found) return found;
  }
  const before = text.slice(Math.max(0, offset - mostUnits), offset);
  return { role: "base", prompt: { kind: "text", text: before }, json: false };
}

function answerAt(text: string, chat: SourceChat, offset: number, promptFile: boolean): PlacePrompt | undefined {
  for (const { message, offsets, text: content, json } of messageStretches(text, chat.messages)) {
    if (message === undefined || chat.messages[message]?.role !== "assistant") continue;
    const end = offsets.at(-1) ?? 0;
    if (offset < (offsets[0] ?? 0) || offset > end) continue;
    const units = offsets.findIndex((at) => at >= offset);
    return answer(chat.messages.slice(0, message), content.slice(0, units), json === true);
  }
  if (!promptFile || offset < chat.end) return undefined;
  // Behind the last message: a new answer, or the last one with the white space after it.
  const last = chat.messages.at(-1);
  if (last?.role !== "assistant") return answer(chat.messages, "", false);
  return answer(chat.messages.slice(0, -1), last.content + text.slice(last.end, offset), false);
}

function answer(messages: readonly SourceMessage[], answerStart: string, json: boolean): PlacePrompt {
  const plain = messages.map(({ role, content, name }) => ({ role, content, ...(name !== undefined && { name }) }));
  return {
    role: "chat",
    prompt: { kind: "chat", messages: plain, addGenerationPrompt: true, ...(answerStart !== "" && { answerStart }) },
    json,
  };
}

export interface FittedPrompt {
  readonly prompt: Prompt;
  /** Tokens the model is given, where not all of the text fits; undefined where it does. */
  readonly given: number | undefined;
}

/** Cuts a text's beginning away where it and `maxTokens` more do not fit. A chat is never cut: that is refused. */
export async function fitted(
  engine: Engine,
  prompt: Prompt,
  maxTokens: number,
  signal: AbortSignal,
): Promise<FittedPrompt> {
  const { contextSize, addsBos } = engine.model;
  if (contextSize === undefined || !engine.capabilities.tokenize.available) return { prompt, given: undefined };
  const { tokens } = await engine.render(prompt, signal);
  const room = contextSize - maxTokens;
  if (tokens.length <= room) return { prompt, given: undefined };
  if (prompt.kind === "chat" || room < 2)
    throw new EngineError(
      "contextOverflow",
      `The prompt has ${tokens.length} tokens and ${maxTokens} more are asked for, but ${engine.model.name} holds ${contextSize}. Shorten the chat, ask for fewer tokens or choose a model with a larger context.`,
    );
  const head = headOf(tokens, addsBos);
  const ids = tokens.map(({ id }) => id);
  const kept = [...ids.slice(0, head), ...ids.slice(ids.length - (room - head))];
  return { prompt: { kind: "tokens", ids: kept }, given: kept.length };
}

/** A text as it is written in the file. */
export function written(text: string, json: boolean): string {
  return json ? JSON.stringify(text).slice(1, -1) : text;
}
