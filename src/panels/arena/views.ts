import type { PairView, RankingView, SheetView, VotingView } from "../../../webview/arena/protocol";
import { fewestPrompts } from "../../experiments/arena/fewestPrompts";
import { findingWords } from "../../experiments/arena/findingWords";
import { answerOn, type Match } from "../../experiments/arena/matches";
import type { ArenaRanking } from "../../experiments/arena/ranking";
import { type ArenaReport, namesShown, type Pair, pairOf } from "../../experiments/arena/report";
import { type AnswerId, answerKey } from "../../experiments/arena/spec";
import { tokenCount } from "../../experiments/tokenCount";

/** Votes that are listed; exports have them all. */
const mostListed = 100;
const mostReasons = 5;

/** Pairs by what became of them. */
export type PairCounts = Readonly<Record<Pair["state"], number>>;

/** One look at all pairs of a run. */
export function countPairs(report: ArenaReport): PairCounts {
  const counts = { waiting: 0, failed: 0, same: 0, open: 0, voted: 0 };
  for (const match of report.matches) counts[pairOf(report, match).state]++;
  return counts;
}

/** How far voting is; null where names are shown and nobody votes. */
export function votingView(report: ArenaReport, counts: PairCounts): VotingView | null {
  if (report.spec.names === "always") return null;
  const places = new Map(report.matches.map((match, place) => [match.id, place]));
  const newest = [...report.votes].slice(-mostListed).reverse();
  return {
    wanted: counts.open + counts.voted,
    voted: counts.voted,
    same: counts.same,
    failed: counts.failed,
    reasons: [...new Set(report.failures.values())].slice(0, mostReasons),
    waiting: counts.waiting,
    closed: report.revealed,
    canUndo: !report.revealed && report.votes.size > 0,
    recent: newest.flatMap(([id, choice]) => {
      const place = places.get(id);
      const match = place === undefined ? undefined : report.matches[place];
      if (place === undefined || !match) return [];
      const names = namesShown(report, match) ? { left: match.left.name, right: match.right.name } : null;
      return { place, prompt: match.prompt.text, choice, names };
    }),
  };
}

/** A pair on the screen: nothing but its texts until its names are shown. Null while either answer is missing. */
export function pairView(report: ArenaReport, place: number): PairView | null {
  const match = report.matches[place];
  if (!match) return null;
  const pair = pairOf(report, match);
  if (!pair.answers) return null;
  const { left, right } = pair.answers;
  const revealed = namesShown(report, match)
    ? { left: named(report, match, "left"), right: named(report, match, "right") }
    : null;
  return {
    place,
    prompt: match.prompt.text,
    left: left.text,
    right: right.text,
    choice: pair.choice ?? null,
    revealed,
  };
}

function named(report: ArenaReport, match: Match, side: "left" | "right"): NonNullable<PairView["revealed"]>["left"] {
  const answer = answerOn(match, side);
  const given = report.answers.get(answerKey(answer))!;
  return { answer, name: match[side].name, tokens: tokenCount(given), reason: given.reason };
}

/** What the votes say whose names are shown. */
export function rankingView(found: ArenaRanking): RankingView {
  return {
    finding: findingWords(found),
    votes: found.votes,
    again: found.again,
    few: found.prompts < fewestPrompts,
    linked: found.linked,
    rows: found.contestants.map(({ id, name, preferred, wins, losses, ties, bothBad }) => ({
      ...{ id, name, preferred, wins, losses, ties, bothBad },
    })),
  };
}

/** All answers to a prompt side by side, as far as they are; null where names are hidden. `live`: what is being written. */
export function sheetView(
  report: ArenaReport,
  place: number,
  live: (answer: AnswerId) => readonly string[] | undefined,
): SheetView | null {
  const { spec } = report;
  const prompt = spec.prompts[place];
  if (spec.names !== "always" || !prompt) return null;
  const rounds = Array.from({ length: spec.rounds }, (_, round) => round);
  return {
    place,
    prompt: prompt.text,
    columns: spec.contestants.map(({ id, name }) => ({
      id,
      name,
      cells: rounds.map((round) => {
        const answer = { prompt: prompt.id, contestant: id, round };
        const written = report.answers.get(answerKey(answer));
        const running = written ? undefined : live(answer);
        return {
          answer,
          text: written?.text ?? running?.join("") ?? null,
          tokens: (written?.tokens ?? running ?? []).length,
          reason: written?.reason ?? null,
          failure: report.failures.get(answerKey(answer)) ?? null,
        };
      }),
    })),
  };
}
