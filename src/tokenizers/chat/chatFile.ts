import { elementPlaces, type Place, propertyPlaces, valueStart } from "./jsonPlaces";
import type { LeftOut, SourceChat, SourceMessage } from "./messages";
import { parsePromptFile } from "./promptFile";

export interface ChatFile {
  readonly format: "json" | "jsonl" | "prompt";
  readonly chats: readonly SourceChat[];
}

/**
 * Recognises a file of chats by its name and text: JSON (a list of messages, `{"messages": [...]}`, ShareGPT's
 * `{"conversations": [...]}`, or a list of those), JSON Lines (such a chat on each line, or one message on each), and
 * prompt files (`.prompt.md`, `.prompty`). Undefined for anything else, invalid JSON included: nothing throws.
 */
export function parseChatFile(text: string, fileName: string): ChatFile | undefined {
  const name = fileName.toLowerCase();
  if (name.endsWith(".prompt.md") || name.endsWith(".prompty")) {
    const chat = parsePromptFile(text);
    return chat && { format: "prompt", chats: [chat] };
  }
  if (!/"(role|from)"/.test(text)) return undefined;
  if (/\.(jsonl|ndjson)$/.test(name)) return parseLines(text);
  const chats = chatsIn(text, 0, text.length);
  return chats && { format: "json", chats };
}

/** On each line a chat, or a message of one chat; empty lines between. */
function parseLines(text: string): ChatFile | undefined {
  const chats: SourceChat[] = [];
  const messages: SourceMessage[] = [];
  for (let start = 0; start < text.length; ) {
    const lineEnd = text.indexOf("\n", start);
    const end = lineEnd < 0 ? text.length : lineEnd;
    if (text.slice(start, end).trim() !== "") {
      const found = chatsIn(text, start, end);
      if (found) chats.push(...found);
      else {
        const message = messageIn(text, start, end);
        if (!message) return undefined;
        messages.push(message);
      }
    }
    start = end + 1;
  }
  if (messages.length > 0) chats.push(chatOf(messages, { start: messages[0]!.start, end: messages.at(-1)!.end }));
  return chats.length > 0 ? { format: "jsonl", chats } : undefined;
}

function messageIn(text: string, start: number, end: number): SourceMessage | undefined {
  const from = valueStart(text, start);
  return toMessage(parse(text.slice(start, end)), { start: from, end: from + text.slice(from, end).trimEnd().length });
}

/** The chats that the JSON value in `[start, end)` holds; undefined where it is no chat. */
function chatsIn(text: string, start: number, end: number): SourceChat[] | undefined {
  const value = parse(text.slice(start, end));
  if (typeof value !== "object" || value === null) return undefined;
  const from = valueStart(text, start);
  const place = { start: from, end: from + text.slice(from, end).trimEnd().length };
  const chat = toChat(text, value, place);
  if (chat) return [chat];
  if (!Array.isArray(value)) return undefined;
  const places = elementPlaces(text, from);
  const chats = value.map((each: unknown, index) => toChat(text, each, places[index]!));
  return chats.length > 0 && chats.every((each) => each !== undefined) ? chats : undefined;
}

function toChat(text: string, value: unknown, place: Place): SourceChat | undefined {
  if (Array.isArray(value)) return messagesOf(text, value, place, place);
  if (!isObject(value)) return undefined;
  const key = ["messages", "conversations", "conversation"].find((each) => Array.isArray(value[each]));
  if (key === undefined) return undefined;
  const places = propertyPlaces(text, place.start);
  const chat = messagesOf(text, value[key] as unknown[], places.get(key)!, place);
  return chat && withSiblings(chat, value, places);
}

/** Takes in what stands beside the messages: Anthropic's and ShareGPT's system text is the first of them. */
function withSiblings(
  chat: SourceChat,
  { system, tools, functions }: Readonly<Record<string, unknown>>,
  places: ReadonlyMap<string, Place>,
): SourceChat {
  const content = textOf(system);
  const messages = content ? [{ role: "system", content, ...places.get("system")! }, ...chat.messages] : chat.messages;
  return chatOf(messages, chat, isThere(tools) || isThere(functions) ? ["tools"] : []);
}

function messagesOf(text: string, list: readonly unknown[], place: Place, whole: Place): SourceChat | undefined {
  const places = elementPlaces(text, place.start);
  const messages = list.map((each, index) => toMessage(each, places[index]!));
  return messages.length > 0 && messages.every((each) => each !== undefined) ? chatOf(messages, whole) : undefined;
}

const SHARE_GPT_ROLES: Readonly<Record<string, string>> = { human: "user", gpt: "assistant", bot: "assistant" };

function toMessage(value: unknown, place: Place): SourceMessage | undefined {
  if (!isObject(value)) return undefined;
  if (typeof value.from === "string" && typeof value.value === "string") {
    const role = SHARE_GPT_ROLES[value.from] ?? value.from;
    return { role, content: value.value, ...place };
  }
  const { role, name } = value;
  const content = textOf(value.content);
  if (typeof role !== "string" || content === undefined) return undefined;
  const leftOut = leftOutOf(value);
  return {
    role,
    content,
    ...(typeof name === "string" && { name }),
    ...place,
    ...(leftOut.length > 0 && { leftOut }),
  };
}

function leftOutOf({ content, tool_calls, function_call }: Readonly<Record<string, unknown>>): LeftOut[] {
  const parts = Array.isArray(content) ? content.filter((part: unknown) => !isText(part)) : [];
  const calls = parts.filter((part: unknown) => isObject(part) && /tool|function/.test(String(part.type)));
  return [
    ...(isThere(tool_calls) || isThere(function_call) || calls.length > 0 ? (["toolCalls"] as const) : []),
    ...(parts.length > calls.length ? (["parts"] as const) : []),
  ];
}

/** Text of a content: a string, or the text parts of a list; nothing for null (an answer that only calls tools). */
function textOf(content: unknown): string | undefined {
  if (typeof content === "string") return content;
  if (content === null || content === undefined) return "";
  if (!Array.isArray(content)) return undefined;
  return content.map((part: unknown) => (isText(part) ? part.text : "")).join("");
}

function isText(part: unknown): part is { readonly text: string } {
  return isObject(part) && typeof part.text === "string";
}

function chatOf(
  messages: readonly SourceMessage[],
  { start, end }: Place,
  beside: readonly LeftOut[] = [],
): SourceChat {
  const leftOut = new Set([...beside, ...messages.flatMap((message) => message.leftOut ?? [])]);
  return { messages, start, end, ...(leftOut.size > 0 && { leftOut: [...leftOut] }) };
}

/** Whether a field holds anything; ShareGPT writes its tools as JSON in a string. */
function isThere(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value) && value !== "[]";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Half-typed JSON is no chat yet.
  }
}
