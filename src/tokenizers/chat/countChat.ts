import { LiteralTokens } from "../literalTokens";
import type { Encoding, Tokenizer } from "../tokenizer";
import { TokenSink } from "../tokenSink";
import type { ChatCount, ChatMessage, ChatSegment, RenderedChat } from "./messages";

/**
 * Encodes a rendered chat. With `contents` "text", special tokens count as such in the template's own text alone, and what
 * a message spells stays ordinary text; with "parse" everywhere, as transformers' `apply_chat_template` does.
 */
export function encodeChat(tokenizer: Tokenizer, chat: RenderedChat, contents: "text" | "parse"): Encoding {
  if (contents === "parse") return tokenizer.encode(chat.text, { special: "parse" });
  const specials = new LiteralTokens(tokenizer.specialTokens);
  const sink = new TokenSink(16 + (chat.text.length >> 1));
  let from = 0;
  const plain = (to: number): void => {
    if (from === to) return;
    const { ids, offsets } = tokenizer.encode(chat.text.slice(from, to));
    for (let i = 0; i < ids.length; i++) offsets[i]! += from;
    sink.add(ids, offsets, ids.length);
  };
  for (const segment of chat.segments) {
    if (segment.message !== undefined) continue;
    for (const match of specials.in(chat.text.slice(segment.start, segment.end))) {
      plain(segment.start + match.start);
      sink.addOne(match.id, segment.start + match.start);
      from = segment.start + match.end;
    }
  }
  plain(chat.text.length);
  return sink.finish(chat.text.length);
}

/** Counts an encoded chat. A token belongs to the message whose content it starts in, so that the sums are exact. */
export function countEncodedChat(
  { ids, offsets }: Encoding,
  segments: readonly ChatSegment[],
  messages: number,
): ChatCount {
  const contents = new Array<number>(messages).fill(0);
  let token = 0;
  let inContents = 0;
  for (const { end, message } of segments) {
    for (; token < ids.length && offsets[token]! < end; token++) {
      if (message === undefined) continue;
      contents[message]!++;
      inContents++;
    }
  }
  return { total: ids.length, contents, overhead: ids.length - inContents };
}

/**
 * Counts a chat for OpenAI's models, whose template is not published, by the rule of OpenAI's cookbook ("How to count
 * tokens with tiktoken"): 3 tokens a message, its role and content, 1 more where it has a name, and 3 for the beginning of
 * the answer. An estimate.
 */
export function countByOpenAiRule(tokenizer: Tokenizer, messages: readonly ChatMessage[]): ChatCount {
  const contents = messages.map(({ content }) => tokenizer.count(content));
  const overhead = messages.reduce(
    (sum, { role, name }) => sum + 3 + tokenizer.count(role) + (name === undefined ? 0 : 1 + tokenizer.count(name)),
    3,
  );
  return { total: overhead + contents.reduce((sum, count) => sum + count, 0), contents, overhead };
}
