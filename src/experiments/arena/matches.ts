import { derivedSeed, seededRandom } from "../../inference/random";
import { type AnswerId, type ArenaSpec, answerKey, type Contestant } from "./spec";

/** Who meets whom on which prompt, and on which side. */
export interface Match {
  readonly id: string;
  readonly prompt: ArenaSpec["prompts"][number];
  readonly round: number;
  readonly left: Contestant;
  readonly right: Contestant;
  /** `answerKey` of what stands on each side. */
  readonly keys: { readonly left: string; readonly right: string };
}

/**
 * All matches of a run: every pair on every prompt in every round, in random order within a round, sides by chance; the same
 * for the same seeds. Every pair meets equally often, so that a vote left early is no worse for anybody. None where names are
 * shown: there is nothing to vote on.
 */
export function matchesOf({ contestants, prompts, rounds, seed, sides = seed, names }: ArenaSpec): Match[] {
  if (names === "always") return [];
  return Array.from({ length: rounds }, (_, round) => {
    const random = seededRandom(derivedSeed(sides, round));
    const matches = prompts.flatMap((prompt) =>
      contestants.flatMap((first, index) =>
        contestants.slice(index + 1).map((second): Match => {
          const [left, right] = random() < 0.5 ? [first, second] : [second, first];
          const keyOf = ({ id }: Contestant): string => answerKey({ prompt: prompt.id, contestant: id, round });
          const id = JSON.stringify([prompt.id, first.id, second.id, round]);
          return { id, prompt, round, left, right, keys: { left: keyOf(left), right: keyOf(right) } };
        }),
      ),
    );
    return matches
      .map((match) => ({ match, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ match }) => match);
  }).flat();
}

/** The answer on a side of a match. */
export function answerOn({ prompt, round, left, right }: Match, side: "left" | "right"): AnswerId {
  return { prompt: prompt.id, contestant: (side === "left" ? left : right).id, round };
}

/**
 * All answers of a run in the order they are asked for. Those of a match come in the order of the contestants, whatever
 * their sides: neither the order nor the time an answer takes tells a voter who is where.
 */
export function answersOf(spec: ArenaSpec, matches: readonly Match[]): AnswerId[] {
  const order = new Map(spec.contestants.map(({ id }, index) => [id, index]));
  const rounds = Array.from({ length: spec.rounds }, (_, round) => round);
  if (spec.names === "always") {
    return spec.prompts.flatMap(({ id: prompt }) =>
      rounds.flatMap((round) => spec.contestants.map(({ id: contestant }) => ({ prompt, contestant, round }))),
    );
  }
  return matches.flatMap((match) =>
    [answerOn(match, "left"), answerOn(match, "right")].sort(
      (a, b) => order.get(a.contestant)! - order.get(b.contestant)!,
    ),
  );
}
