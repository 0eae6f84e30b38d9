import { l10n } from "vscode";
import type { Tokenizer } from "../tokenizers";
import { countByOpenAiRule, countEncodedChat, encodeChat } from "../tokenizers/chat/countChat";
import type { ChatCount, ChatMessage } from "../tokenizers/chat/messages";
import { templateFor } from "../tokenizers/chat/templates";

/** A template that came with a tokenizer's file. */
export interface OwnTemplate {
  readonly template: string;
  readonly bosToken: string;
  readonly eosToken: string;
}

export interface PromptCount extends ChatCount {
  /** Why the template's part is no more than an estimate. */
  readonly estimate?: string;
}

/**
 * Tokens of a chat as the model gets it: rendered by `own`, else by the tokenizer's shipped template, each with the
 * beginning of an answer; OpenAI's models by their published rule. Rejects with TokenizerError when the template refuses.
 */
export async function countPrompt(
  tokenizer: Tokenizer,
  messages: readonly ChatMessage[],
  own: OwnTemplate | undefined,
): Promise<PromptCount> {
  const shipped = own ? undefined : templateFor(tokenizer.name);
  const template = own ?? shipped;
  if (!template) {
    const estimate = l10n.t(
      "No chat template is known for {0}: 3 tokens for each message and 3 for the answer are added, OpenAI's published rule.",
      tokenizer.name,
    );
    return { ...countByOpenAiRule(tokenizer, messages), estimate };
  }
  const { renderChat } = await import("../tokenizers/chat/render");
  const { bosToken, eosToken } = template;
  const chat = renderChat(template.template, messages, { addGenerationPrompt: true, bosToken, eosToken });
  const count = countEncodedChat(encodeChat(tokenizer, chat, "text"), chat.segments, messages.length);
  return { ...count, ...(shipped?.estimate !== undefined && { estimate: shipped.estimate }) };
}
