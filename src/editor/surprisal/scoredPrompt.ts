import type { Alternative, PromptToken, TokenizedPrompt, TokenScore } from "../../inference/engine";

/** A prompt and what of it has been scored so far. Arrays are by token. */
export interface ScoredPrompt {
  readonly prompt: TokenizedPrompt;
  readonly scores: readonly (TokenScore | undefined)[];
  /** Tokens the model was given before each scored one. */
  readonly given: readonly number[];
  /** The tokens that were to be scored: `[from, to)`. */
  readonly from: number;
  readonly to: number;
  /** Alternatives that the engine looked at, for "beyond the first n". */
  readonly looked: number;
}

/** Index of the first token in which two prompts differ. */
export function firstDifference(before: readonly PromptToken[], now: readonly PromptToken[]): number {
  const common = Math.min(before.length, now.length);
  let index = 0;
  while (index < common && before[index]!.id === now[index]!.id) index++;
  return index;
}

/** How many tokens at the beginning every window must repeat: those the tokenizer puts first by itself. */
export function headOf(tokens: readonly PromptToken[], addsBos: boolean): number {
  return addsBos && tokens[0]?.special ? 1 : 0;
}

/** Probability of everything but the alternatives shown. */
export function massOfOthers(shown: readonly Alternative[]): number {
  return Math.max(0, 1 - shown.reduce((sum, { logProb }) => sum + Math.exp(logProb), 0));
}
