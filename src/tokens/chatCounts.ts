import { l10n } from "vscode";
import type { Tokenizer } from "../tokenizers";
import { countByOpenAiRule, countEncodedChat, encodeChat } from "../tokenizers/chat/countChat";
import type { ChatCount, ChatMessage, LeftOut } from "../tokenizers/chat/messages";
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
  if (!template) return { ...countByOpenAiRule(tokenizer, messages), estimate: noTemplate(tokenizer.name) };
  const { renderChat } = await import("../tokenizers/chat/render");
  const { bosToken, eosToken } = template;
  const chat = renderChat(template.template, messages, { addGenerationPrompt: true, bosToken, eosToken });
  const count = countEncodedChat(encodeChat(tokenizer, chat, "text"), chat.segments, messages.length);
  return { ...count, ...(shipped?.estimate !== undefined && { estimate: shipped.estimate }) };
}

/** Why OpenAI's rule stands for a template. */
export function noTemplate(name: string): string {
  return l10n.t(
    "No chat template is known for {0}: 3 tokens for each message and 3 for the answer are added, OpenAI's published rule.",
    name,
  );
}

/** Why the model gets more than the count says; undefined where nothing was left out. */
export function shortfall(leftOut: readonly LeftOut[] = []): string | undefined {
  const names: Record<LeftOut, string> = {
    tools: l10n.t("tool descriptions"),
    toolCalls: l10n.t("tool calls"),
    parts: l10n.t("images and other parts that are no text"),
  };
  if (leftOut.length === 0) return undefined;
  return l10n.t("The model gets more. Not counted: {0}.", leftOut.map((each) => names[each]).join(", "));
}
