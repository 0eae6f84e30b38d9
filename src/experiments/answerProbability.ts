import type { Engine, Prompt } from "../inference/engine";

/**
 * ln of the probability that an answer's tokens follow a prompt: `prompt` gives it with an answer begun, and the tokens that
 * are new beside the empty answer are scored. What follows the answer is not looked at. Needs an engine that scores.
 */
export async function answerLogProb(
  engine: Engine,
  prompt: (answer: string) => Prompt,
  answer: string,
  signal: AbortSignal,
): Promise<number> {
  const before = await engine.render(prompt(""), signal);
  const whole = await engine.render(prompt(answer), signal);
  let from = 0;
  while (from < before.tokens.length && before.tokens[from]!.id === whole.tokens[from]?.id) from++;
  const { tokens } = await engine.score(prompt(answer), { topK: 0, from }, signal);
  return tokens.reduce((sum, { logProb = 0 }) => sum + logProb, 0);
}
