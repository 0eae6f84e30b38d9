import type { Engine, Prompt, PromptScore, TokenizedPrompt, TokenScore } from "../../inference/engine";
import { firstDifference, headOf, type ScoredPrompt } from "./scoredPrompt";
import { givenIn, planWindows, type WindowStep } from "./windows";

export interface ScoreRequest {
  readonly engine: Engine;
  readonly prompt: Prompt;
  readonly topK: number;
  /** At most so many tokens are scored. */
  readonly maxTokens: number;
  /** An earlier result by the same model: what did not change is taken from it. */
  readonly previous: ScoredPrompt | undefined;
  /** Index of the first token on the screen, once the tokens are known. */
  visibleToken(prompt: TokenizedPrompt): number;
  /** What is known so far, after each step. */
  onProgress(scored: ScoredPrompt): void;
  readonly signal: AbortSignal;
}

/** Tokens of one call to a model on this machine: a step is soon done, and the engine keeps what came before. */
const localStep = 512;
/** Smallest k with which an engine that sees no ranks of its own is asked, so that "beyond the first" says something. */
const rankedK = 20;

/**
 * Scores a prompt: from its first changed token on where `previous` is given, in overlapping windows where it is longer
 * than the context, the visible part first. Rejects as the engine does.
 */
export async function scorePrompt(request: ScoreRequest): Promise<ScoredPrompt> {
  const { engine, previous, signal } = request;
  const { score, tokenize } = engine.capabilities;
  const looked = score.available ? Math.min(score.topK, score.exactEntropy ? request.topK : rankedK) : request.topK;
  if (!tokenize.available) return scoreWhole(request, looked);

  const prompt = await engine.render(request.prompt, signal);
  const count = prompt.tokens.length;
  const { contextSize, addsBos, kind } = engine.model;
  const local = kind === "builtIn" || kind === "gguf";
  const visible = Math.min(Math.max(0, request.visibleToken(prompt)), Math.max(0, count - 1));
  const { from, to } = wantedTokens(count, visible, request.maxTokens);
  const head = headOf(prompt.tokens, addsBos);
  const changed = previous ? firstDifference(previous.prompt.tokens, prompt.tokens) : 0;
  const scores: (TokenScore | undefined)[] = Array.from({ length: count }, (_, index) =>
    index < changed ? previous?.scores[index] : undefined,
  );
  const given = Array.from({ length: count }, (_, index) => (index < changed ? (previous?.given[index] ?? 0) : 0));
  const result: ScoredPrompt = { prompt, scores, given, from, to, looked };

  const context = Math.min(contextSize ?? count, Math.max(count, 2));
  const step = local ? localStep : count;
  const plan = planWindows({ tokens: count, head, context, from, to, visible, step });
  const ids = prompt.tokens.map(({ id }) => id);
  for (const planned of plan) {
    const first = firstMissing(scores, planned);
    if (first === planned.to) continue;
    signal.throwIfAborted();
    const whole = planned.start === 0;
    const windowIds = whole
      ? ids.slice(0, planned.to)
      : [...ids.slice(0, head), ...ids.slice(planned.start, planned.to)];
    const shift = whole ? 0 : head - planned.start;
    const asked: Prompt = !local && whole && planned.to === count ? request.prompt : { kind: "tokens", ids: windowIds };
    const found = await engine.score(asked, { topK: looked, from: first + shift }, signal);
    takeScores(result, found, planned, first, shift, head);
    request.onProgress(result);
  }
  return result;
}

/** A server that does not tell its tokens beforehand is asked once, for everything. */
async function scoreWhole({ engine, prompt, onProgress, signal }: ScoreRequest, looked: number): Promise<ScoredPrompt> {
  const found = await engine.score(prompt, { topK: looked }, signal);
  const count = found.prompt.tokens.length;
  const result: ScoredPrompt = {
    prompt: found.prompt,
    scores: Array.from({ length: count }, (_, index) => found.tokens[index - found.from]),
    given: Array.from({ length: count }, (_, index) => index),
    from: found.from,
    to: count,
    looked,
  };
  onProgress(result);
  return result;
}

function takeScores(
  result: ScoredPrompt,
  found: PromptScore,
  step: WindowStep,
  first: number,
  shift: number,
  head: number,
): void {
  const scores = result.scores as (TokenScore | undefined)[];
  const given = result.given as number[];
  for (let index = first; index < step.to; index++) {
    scores[index] = found.tokens[index + shift - found.from];
    given[index] = givenIn(step, head, index);
  }
}

function firstMissing(scores: readonly unknown[], { from, to }: WindowStep): number {
  let index = from;
  while (index < to && scores[index] !== undefined) index++;
  return index;
}

/** All of a text that is short enough; of a longer one the stretch around the visible token, a quarter of it before. */
function wantedTokens(count: number, visible: number, most: number): { from: number; to: number } {
  if (count <= most) return { from: 0, to: count };
  const from = Math.max(0, Math.min(visible - Math.floor(most / 4), count - most));
  return { from, to: Math.min(count, from + most) };
}
