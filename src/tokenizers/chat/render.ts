// Renders chats through Jinja templates. A bundle of its own: nothing that starts with the extension imports this.
import { Template } from "@huggingface/jinja";
import { TokenizerError } from "../tokenizer";
import type { ChatMessage, ChatSegment, RenderedChat } from "./messages";

export interface RenderOptions {
  /** Ends with the beginning of an answer, for the model to go on. */
  readonly addGenerationPrompt: boolean;
  readonly bosToken?: string;
  readonly eosToken?: string;
  /** Tool descriptions (JSON), for templates that write them out. */
  readonly tools?: readonly unknown[];
  /** Further values that the template reads, such as `enable_thinking`. */
  readonly values?: Readonly<Record<string, string | number | boolean>>;
}

/** Noncharacters, which no text has any business with: around a message's number, and after its content. */
const OPEN = "\ufdd0";
const NUMBER_END = "\ufdd1";
const CLOSE = "\ufdd2";
const MARKS = /\ufdd0(\d+)\ufdd1|\ufdd2/g;

/**
 * Renders `messages` through a model's chat template and tells the messages' contents from what the template adds.
 *
 * The text is what `apply_chat_template` of Hugging Face transformers gives. Where a template changes contents so much
 * that they cannot be found again, they count as the template's.
 *
 * Throws TokenizerError with the template's own words when it refuses (roles that must alternate, for example).
 */
export function renderChat(template: string, messages: readonly ChatMessage[], options: RenderOptions): RenderedChat {
  const run = renderer(template, options);
  const text = run(messages);
  // Templates may trim contents or look into them, so the marks are tried outside and inside the white space.
  for (const trim of [false, true]) {
    const marked = attempt(() => run(messages.map((message, index) => mark(message, index, trim))));
    const found = marked === undefined ? undefined : readMarks(marked, messages.length);
    if (found?.text === text) return found;
  }
  return { text, segments: locate(text, messages) };
}

function renderer(template: string, options: RenderOptions): (messages: readonly ChatMessage[]) => string {
  const compiled = refusing(() => new Template(template));
  return (messages) =>
    refusing(() =>
      compiled.render({
        ...options.values,
        messages: messages.map((message) => ({ ...message })),
        add_generation_prompt: options.addGenerationPrompt,
        bos_token: options.bosToken ?? "",
        eos_token: options.eosToken ?? "",
        ...(options.tools && { tools: options.tools }),
      }),
    );
}

function mark(message: ChatMessage, index: number, trim: boolean): ChatMessage {
  const core = trim ? message.content.trim() : message.content;
  const at = message.content.indexOf(core);
  const [before, after] = [message.content.slice(0, at), message.content.slice(at + core.length)];
  return { ...message, content: `${before}${OPEN}${index}${NUMBER_END}${core}${CLOSE}${after}` };
}

/** Takes the marks out again; undefined when they do not pair up. */
function readMarks(marked: string, count: number): RenderedChat | undefined {
  const segments: ChatSegment[] = [];
  let text = "";
  let from = 0;
  let inside: number | undefined;
  const close = (to: number): void => {
    const start = text.length;
    text += marked.slice(from, to);
    if (text.length > start) segments.push({ start, end: text.length, message: inside });
  };
  for (const match of marked.matchAll(MARKS)) {
    close(match.index);
    from = match.index + match[0].length;
    const opens = match[1] === undefined ? undefined : Number(match[1]);
    if ((opens === undefined) === (inside === undefined) || (opens ?? 0) >= count) return undefined;
    inside = opens;
  }
  if (inside !== undefined) return undefined;
  close(marked.length);
  return { text, segments };
}

/** Looks for the contents in the text, one after the other. */
function locate(text: string, messages: readonly ChatMessage[]): ChatSegment[] {
  const segments: ChatSegment[] = [];
  let from = 0;
  messages.forEach(({ content }, message) => {
    const core = content.trim();
    const start = core === "" ? -1 : text.indexOf(core, from);
    if (start < 0) return;
    if (start > from) segments.push({ start: from, end: start, message: undefined });
    from = start + core.length;
    segments.push({ start, end: from, message });
  });
  if (from < text.length) segments.push({ start: from, end: text.length, message: undefined });
  return segments;
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined; // The template refused the marks, not the chat: it is rendered without them already.
  }
}

function refusing<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new TokenizerError(`The chat template cannot render these messages: ${message}`);
  }
}
