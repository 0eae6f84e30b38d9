import { derivedSeed, seededRandom } from "../../inference/random";
import type { ArenaSpec, Contestant } from "./spec";

/** Who meets whom on which prompt, and on which side. */
export interface Match {
  readonly id: string;
  readonly prompt: ArenaSpec["prompts"][number];
  readonly round: number;
  readonly left: Contestant;
  readonly right: Contestant;
}

/**
 * All matches of a run: every pair on every prompt in every round, in random order within a round, sides by chance; the same
 * for the same seed. Every pair meets equally often, so that a vote left early is no worse for anybody.
 */
export function matchesOf({ contestants, prompts, rounds, seed }: ArenaSpec): Match[] {
  return Array.from({ length: rounds }, (_, round) => {
    const random = seededRandom(derivedSeed(seed, round));
    const matches = prompts.flatMap((prompt) =>
      contestants.flatMap((first, index) =>
        contestants.slice(index + 1).map((second): Match => {
          const [left, right] = random() < 0.5 ? [first, second] : [second, first];
          return { id: JSON.stringify([prompt.id, first.id, second.id, round]), prompt, round, left, right };
        }),
      ),
    );
    return matches
      .map((match) => ({ match, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ match }) => match);
  }).flat();
}
