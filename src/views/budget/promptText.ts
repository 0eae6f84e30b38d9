/** A file's text on its way into a prompt. */
export interface PromptPart {
  /** Shown above the text. */
  readonly path: string;
  readonly text: string;
}

/**
 * Joins files into one prompt: each path as a line, then the text in a fence longer than any inside it. Pauses after each, for
 * `inSlices`.
 */
export function* writingPrompt(parts: readonly PromptPart[]): Generator<void, string> {
  const blocks: string[] = [];
  for (const part of parts) {
    blocks.push(block(part));
    yield;
  }
  return blocks.join("\n");
}

function block({ path, text }: PromptPart): string {
  const longest = [...text.matchAll(/`{3,}/g)].reduce((most, [ticks]) => Math.max(most, ticks.length), 2);
  const fence = "`".repeat(longest + 1);
  const dot = path.lastIndexOf(".");
  const language = dot > path.lastIndexOf("/") + 1 ? path.slice(dot + 1) : "";
  return `${path}\n${fence}${language}\n${text}${text.endsWith("\n") || text === "" ? "" : "\n"}${fence}\n`;
}
