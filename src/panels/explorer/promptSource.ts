import { type Disposable, EventEmitter, l10n, type TextDocument, workspace } from "vscode";
import type { Link } from "../../../webview/explorer/protocol";
import type { ExploredPrompt, PromptAs } from "../../experiments/explorer/data";
import { UserError } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import { parseChatFile } from "../../tokenizers/chat/chatFile";
import { EditorLink, rangeOf } from "../editorLink";

/** Longer texts fill no model's context that runs here; they are refused before anything tokenizes them. */
const mostUnits = 400_000;
/** UTF-16 code units of a chat file above which its messages are not looked for. */
const mostChatUnits = 1_000_000;
/** How long a moving cursor has to rest before its text becomes the prompt. */
const restMs = 120;

interface Place {
  readonly document: TextDocument;
  readonly start: number;
  readonly end: number;
  readonly selection: boolean;
}

/** The text in the editor that is the prompt: up to the cursor, or what is selected. Follows it, or is pinned. */
export class PromptSource implements Disposable {
  private readonly store = new DisposableStore();
  private readonly link = this.store.add(new EditorLink());
  private readonly emitter = this.store.add(new EventEmitter<void>());
  private timer: NodeJS.Timeout | undefined;
  private mode: "following" | "pinned" | "none" = "following";
  private pinned: Place | undefined;
  /** Where the prompt in use was taken from, and what was there. */
  private taken: { readonly place: Place; readonly text: string } | undefined;

  /** The text at the place may have changed (it rested a little), or another place is linked. */
  readonly onDidChange = this.emitter.event;

  constructor() {
    const changed = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.emitter.fire(), restMs);
    };
    this.store.add(this.link.onDidChangeDocument(changed));
    this.store.add(this.link.onDidChangeSelection(changed));
    this.store.add(
      workspace.onDidChangeTextDocument(({ document }) => {
        if (document === this.taken?.place.document || document === this.link.document) changed();
      }),
    );
  }

  get follows(): boolean {
    return this.mode === "following";
  }

  /** Goes to a place: the document, and the offset up to which its text is the prompt. */
  async open(uri: string, offset: number | undefined): Promise<boolean> {
    if (!(await this.link.link(uri))) return false;
    this.mode = "following";
    if (offset !== undefined) this.link.selection = { start: offset, end: offset };
    return true;
  }

  set(mode: "following" | "pinned" | "none"): void {
    this.pinned = mode === "pinned" ? (this.taken?.place ?? this.place()) : undefined;
    this.mode = mode;
  }

  /** The prompt at the place as it is now; undefined with no place. Throws UserError where the text is no prompt. */
  prompt(as: PromptAs | undefined, parseSpecial: boolean): ExploredPrompt | undefined {
    const place = this.place();
    if (!place) return undefined;
    if (place.end - place.start > mostUnits) {
      throw new UserError(
        l10n.t(
          "The text up to the cursor has {0} characters, more than a prompt can hold. Select the part to explore.",
          (place.end - place.start).toLocaleString(),
        ),
      );
    }
    const text = textAt(place);
    this.taken = { place, text };
    const chat = place.selection ? undefined : chatAt(place);
    const form = as ?? (chat ? "chat" : "text");
    if (form === "text") return { as: "text", text, parseSpecial };
    return chat ? { ...chat, parseSpecial } : chatOf(text, parseSpecial);
  }

  /** Whether what stands at the place is no longer what was taken. */
  get stale(): boolean {
    const place = this.mode === "none" ? this.taken?.place : this.place();
    return this.taken !== undefined && place !== undefined && textAt(place) !== this.taken.text;
  }

  view(held: boolean): Link {
    const place = this.taken?.place ?? this.place();
    const kind = place && this.mode !== "none" ? (held && this.mode === "following" ? "held" : this.mode) : "none";
    return {
      kind,
      label: kind === "none" || !place ? null : labelOf(place),
      selection: place?.selection ?? false,
      stale: this.stale,
    };
  }

  /** Name of the document, for a file's name. */
  get name(): string | undefined {
    return this.taken?.place.document.fileName.split(/[\\/]/).at(-1);
  }

  async reveal(): Promise<void> {
    const place = this.taken?.place;
    if (!place) return;
    if (await this.link.link(place.document.uri.toString())) {
      await this.link.reveal({ start: place.selection ? place.start : place.end, end: place.end }, true);
    }
  }

  /** Where a continuation goes: the document and the offset after the prompt, or the cursor where the text has changed. */
  target(): { document: TextDocument; offset: number } | undefined {
    const { taken } = this;
    if (taken && !taken.place.document.isClosed && textAt(taken.place) === taken.text) {
      return { document: taken.place.document, offset: taken.place.end };
    }
    const { document, selection } = this.link;
    return document && !document.isClosed ? { document, offset: selection.end } : undefined;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.store.dispose();
  }

  private place(): Place | undefined {
    if (this.pinned && !this.pinned.document.isClosed) return this.pinned;
    const { document, selection } = this.link;
    if (!document || this.mode === "none") return undefined;
    const selected = selection.start < selection.end;
    return { document, start: selected ? selection.start : 0, end: selection.end, selection: selected };
  }
}

/** A text as the only message of a chat. */
export function chatOf(content: string, parseSpecial: boolean): ExploredPrompt {
  return { as: "chat", messages: [{ role: "user", content }], answerStart: "", parseSpecial };
}

/**
 * The messages of a chat file up to the one with the cursor in it. An assistant's message at the end is an answer that
 * has begun: the model goes on with it.
 */
function chatAt({ document, end }: Place): Omit<Extract<ExploredPrompt, { as: "chat" }>, "parseSpecial"> | undefined {
  const content = document.getText();
  // It is read in one step, at each rest of the cursor.
  if (content.length > mostChatUnits) return undefined;
  const chats = parseChatFile(content, document.fileName)?.chats;
  const chat = chats?.findLast(({ start }) => start <= end) ?? chats?.[0];
  const before = chat?.messages.filter((message, index) => index === 0 || message.start < end) ?? [];
  if (before.length === 0) return undefined;
  const last = before.at(-1)!;
  const messages = before.map(({ role, content, name }) => ({ role, content, ...(name !== undefined && { name }) }));
  const answers = last.role === "assistant" && messages.length > 1;
  return { as: "chat", messages: answers ? messages.slice(0, -1) : messages, answerStart: answers ? last.content : "" };
}

function textAt({ document, start, end }: Place): string {
  return document.getText(rangeOf(document, { start, end }));
}

function labelOf({ document, end }: Place): string {
  return `${document.fileName.split(/[\\/]/).at(-1)}:${document.positionAt(end).line + 1}`;
}
