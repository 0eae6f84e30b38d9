import type { LlamaSettings } from "./loadOptions";

/** Sequences kept for reading (scores and distributions), so that samples never make them wait for one. */
export const READING_SEQUENCES = 2;
/** What "auto" takes at most, and what it does not go below while sequences can be given up instead. */
const LARGEST_AUTO = 8192;
const SMALLEST_AUTO = 2048;

export interface ContextPlan {
  readonly contextSize: number;
  /** For samples; {@link READING_SEQUENCES} come on top. */
  readonly sequences: number;
}

/**
 * Context size and sequences for the memory there is, which holds `cells` tokens in all. Numbers that a person set stand; "auto" halves first the context
 * down to 2,048 tokens, then the sequences down to one, then the context again, until the KV cache fits.
 */
export function planContext(
  settings: Pick<LlamaSettings, "contextSize" | "sequences">,
  trained: number,
  cells: number,
): ContextPlan {
  let sequences = Math.max(1, Math.floor(settings.sequences));
  const fits = (context: number) => context * (sequences + READING_SEQUENCES) <= cells;
  if (settings.contextSize !== "auto") {
    const contextSize = Math.max(16, Math.floor(settings.contextSize));
    while (sequences > 1 && !fits(contextSize)) sequences = Math.floor(sequences / 2);
    return { contextSize, sequences };
  }
  let contextSize = Math.min(trained, LARGEST_AUTO);
  while (contextSize > SMALLEST_AUTO && !fits(contextSize)) contextSize = Math.floor(contextSize / 2);
  while (sequences > 1 && !fits(contextSize)) sequences = Math.floor(sequences / 2);
  while (contextSize > 256 && !fits(contextSize)) contextSize = Math.floor(contextSize / 2);
  return { contextSize, sequences };
}
