import type { Sentence } from "../reasoning/findingWords";
import { count, listed, plural, rated, roughly } from "../reasoning/words";
import { fewestPrompts } from "./fewestPrompts";
import { quoted } from "./quoted";
import type { ArenaRanking } from "./ranking";

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
    return { key: `${quoted(first.name)} is preferred`, rest: `to ${quoted(second.name)} ${share}.` };
  }
  if (tells) {
    return {
      key: `${quoted(first.name)} comes first:`,
      rest: `by these votes it is preferred to ${quoted(second.name)}, the second, in ${rated(firstOverSecond)} of cases; ${plural(votes, "vote")}.`,
    };
  }
  const wins = contestants.map(
    ({ name, wins: won }, place) => `${quoted(name)} ${place === 0 ? "won " : ""}${count(won)}`,
  );
  const even = votes - contestants.reduce((sum, { wins: won }) => sum + won, 0);
  const rest = even === 0 ? "" : `, ${count(even)} without a preference`;
  return {
    key: "Not enough votes to tell:",
    rest: `${listed(wins)} of ${plural(votes, "vote")}${rest}. ${more(ranking)}`,
  };
}

function more({ contestants, prompts, met, needed, linked }: ArenaRanking): string {
  if (prompts < fewestPrompts) {
    return `That covers ${plural(prompts, "prompt")}; at least ${fewestPrompts} are needed to tell anything.`;
  }
  if (!linked) return "Some have won or lost all their votes so far, or never met.";
  if (needed === undefined) return "The first two are even so far.";
  const missing = needed - met;
  if (missing <= 0) return "A few more votes may tell.";
  const where = contestants.length === 2 ? "" : " between the first two";
  return `A difference as large as this one would take about ${roughly(missing)} more votes${where}.`;
}
