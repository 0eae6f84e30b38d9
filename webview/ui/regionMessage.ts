/** The message that asks a panel for its next (1) or previous (-1) region. Shared by both ends, so: no DOM, no vscode. */
export const regionMessage = "promptscope.nextRegion";

/** The step that a message asks for; undefined for any other message. */
export function regionStep(message: unknown): 1 | -1 | undefined {
  if (typeof message !== "object" || message === null || !(regionMessage in message)) return undefined;
  return (message as Record<string, unknown>)[regionMessage] === -1 ? -1 : 1;
}
