import { type Event, EventEmitter, type LanguageModelChat, l10n, lm, workspace } from "vscode";
import { EditorEngine, editorModelId } from "../inference/editorModels/editorEngine";
import { EngineError } from "../inference/engine";
import { DisposableStore } from "../platform/disposables";
import type { Log } from "../platform/log";
import { chatVendor } from "./chatProvider";
import type { ModelEntry, ModelSource, OpenModel, RunningFacts } from "./models";

/** The chat models that VS Code knows from other extensions (Copilot and the like). Ours, offered there, are left out. */
export class EditorModels implements ModelSource {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<void>());
  private chats: readonly LanguageModelChat[] = [];
  private asked = false;
  readonly onDidChange: Event<void> = this.emitter.event;

  constructor(private readonly log: Log) {
    this.store.add(lm.onDidChangeChatModels(() => void this.refresh()));
  }

  list(): readonly Omit<ModelEntry, "state">[] {
    if (!workspace.isTrusted) return [];
    // Not while starting: other extensions are woken by the question.
    if (!this.asked) void this.refresh();
    return this.chats.map((chat) => ({
      id: editorModelId(chat),
      name: chat.name,
      kind: "editor",
      description: l10n.t("{0}'s chat model in VS Code: samples only, no probabilities.", chat.vendor),
      roles: ["chat", "judge"],
      bytes: undefined,
      location: chat.vendor,
    }));
  }

  async open(id: string): Promise<OpenModel> {
    const chat = this.chats.find((candidate) => editorModelId(candidate) === id);
    if (!chat)
      throw new EngineError("badInput", l10n.t("VS Code has no chat model “{0}” now. Choose another one.", id));
    const changed = new EventEmitter<RunningFacts>();
    const failed = new EventEmitter<Error>();
    return {
      engine: new EditorEngine(chat, this.log),
      running: { device: chat.vendor, memoryBytes: undefined, tokensPerSecond: undefined },
      onDidChangeRunning: changed.event,
      onDidFail: failed.event,
      close: async () => {
        changed.dispose();
        failed.dispose();
      },
    };
  }

  dispose(): void {
    this.store.dispose();
  }

  /** Asks VS Code for its models; `onDidChange` tells when the list is another one. */
  async refresh(): Promise<void> {
    this.asked = true;
    try {
      const chats = (await lm.selectChatModels()).filter(({ vendor }) => vendor !== chatVendor);
      const same = chats.map(editorModelId).join() === this.chats.map(editorModelId).join();
      this.chats = chats;
      if (!same) this.emitter.fire();
    } catch (error) {
      this.log.error("VS Code's chat models were not listed", error);
    }
  }
}
