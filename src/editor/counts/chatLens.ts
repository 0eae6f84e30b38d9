import {
  CodeLens,
  type CodeLensProvider,
  type Disposable,
  EventEmitter,
  l10n,
  languages,
  Range,
  type TextDocument,
  type Uri,
} from "vscode";
import { internalCommands } from "../../contributions";
import { setting } from "../../platform/configuration";
import { DisposableStore } from "../../platform/disposables";
import { TokenizerError } from "../../tokenizers";
import { parseChatFile } from "../../tokenizers/chat/chatFile";
import type { SourceChat } from "../../tokenizers/chat/messages";
import type { AddedTokenizerStore } from "../../tokens/addedTokenizers";
import { countPrompt, type PromptCount, shortfall } from "../../tokens/chatCounts";
import { lengthOf } from "../../tokens/documentText";
import { formatShare, formatTokens, formatWindow } from "../../tokens/format";
import type { Selection, TokenizerService } from "../../tokens/tokenizerService";
import type { TokenLens } from "../lens/tokenLens";
import { whenCountsMayChange } from "./refresh";

/** Files up to this length are read as chats; parsing one takes a few milliseconds. */
const mostUnits = 1_000_000;
const selector = [
  { pattern: "**/*.{json,jsonl,ndjson,prompty,prompt.md}" },
  ...["json", "jsonl"].map((language) => ({ language, scheme: "untitled" })),
];

/** Counted when it comes into view. */
class ChatCodeLens extends CodeLens {
  constructor(
    range: Range,
    readonly document: TextDocument,
    readonly chat: SourceChat,
    /** Undefined for the whole prompt. */
    readonly message: number | undefined,
    readonly count: () => Promise<PromptCount>,
  ) {
    super(range);
  }
}

/** Token counts above the messages of chat files, and above each chat with what the template adds. */
export class ChatLens implements CodeLensProvider<ChatCodeLens>, Disposable {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<void>());

  readonly onDidChangeCodeLenses = this.emitter.event;

  constructor(
    private readonly lens: TokenLens,
    private readonly tokenizers: TokenizerService,
    private readonly added: AddedTokenizerStore,
  ) {
    this.store.add(languages.registerCodeLensProvider(selector, this));
    this.store.add(whenCountsMayChange(lens, tokenizers, "promptscope.codeLens.chat", () => this.emitter.fire()));
  }

  provideCodeLenses(document: TextDocument): ChatCodeLens[] {
    if (!this.lens.on || !setting("promptscope.codeLens.chat") || lengthOf(document) > mostUnits) return [];
    const chats = parseChatFile(document.getText(), nameOf(document))?.chats ?? [];
    return chats.flatMap((chat) => this.codeLenses(document, chat));
  }

  async resolveCodeLens(codeLens: ChatCodeLens): Promise<ChatCodeLens> {
    const { document, chat, message } = codeLens;
    const selection = this.tokenizers.selectionFor(document);
    const place = message === undefined ? chat : (chat.messages[message] ?? chat);
    try {
      const count = await codeLens.count();
      const { title, tooltip } =
        message === undefined ? promptTitle(chat, count, selection) : messageTitle(chat, message, count, selection);
      codeLens.command = selectCommand(title, tooltip, document.uri, rangeOf(document, place));
    } catch (error) {
      if (!(error instanceof TokenizerError)) throw error;
      codeLens.command = selectCommand(
        l10n.t("no count: {0}", error.message),
        error.message,
        document.uri,
        rangeOf(document, place),
      );
    }
    return codeLens;
  }

  dispose(): void {
    this.store.dispose();
  }

  /** A chat on a single line has one count, and so has a single message: more would say the same twice. */
  private codeLenses(document: TextDocument, chat: SourceChat): ChatCodeLens[] {
    let counting: Promise<PromptCount> | undefined;
    const count = (): Promise<PromptCount> => {
      counting ??= this.count(document, chat);
      return counting;
    };
    const whole = rangeOf(document, chat);
    const lens = (range: Range, message?: number): ChatCodeLens =>
      new ChatCodeLens(new Range(range.start, range.start), document, chat, message, count);
    if (whole.isSingleLine || chat.messages.length === 1) return [lens(whole)];
    return [lens(whole), ...chat.messages.map((message, index) => lens(rangeOf(document, message), index))];
  }

  private async count(document: TextDocument, chat: SourceChat): Promise<PromptCount> {
    const { tokenizer: name } = this.tokenizers.selectionFor(document);
    return countPrompt(await this.tokenizers.load(name), chat.messages, this.added.get(name)?.chat);
  }
}

interface Title {
  readonly title: string;
  readonly tooltip: string;
}

function promptTitle(
  { messages, leftOut }: SourceChat,
  { total, overhead, estimate }: PromptCount,
  selection: Selection,
): Title {
  const why = reasons([shortfall(leftOut), estimate], selection);
  const parts = [
    l10n.t("prompt: {0}", formatTokens(total, why.length > 0)),
    messages.length === 1 ? l10n.t("1 message") : l10n.t("{0} messages", messages.length),
    l10n.t("template adds {0}", overhead),
    l10n.t("{0} of {1}", formatShare(total / selection.contextWindow), formatWindow(selection.contextWindow)),
  ];
  const note = l10n.t("All messages as the model gets them, with the beginning of its answer. Click to select.");
  return { title: parts.join(" · "), tooltip: [note, ...why].join("\n") };
}

function messageTitle({ messages }: SourceChat, index: number, count: PromptCount, selection: Selection): Title {
  const why = reasons([shortfall(messages[index]?.leftOut)], selection);
  const tokens = formatTokens(count.contents[index] ?? 0, why.length > 0);
  const note = l10n.t("Tokens of this message's content, without the template's. Click to select.");
  return {
    title: `${messages[index]?.role ?? ""}: ${tokens}`,
    tooltip: [note, ...why].join("\n"),
  };
}

function reasons(estimates: readonly (string | undefined)[], selection: Selection): string[] {
  const all = [...estimates, selection.kind === "estimate" ? selection.reason : undefined];
  return all.flatMap((reason) => (reason === undefined ? [] : `≈ ${reason}`));
}

function selectCommand(title: string, tooltip: string, uri: Uri, range: Range): NonNullable<CodeLens["command"]> {
  return { title, tooltip, command: internalCommands.selectRange, arguments: [uri, range] };
}

function rangeOf(document: TextDocument, { start, end }: { readonly start: number; readonly end: number }): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}

/** Untitled documents have no ending: their language stands for it. */
function nameOf({ uri, languageId, isUntitled }: TextDocument): string {
  return isUntitled ? `untitled.${languageId}` : (uri.path.split("/").at(-1) ?? "");
}
