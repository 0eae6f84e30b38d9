import { l10n, type TextDocument } from "vscode";
import {
  type ChatSettings,
  type ChatSummary,
  type TemplateChoice,
  tokenMark,
} from "../../../webview/inspector/protocol";
import { TokenizerError } from "../../tokenizers";
import { parseChatFile } from "../../tokenizers/chat/chatFile";
import { countByOpenAiRule, countEncodedChat, encodeChat } from "../../tokenizers/chat/countChat";
import type { ChatCount, ChatMessage, LeftOut, RenderedChat } from "../../tokenizers/chat/messages";
import { type ChatTemplate, chatTemplates, templateFor } from "../../tokenizers/chat/templates";
import type { DocumentToken } from "../../tokenizers/document";
import type { Encoding, Tokenizer } from "../../tokenizers/tokenizer";
import { noTemplate, type OwnTemplate, shortfall } from "../../tokens/chatCounts";
import { baseName } from "../baseName";
import type { InspectorServices } from "./inspectorServices";
import { EncodedTokens } from "./readable";
import { laneOf, type ShownLane } from "./shownText";

/** Files up to this length are read as chats; parsing one takes a few milliseconds. */
const fileUnits = 1_000_000;
/** Stands for the template of the chosen tokenizer, its own file's first; where there is none, OpenAI's rule counts. */
export const ownTemplate = "own";
const byRule =
  "OpenAI publishes no chat template for this model. 3 tokens for each message and 3 for the answer are added by its published rule; they cannot be shown.";

/** A template that ships, or one that came with an added tokenizer. */
type RenderedBy = OwnTemplate & Pick<ChatTemplate, "estimate">;

interface ReadChat {
  readonly messages: readonly ChatMessage[];
  /** Of a chat in a file. */
  readonly leftOut?: readonly LeftOut[];
}

/** The messages of the chat mode as a chat template renders them, and their tokens. */
export class ChatText {
  tokens: EncodedTokens | undefined;
  lane: ShownLane | undefined;
  summary: ChatSummary | null = null;
  problem: string | null = null;
  private settings: ChatSettings = { template: ownTemplate, messages: [], prompt: true, fromFile: false };
  private marks: Uint8Array = new Uint8Array();

  constructor(private readonly services: InspectorServices) {}

  get fromFile(): boolean {
    return this.settings.fromFile;
  }

  set(settings: ChatSettings): void {
    this.settings = settings;
  }

  markOf({ index }: DocumentToken): number {
    return this.marks[index] ?? 0;
  }

  /** Renders and counts anew; `at` is the cursor's offset, which picks one of several chats in a file. */
  async render(tokenizerName: string, linked: TextDocument | undefined, at: number): Promise<void> {
    this.tokens = undefined;
    this.summary = null;
    const template = chatTemplates.find(({ name }) => name === this.settings.template);
    this.lane = laneOf(tokenizerName === "" ? nameFor(template) : tokenizerName, this.services.tokenizers, linked);
    const chat = this.read(linked, at);
    if (!chat) return;
    try {
      const tokenizer = await this.services.tokenizers.load(this.lane.resolution.tokenizer);
      const own = this.services.added.get(tokenizer.name);
      await this.count(tokenizer, template ?? own?.chat ?? templateFor(tokenizer.name), chat);
      this.problem = null;
    } catch (error) {
      if (!(error instanceof TokenizerError)) throw error;
      this.problem = error.message; // a template that refuses these messages says why
    }
  }

  /** Undefined, with the problem set, where the file holds none. */
  private read(document: TextDocument | undefined, at: number): ReadChat | undefined {
    if (!this.settings.fromFile) return this.settings;
    this.problem = null;
    if (!document) {
      this.problem = l10n.t("No file is open. Open a chat file, or write the messages here.");
      return undefined;
    }
    const name = baseName(document.uri);
    const text = document.getText();
    if (text.length > fileUnits) {
      this.problem = l10n.t("{0} is longer than 1,000,000 characters; chats are read from smaller files.", name);
      return undefined;
    }
    const chats = parseChatFile(text, name)?.chats ?? [];
    const chat = chats.find(({ start, end }) => start <= at && at <= end) ?? chats[0];
    if (!chat) {
      this.problem = l10n.t(
        "{0} holds no chat. Chats are read from JSON, JSON Lines, .prompt.md and .prompty files.",
        name,
      );
      return undefined;
    }
    return { ...chat, messages: chat.messages.map(({ role, content }) => ({ role, content })) };
  }

  private async count(tokenizer: Tokenizer, template: RenderedBy | undefined, read: ReadChat): Promise<void> {
    const { messages } = read;
    if (!template) {
      // Of the shipped ones only OpenAI's have none.
      const why = this.services.added.get(tokenizer.name) ? noTemplate(tokenizer.name) : byRule;
      this.put(tokenizer, contentsAlone(tokenizer, messages), countByOpenAiRule(tokenizer, messages), read, why);
      return;
    }
    const { renderChat } = await import("../../tokenizers/chat/render");
    const chat = renderChat(template.template, messages, {
      addGenerationPrompt: this.settings.prompt,
      bosToken: template.bosToken,
      eosToken: template.eosToken,
    });
    const encoding = encodeChat(tokenizer, chat, "text");
    const count = countEncodedChat(encoding, chat.segments, messages.length);
    this.put(tokenizer, { chat, encoding }, count, read, template.estimate);
  }

  private put(
    tokenizer: Tokenizer,
    { chat, encoding }: { chat: RenderedChat; encoding: Encoding },
    count: ChatCount,
    { messages, leftOut }: ReadChat,
    estimate: string | undefined,
  ): void {
    this.marks = marksOf(tokenizer, chat, encoding);
    this.tokens = new EncodedTokens(tokenizer, chat.text, encoding);
    const special = this.marks.reduce((sum, mark) => sum + (mark & tokenMark.special), 0);
    const unknown = special === 0 && this.settings.template !== ownTemplate && chat.text !== "";
    const reason = unknown
      ? `${tokenizer.name} does not know this template's special tokens, so they are counted as ordinary text.`
      : estimate;
    const reasons = [shortfall(leftOut), reason].filter((each) => each !== undefined);
    this.summary = {
      messages: this.settings.fromFile ? [...messages] : null,
      ...count,
      contents: [...count.contents],
      special,
      estimate: reasons.join(" ") || null,
    };
  }
}

export function templateChoices(): TemplateChoice[] {
  return [
    { name: ownTemplate, label: "The tokenizer’s own" },
    ...chatTemplates.map(({ name, label, estimate }) => ({ name, label: estimate ? `≈ ${label}` : label })),
  ];
}

/** The tokenizer or model a template belongs to; empty for the editor's. */
function nameFor(template: ChatTemplate | undefined): string {
  if (!template || template.name === "chatml") return "";
  return template.name === "harmony" ? "o200k_harmony" : template.name;
}

function contentsAlone(tokenizer: Tokenizer, messages: readonly ChatMessage[]) {
  const encodings = messages.map(({ content }) => tokenizer.encode(content));
  const total = encodings.reduce((sum, { ids }) => sum + ids.length, 0);
  const encoding = { ids: new Uint32Array(total), offsets: new Uint32Array(total + 1) };
  let text = "";
  let filled = 0;
  for (const [i, { ids, offsets }] of encodings.entries()) {
    encoding.ids.set(ids, filled);
    encoding.offsets.set(
      offsets.map((offset) => offset + text.length),
      filled,
    );
    filled += ids.length;
    text += messages[i]?.content ?? "";
  }
  return { chat: { text, segments: [{ start: 0, end: text.length, message: 0 }] }, encoding };
}

/** Special tokens, and tokens that start in what the template adds. */
function marksOf(tokenizer: Tokenizer, { segments }: RenderedChat, { ids, offsets }: Encoding): Uint8Array {
  const special = new Set(tokenizer.specialTokens.values());
  let segment = 0;
  return Uint8Array.from(ids, (id, i) => {
    while (segment + 1 < segments.length && (segments[segment]?.end ?? 0) <= (offsets[i] ?? 0)) segment++;
    const template = segments[segment]?.message === undefined ? tokenMark.template : 0;
    return template | (template !== 0 && special.has(id) ? tokenMark.special : 0);
  });
}
