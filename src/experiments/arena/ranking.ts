import { seededRandom } from "../../inference/random";
import { csvTable } from "../export/csv";
import { type Comparison, rankContestants, type Strength } from "../statistics/bradleyTerry";
import { questionsToTell } from "../statistics/paired";
import type { ArenaReport } from "./report";

export interface RankedContestant {
  readonly id: string;
  readonly name: string;
  /** Log-strength, mean 0 over all. */
  readonly strength: Strength;
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
  /** Votes in which both were bad: ties in the ranking, told apart here. */
  readonly bothBad: number;
}

export interface ArenaRanking {
  /** Strongest first. */
  readonly contestants: readonly RankedContestant[];
  readonly votes: number;
  /**
   * Whether the votes tell the first from the second: the interval of their difference leaves out zero, and every contestant
   * is linked to every other by wins or ties.
   */
  readonly tells: boolean;
  /** Votes between the first two that would tell a difference as large as the seen one, with 80 % power; undefined where that is not finite. */
  readonly needed: number | undefined;
}

/** Fewer votes than this tell nothing, however they fell: five of five by chance is 6 %. */
const fewestVotes = 6;

/** The ranking of the votes so far: a pure function of the report. */
export function ranking(report: ArenaReport): ArenaRanking {
  const { contestants } = report.spec;
  const indexOf = (id: string): number => contestants.findIndex((each) => each.id === id);
  const tally = contestants.map(() => ({ wins: 0, losses: 0, ties: 0, bothBad: 0 }));
  const comparisons: Comparison[] = [];
  for (const { id, left, right } of report.matches) {
    const choice = report.votes.get(id);
    if (!choice) continue;
    const [first, second] = [indexOf(left.id), indexOf(right.id)];
    comparisons.push({ first, second, score: choice === "left" ? 1 : choice === "right" ? 0 : 0.5 });
    if (choice === "left" || choice === "right") {
      const [winner, loser] = choice === "left" ? [first, second] : [second, first];
      tally[winner]!.wins++;
      tally[loser]!.losses++;
    } else {
      const kind = choice === "tie" ? "ties" : "bothBad";
      tally[first]![kind]++;
      tally[second]![kind]++;
    }
  }
  const { strengths, differences, decided } = rankContestants(
    contestants.length,
    comparisons,
    seededRandom(report.spec.seed),
  );
  const order = contestants.map((_, index) => index).sort((a, b) => strengths[b]!.strength - strengths[a]!.strength);
  const [first = 0, second = 1] = order;
  const apart = differences[first]![second]!;
  // Where somebody only won there is no maximum, but enough such votes tell all the same.
  const oneSided = contestants.length === 2 && comparisons.every(({ score }) => score !== 0.5);
  const tells = comparisons.length >= fewestVotes && apart.low > 0 && (decided || oneSided);
  return {
    contestants: order.map((index) => ({
      id: contestants[index]!.id,
      name: contestants[index]!.name,
      strength: strengths[index]!,
      ...tally[index]!,
    })),
    votes: comparisons.length,
    tells,
    needed: tells ? undefined : votesToTell(comparisons, first, second),
  };
}

function votesToTell(comparisons: readonly Comparison[], first: number, second: number): number | undefined {
  const between = comparisons.filter(
    (each) => [each.first, each.second].sort().join() === [first, second].sort().join(),
  );
  const won = between.filter((each) => each.score === (each.first === first ? 1 : 0)).length;
  const lost = between.filter((each) => each.score === (each.first === first ? 0 : 1)).length;
  if (between.length === 0) return undefined;
  const needed = questionsToTell({ both: 0, onlyFirst: won, onlySecond: lost, neither: between.length - won - lost });
  return Number.isFinite(needed) ? Math.max(fewestVotes, needed) : undefined;
}

/** All votes as CSV: prompt, who was left and right, the choice, both answers. */
export function votesCsv(report: ArenaReport): string {
  const rows = report.matches.flatMap(({ id, prompt, left, right, round }) => {
    const [choice, answers] = [report.votes.get(id), report.answers.get(id)];
    return choice && answers
      ? [
          [
            prompt.id,
            prompt.text,
            String(round + 1),
            left.name,
            right.name,
            choice,
            answers.left.text,
            answers.right.text,
          ],
        ]
      : [];
  });
  return csvTable([["prompt", "text", "round", "left", "right", "choice", "left answer", "right answer"], ...rows]);
}
