import type { PromptToken, TokenizedPrompt } from "../../../../src/inference/engine";
import type { ChatMessage } from "../../../../src/tokenizers/chat/messages";
import { renderChat } from "../../../../src/tokenizers/chat/render";
import { shipped } from "../texts";

/** A prompt from the texts of its tokens. `<…>` is special; `[text, message]` belongs to a message's content. */
export function promptOf(...texts: readonly (string | readonly [string, number])[]): TokenizedPrompt {
  const tokens: PromptToken[] = [];
  let text = "";
  for (const [index, each] of texts.entries()) {
    const [own, message] = typeof each === "string" ? [each] : each;
    const special = /^<.*>$/s.test(own);
    tokens.push({
      id: index + 1,
      text: own,
      offset: text.length,
      ...(special && { special }),
      ...(message !== undefined && { message }),
    });
    text += own;
  }
  return { tokens, text };
}

/** ChatML as o200k splits it, special tokens and the messages that tokens belong to as an engine gives them. */
export async function chatPromptOf(messages: readonly ChatMessage[]): Promise<TokenizedPrompt> {
  const tokenizer = await shipped("qwen2.5");
  const template = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}";
  const chat = renderChat(template, messages, { addGenerationPrompt: false });
  const { ids, offsets } = tokenizer.encode(chat.text, { special: "parse" });
  const tokens = [...ids].map((id, index): PromptToken => {
    const offset = offsets[index] ?? 0;
    const text = chat.text.slice(offset, offsets[index + 1] ?? chat.text.length);
    const message = chat.segments.find(({ start, end }) => start <= offset && offset < end)?.message;
    return {
      id,
      text,
      offset,
      ...(/^<\|.*\|>$/.test(text) && { special: true }),
      ...(message !== undefined && { message }),
    };
  });
  return { tokens, text: chat.text };
}
