import type { TextDocument } from "vscode";
import type { ChatCount, ChatMessage, TemplateChoice } from "../../../webview/inspector/protocol";
import type { DocumentToken } from "../../tokenizers/document";
import type { InspectorServices } from "./inspectorServices";
import type { ReadableTokens } from "./readable";
import type { ShownLane } from "./shownText";

/** The messages of the chat mode, rendered. */
export class ChatText {
  readonly readable: readonly ReadableTokens[] = [];
  readonly lanes: readonly ShownLane[] = [];
  readonly count: ChatCount | null = null;
  problem: string | null = "Chat templates are not there yet.";

  constructor(readonly services: InspectorServices) {}

  get length(): number {
    return this.readable[0]?.length ?? 0;
  }

  templates(): TemplateChoice[] {
    return [];
  }

  set(_chat: { template: string; messages: ChatMessage[]; prompt: boolean }): void {}

  async render(_tokenizer: string, _linked: TextDocument | undefined): Promise<void> {}

  marks(_token: DocumentToken): number {
    return 0;
  }

  messagesOf(_document: TextDocument | undefined): { messages: ChatMessage[]; problem: string | null } {
    return { messages: [], problem: "No file is open." };
  }
}
