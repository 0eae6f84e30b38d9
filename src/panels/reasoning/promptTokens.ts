import type { Setup } from "../../../webview/reasoning/setup";
import type { Arm } from "../../experiments/reasoning/arms";
import { isChat, promptOf } from "../../experiments/reasoning/ask";
import { asked, type Question } from "../../experiments/reasoning/question";
import type { Engine, PromptToken } from "../../inference/engine";

export interface ArmTokens {
  tokens: { id: number; text: string; special: boolean }[];
  ofQuestion: number | null;
}

/** An arm's prompt for a question, as the model sees it. Rejects with an EngineError. */
export async function promptTokens(
  engine: Engine,
  setup: Pick<Setup, "system" | "chat">,
  arm: Arm,
  question: Question,
  signal: AbortSignal,
): Promise<ArmTokens> {
  const { tokens, text } = await engine.render(promptOf(setup, arm, question, isChat(setup, engine)), signal);
  return {
    tokens: tokens.map((token) => ({ id: token.id, text: token.text, special: token.special ?? false })),
    ofQuestion: tokensOf(tokens, text.indexOf(asked(question)), asked(question).length),
  };
}

/** Tokens that begin in a stretch of the prompt's text; null where it is not there as it is. */
function tokensOf(tokens: readonly PromptToken[], start: number, length: number): number | null {
  if (start < 0) return null;
  return tokens.filter(({ offset, special }) => !special && offset >= start && offset < start + length).length;
}
