import { seededRandom } from "../../inference/random";
import { drained } from "../drained";
import { type Comparison, type Ranking, rankingContestants } from "../statistics/bradleyTerry";
import { mcnemarExact, type PairedCounts, questionsToTell } from "../statistics/paired";
import { fewestPrompts } from "./fewestPrompts";
import { type ArenaReport, namesShown } from "./report";

/** A share with its interval, 0 to 1. */
export interface Preferred {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

export interface RankedContestant {
  readonly id: string;
  readonly name: string;
  /**
   * How often it is preferred, ties as half: of two, to the other; of more, to an average one of them, by Bradley and
   * Terry's model.
   */
  readonly preferred: Preferred;
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
  /** Votes in which both were bad: ties in the ranking, told apart here. */
  readonly bothBad: number;
}

export interface ArenaRanking {
  /** Most preferred first. */
  readonly contestants: readonly RankedContestant[];
  /** Those whose names are shown: the others would tell whose they are. */
  readonly votes: number;
  /** Prompts these votes are on. */
  readonly prompts: number;
  /** Votes given again after their names had been shown: these were not blind. */
  readonly again: number;
  /** How often the first is preferred to the second where the two meet. */
  readonly firstOverSecond: Preferred;
  /** From everyone a chain of wins or ties leads to everyone else; without it some strengths have no end. */
  readonly linked: boolean;
  /**
   * Whether the votes tell the first from the second: there are enough, the interval leaves out a half, and where the two
   * meet an exact sign test over prompts says so too (p < 0.05): resampling is too sure of few prompts.
   */
  readonly tells: boolean;
  /** Votes between the first two. */
  readonly met: number;
  /** As many of these as would tell a difference as large as the seen one, with 80 % power; undefined where that is not finite. */
  readonly needed: number | undefined;
}

/** `rankingInSlices` without a pause. */
export function ranking(report: ArenaReport): ArenaRanking {
  return drained(rankingInSlices(report));
}

/** The ranking of the votes so far: a pure function of the report. For `inSlices`. */
export function* rankingInSlices(report: ArenaReport): Generator<void, ArenaRanking> {
  const { contestants, seed } = report.spec;
  const indexOf = new Map(contestants.map(({ id }, index) => [id, index]));
  const tally = contestants.map(() => ({ wins: 0, losses: 0, ties: 0, bothBad: 0 }));
  const comparisons: Comparison[] = [];
  let again = 0;
  for (const match of report.matches) {
    const choice = report.votes.get(match.id);
    if (!choice || !namesShown(report, match)) continue;
    if (report.seen.has(match.id)) again++;
    const [first, second] = [indexOf.get(match.left.id)!, indexOf.get(match.right.id)!];
    const score = choice === "left" ? 1 : choice === "right" ? 0 : 0.5;
    comparisons.push({ first, second, score, unit: match.prompt.id });
    if (choice === "left" || choice === "right") {
      const [winner, loser] = choice === "left" ? [first, second] : [second, first];
      tally[winner]!.wins++;
      tally[loser]!.losses++;
    } else {
      const kind = choice === "tie" ? "ties" : "bothBad";
      tally[first]![kind]++;
      tally[second]![kind]++;
    }
    yield;
  }
  const ranked = yield* rankingContestants(contestants.length, comparisons, seededRandom(seed));
  const { strengths, decided } = ranked;
  const order = contestants.map((_, index) => index).sort((a, b) => strengths[b]!.strength - strengths[a]!.strength);
  const [first, second] = order as [number, number];
  const prompts = new Set(comparisons.map(({ unit }) => unit)).size;
  const firstOverSecond = preferredTo(first, second, ranked, comparisons, prompts);
  // Where somebody of two only won there is no maximum, but enough such votes tell all the same.
  const linked = decided || (contestants.length === 2 && comparisons.length > 0);
  const apart = firstOverSecond.low > 0.5 && mcnemarExact(promptsWon(comparisons, first, second)) < 0.05;
  const tells = prompts >= fewestPrompts && linked && apart;
  return {
    contestants: order.map((index) => ({
      id: contestants[index]!.id,
      name: contestants[index]!.name,
      preferred:
        contestants.length === 2
          ? preferredTo(index, index === first ? second : first, ranked, comparisons, prompts)
          : shareOf(strengths[index]!),
      ...tally[index]!,
    })),
    votes: comparisons.length,
    prompts,
    again,
    firstOverSecond,
    linked,
    tells,
    met: betweenOf(comparisons, first, second).length,
    needed: tells ? undefined : votesToTell(comparisons, first, second),
  };
}

/** How often one is preferred to another. */
function preferredTo(
  one: number,
  other: number,
  { differences }: Ranking,
  comparisons: readonly Comparison[],
  prompts: number,
): Preferred {
  const between = betweenOf(comparisons, one, other);
  const [score] = between;
  const all = between.length === comparisons.length;
  // Votes that are all alike have no spread to resample.
  if (score === undefined || !all || between.some((each) => each !== score)) return shareOf(differences[one]![other]!);
  return sharedByAll(score, prompts);
}

/**
 * All votes say the same: at most 1 - 0.05^(1/n) of all prompts would say something else [rule of three: Hanley 1983, JAMA
 * 249:1743].
 */
function sharedByAll(rate: number, prompts: number): Preferred {
  const unseen = 1 - 0.05 ** (1 / prompts);
  return { rate, low: rate - unseen * rate, high: rate + unseen * (1 - rate) };
}

/** A log-strength as the share of wins against one of strength 0. */
function shareOf({ strength, low, high }: Ranking["strengths"][number]): Preferred {
  const share = (value: number): number => 1 / (1 + Math.exp(-value));
  return { rate: share(strength), low: share(low), high: share(high) };
}

/** Scores of the first of two where they met. */
function betweenOf(comparisons: readonly Comparison[], one: number, other: number): number[] {
  return comparisons.flatMap(({ first, second, score }) => {
    if (first === one && second === other) return [score];
    return first === other && second === one ? [1 - score] : [];
  });
}

/** On how many prompts each of two got more of the votes between them. */
function promptsWon(
  comparisons: readonly Comparison[],
  one: number,
  other: number,
): Pick<PairedCounts, "onlyFirst" | "onlySecond"> {
  const leads = new Map<Comparison["unit"], number>();
  for (const comparison of comparisons) {
    const [score] = betweenOf([comparison], one, other);
    if (score !== undefined) leads.set(comparison.unit, (leads.get(comparison.unit) ?? 0) + score - 0.5);
  }
  const won = [...leads.values()];
  return { onlyFirst: won.filter((lead) => lead > 0).length, onlySecond: won.filter((lead) => lead < 0).length };
}

function votesToTell(comparisons: readonly Comparison[], first: number, second: number): number | undefined {
  const between = betweenOf(comparisons, first, second);
  if (between.length === 0) return undefined;
  const won = between.filter((score) => score === 1).length;
  const lost = between.filter((score) => score === 0).length;
  const needed = questionsToTell({ both: 0, onlyFirst: won, onlySecond: lost, neither: between.length - won - lost });
  return Number.isFinite(needed) ? Math.max(fewestPrompts, needed) : undefined;
}
