import type { SourceChat, SourceMessage } from "./messages";

const FRONT_MATTER = /^\ufeff?---[ \t]*\r?\n(?:[\s\S]*?\r?\n)?---[ \t]*(?:\r?\n|$)/;
/** A role on a line of its own, as prompty has it: "system:", "user:", also "# user". */
const HEADING =
  /^[ \t]*(?:#+[ \t]*)?(system|developer|user|assistant|tool|function)[ \t]*:[ \t]*\r?$|^#+[ \t]*(system|developer|user|assistant)[ \t]*\r?$/gim;

/**
 * Messages of a prompt file: front matter is left out, each role heading begins a message; without headings the whole is
 * one message of the user. Undefined for a file without text.
 */
export function parsePromptFile(text: string): SourceChat | undefined {
  const bodyStart = FRONT_MATTER.exec(text)?.[0].length ?? 0;
  const headings = [...text.matchAll(HEADING)].filter((match) => match.index >= bodyStart);
  const messages: SourceMessage[] = [];
  const add = (role: string, start: number, contentStart: number, end: number): void => {
    const content = text.slice(contentStart, end).trim();
    if (content !== "") messages.push({ role, content, start, end: start + text.slice(start, end).trimEnd().length });
  };
  const firstHeading = headings[0]?.index ?? text.length;
  const lead = text.slice(bodyStart, firstHeading);
  // Text before the first heading is the system's; a file without headings is what the user says.
  add(
    headings.length > 0 ? "system" : "user",
    bodyStart + lead.length - lead.trimStart().length,
    bodyStart,
    firstHeading,
  );
  headings.forEach((match, index) => {
    const role = (match[1] ?? match[2] ?? "user").toLowerCase();
    add(role, match.index, match.index + match[0].length, headings[index + 1]?.index ?? text.length);
  });
  return messages.length > 0 ? { messages, start: messages[0]!.start, end: messages.at(-1)!.end } : undefined;
}
