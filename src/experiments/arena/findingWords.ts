import { count, listed, plural, rated, roughly } from "../reasoning/words";
import { type ArenaRanking, fewestPrompts } from "./ranking";

/** A finding as a sentence with its uncertainty. */
export interface Sentence {
  /** What is found, to be set in bold. */
  readonly key: string;
  readonly rest: string;
}

/** What the votes so far say. */
export function findingWords(ranking: ArenaRanking): Sentence {
  const { contestants, votes, firstOverSecond, tells } = ranking;
  const [first, second] = contestants;
  if (!first || !second || votes === 0) {
    return {
      key: "No votes yet:",
      rest: `at least ${fewestPrompts} on different prompts are needed to tell anything.`,
    };
  }
  const share = `in ${rated(firstOverSecond)} of ${plural(votes, "vote")}, ties as half`;
  if (tells && contestants.length === 2) {
    return { key: `“${first.name}” is preferred`, rest: `to “${second.name}” ${share}.` };
  }
  if (tells) {
    return {
      key: `“${first.name}” comes first:`,
      rest: `by these votes it is preferred to “${second.name}”, the second, in ${rated(firstOverSecond)} of cases; ${plural(votes, "vote")}.`,
    };
  }
  const wins = contestants.map(({ name, wins: won }, place) => `“${name}” ${place === 0 ? "won " : ""}${count(won)}`);
  return {
    key: "Not enough votes to tell:",
    rest: `${listed(wins)} of ${plural(votes, "vote")}. ${more(ranking)}`,
  };
}

function more({ contestants, prompts, votes, needed, linked }: ArenaRanking): string {
  if (prompts < fewestPrompts) {
    return `That covers ${plural(prompts, "prompt")}; at least ${fewestPrompts} are needed to tell anything.`;
  }
  if (!linked) return "Some have won or lost all their votes so far, or never met.";
  if (needed === undefined) return "The first two are even so far.";
  const missing = needed - votes;
  if (missing <= 0) return "A few more votes may tell.";
  const where = contestants.length === 2 ? "" : " between the first two";
  return `A difference as large as this one would take about ${roughly(missing)} more votes${where}.`;
}
