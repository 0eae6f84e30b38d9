import { html, type TemplateResult } from "lit";
import { plain, type Run, textRuns } from "./tokenText";

/** A token as models and their prompts give it. */
export interface ShownToken {
  readonly text: string;
  /** Own bytes in hex where they are no whole characters. */
  readonly bytes?: string | undefined;
  readonly special?: boolean | undefined;
}

/** Leading spaces as ·, line ends as ⏎, what cannot be seen by its code point, bytes of part of a character as they are. */
export function runsOf({ text, bytes }: ShownToken): Run[] {
  if (bytes !== undefined) return [{ kind: "bytes", text: spaced(bytes) }];
  return text === "" ? [{ kind: "mark", text: "(empty)" }] : textRuns(text);
}

/** The same as one plain string, for names and sentences. */
export function nameOf(token: ShownToken): string {
  return plain(runsOf(token));
}

/** The token as text nodes: marks are fainter, bytes boxed, special tokens boxed in violet. */
export function tokenView(token: ShownToken): TemplateResult {
  if (token.special) return html`<span class="tok-special">${token.text}</span>`;
  return html`${runsOf(token).map(({ kind, text }) =>
    kind === "text" ? text : html`<span class=${kind === "mark" ? "tok-mark" : "tok-bytes"}>${text}</span>`,
  )}`;
}

/** "e282" as "E2 82". */
function spaced(hex: string): string {
  return hex.replaceAll(/\s+/g, "").toUpperCase().match(/../g)?.join(" ") ?? hex;
}
