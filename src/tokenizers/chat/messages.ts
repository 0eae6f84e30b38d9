/** One message of a chat. */
export interface ChatMessage {
  /** "system", "user", "assistant", "tool" or what else the model's template knows. */
  readonly role: string;
  readonly content: string;
  readonly name?: string;
}

/** What models are given beside the text of messages, and what a chat read from a file does not hold. */
export type LeftOut = "tools" | "toolCalls" | "parts";

/** A message as it stands in a file. Offsets are UTF-16, in the file's text. */
export interface SourceMessage extends ChatMessage {
  /** The whole message: the JSON object, the heading and its text, or the JSON value of a system text beside the list. */
  readonly start: number;
  readonly end: number;
  readonly leftOut?: readonly LeftOut[];
}

/** One chat in a file, with where it stands. */
export interface SourceChat {
  readonly messages: readonly SourceMessage[];
  readonly start: number;
  readonly end: number;
  /** Beside the messages or in one of them. */
  readonly leftOut?: readonly LeftOut[];
}

/** A stretch of a rendered chat. */
export interface ChatSegment {
  /** UTF-16 offsets in the rendered text. */
  readonly start: number;
  readonly end: number;
  /** Index of the message whose content this is; undefined for what the template adds. */
  readonly message: number | undefined;
}

/** A chat as the model is given it. The segments cover the text without gap or overlap. */
export interface RenderedChat {
  readonly text: string;
  readonly segments: readonly ChatSegment[];
}

/** Tokens of a chat: all of them, those of each message's content, and the template's. */
export interface ChatCount {
  readonly total: number;
  readonly contents: readonly number[];
  /** `total` less the contents. */
  readonly overhead: number;
}
