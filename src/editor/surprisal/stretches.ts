import { elementPlaces, type Place, propertyPlaces } from "../../tokenizers/chat/jsonPlaces";
import type { SourceMessage } from "../../tokenizers/chat/messages";

/** Text that goes into a prompt, and where each of its units stands in the file. */
export interface Stretch {
  readonly text: string;
  /** Offset in the file of each UTF-16 unit of `text`, and of its end: one more than `text` has units. */
  readonly offsets: Int32Array;
  /** Index of the message in the chat; undefined in a raw text. */
  readonly message?: number;
  /** It stands in a JSON string: what is put there has to be escaped. */
  readonly json?: boolean;
}

/** A stretch of a file as it is. */
export function plainStretch(text: string, start: number): Stretch {
  const offsets = new Int32Array(text.length + 1);
  for (let index = 0; index < offsets.length; index++) offsets[index] = start + index;
  return { text, offsets };
}

/**
 * Where the contents of a chat's messages stand in the file, escape sequences of JSON followed unit by unit. A message
 * whose content cannot be found has none.
 */
export function messageStretches(source: string, messages: readonly SourceMessage[]): Stretch[] {
  return messages.flatMap((message, index) => {
    const found = contentOf(source, message);
    return found === undefined || found.text !== message.content ? [] : [{ ...found, message: index }];
  });
}

function contentOf(source: string, message: SourceMessage): Stretch | undefined {
  if (source[message.start] !== "{") return promptContent(source, message) ?? jsonText(source, message);
  const places = propertyPlaces(source, message.start);
  const place = places.has("from") && places.has("value") ? places.get("value") : places.get("content");
  return place && jsonText(source, place);
}

/** In a prompt file the content is the trimmed end of its message. */
function promptContent(source: string, { content, end }: SourceMessage): Stretch | undefined {
  const start = end - content.length;
  return start >= 0 && source.slice(start, end) === content ? plainStretch(content, start) : undefined;
}

/** The text of a JSON value: a string, or the text parts of a list. */
function jsonText(source: string, place: Place): Stretch | undefined {
  if (source[place.start] === '"') return jsonString(source, place);
  if (source[place.start] !== "[") return undefined;
  const parts = elementPlaces(source, place.start).flatMap((part) => {
    const text = source[part.start] === "{" ? propertyPlaces(source, part.start).get("text") : undefined;
    return text && source[text.start] === '"' ? [jsonString(source, text)] : [];
  });
  const last = parts.at(-1);
  if (!last) return undefined;
  const offsets = parts.flatMap((part) => [...part.offsets.subarray(0, -1)]);
  return {
    text: parts.map((part) => part.text).join(""),
    offsets: Int32Array.from([...offsets, last.offsets.at(-1) ?? 0]),
    json: true,
  };
}

/** The units of a JSON string, each with the offset of the character or escape sequence it is written as. */
export function jsonString(source: string, { start, end }: Place): Stretch {
  const offsets: number[] = [];
  for (let at = start + 1; at < end - 1; at += source[at] !== "\\" ? 1 : source[at + 1] === "u" ? 6 : 2)
    offsets.push(at);
  offsets.push(end - 1);
  return { text: JSON.parse(source.slice(start, end)) as string, offsets: Int32Array.from(offsets), json: true };
}
