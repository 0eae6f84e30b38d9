import type { Prompt } from "../../inference/engine";
import { parseChatFile } from "../../tokenizers/chat/chatFile";
import { messageStretches, plainStretch, type Stretch } from "./stretches";

/** UTF-16 offsets in a file. */
export interface FileRange {
  readonly start: number;
  readonly end: number;
}

/** One prompt of a file, and where its text stands. */
export interface Subject extends FileRange {
  readonly kind: "raw" | "chat";
  readonly prompt: Prompt;
  readonly stretches: readonly Stretch[];
  /** Two subjects with the same key are the same prompt. */
  readonly key: string;
  /** The file is longer than what is looked at. */
  readonly cut: boolean;
}

export interface SubjectOptions {
  /** Decides whether it is read as a chat: "kovacs.json". */
  readonly fileName: string;
  /** Only this part of the file, as raw text. */
  readonly selection: FileRange | undefined;
  /** Offset of the first visible unit. */
  readonly visible: number;
  /** Longer texts are cut around the visible part, at line ends. */
  readonly maxUnits: number;
  /** Where the text given begins in its file, when it is only a part of it: other offsets are in the text given. */
  readonly base?: number;
}

/** Files up to this length are read as chats. */
const mostChatUnits = 1_000_000;

/** What of a file is scored: each chat of a chat file, otherwise the text as it is. Those at the visible place first. */
export function subjectsOf(text: string, options: SubjectOptions): Subject[] {
  const { selection, visible, maxUnits, base = 0 } = options;
  if (selection) return [rawSubject(text, around(text, selection, visible, maxUnits), base)];
  const chats = text.length <= mostChatUnits ? (parseChatFile(text, options.fileName)?.chats ?? []) : [];
  if (chats.length === 0)
    return text === "" ? [] : [rawSubject(text, around(text, { start: 0, end: text.length }, visible, maxUnits), base)];
  const subjects = chats.map((chat): Subject => {
    const messages = chat.messages.map(({ role, content, name }) => ({
      role,
      content,
      ...(name !== undefined && { name }),
    }));
    return {
      kind: "chat",
      prompt: { kind: "chat", messages, addGenerationPrompt: false },
      stretches: messageStretches(text, chat.messages),
      key: JSON.stringify(messages),
      start: chat.start,
      end: chat.end,
      cut: false,
    };
  });
  const first = Math.max(
    0,
    subjects.findIndex(({ end }) => end > visible),
  );
  return [...subjects.slice(first), ...subjects.slice(0, first)];
}

function rawSubject(text: string, { start, end, cut }: FileRange & { readonly cut: boolean }, base: number): Subject {
  const part = text.slice(start, end);
  return {
    kind: "raw",
    prompt: { kind: "text", text: part },
    stretches: [plainStretch(part, base + start)],
    key: part,
    start: base + start,
    end: base + end,
    cut: cut || base > 0,
  };
}

/** All of `whole` if it is short enough; otherwise lines around the visible place, a quarter of them before it. */
function around(text: string, whole: FileRange, visible: number, most: number): FileRange & { readonly cut: boolean } {
  if (whole.end - whole.start <= most) return { ...whole, cut: false };
  const near = Math.max(whole.start, Math.min(visible - Math.floor(most / 4), whole.end - most));
  const lineEnd = text.indexOf("\n", near);
  // A line that is itself longer than a tenth of the part is cut where it is.
  const start = near > whole.start && lineEnd >= 0 && lineEnd - near < most / 10 ? lineEnd + 1 : near;
  return { start: safeCut(text, start), end: safeCut(text, Math.min(whole.end, start + most)), cut: true };
}

/** Not between the halves of a surrogate pair. */
function safeCut(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
