import { groupedBy } from "../groupedBy";
import { GrowingMap } from "../growingMap";
import { type Match, matchesOf } from "./matches";
import { type AnswerEvent, type AnswerId, type ArenaEvent, type ArenaSpec, answerKey, type Choice } from "./spec";

export interface ArenaReport {
  readonly spec: ArenaSpec;
  readonly matches: readonly Match[];
  /** The same by prompt: only matches of one prompt can show the same answer. */
  readonly byPrompt: ReadonlyMap<string, readonly Match[]>;
  readonly models: readonly Extract<ArenaEvent, { type: "model" }>["model"][];
  /** By `answerKey`. */
  readonly answers: GrowingMap<string, AnswerEvent>;
  /** Why there is no answer, by `answerKey`. */
  readonly failures: ReadonlyMap<string, string>;
  /** By match, in the order they were given. */
  readonly votes: ReadonlyMap<string, Choice>;
  /** Matches whose vote was taken back after their names were shown: a further vote on them is not blind. */
  readonly seen: ReadonlySet<string>;
  /** A person wanted to know all names. */
  readonly revealed: boolean;
  readonly ended: "done" | "stopped" | undefined;
}

export function startReport(spec: ArenaSpec): ArenaReport {
  const matches = matchesOf(spec);
  return {
    spec,
    matches,
    byPrompt: groupedBy(matches, ({ prompt }) => prompt.id),
    models: [],
    answers: GrowingMap.empty(),
    failures: new Map(),
    votes: new Map(),
    seen: new Set(),
    revealed: false,
    ended: undefined,
  };
}

/** The report after one more event; the given one stays as it is. */
export function addEvent(report: ArenaReport, event: ArenaEvent): ArenaReport {
  switch (event.type) {
    case "model":
      return { ...report, models: [...report.models, event.model] };
    case "answer": {
      const failures = new Map(report.failures);
      failures.delete(answerKey(event));
      return { ...report, answers: report.answers.with(answerKey(event), event), failures, ended: undefined };
    }
    case "failed":
      return { ...report, failures: new Map(report.failures).set(answerKey(event), event.message) };
    case "vote": {
      const votes = new Map(report.votes);
      votes.delete(event.match);
      if (event.choice !== null) return { ...report, votes: votes.set(event.match, event.choice) };
      const match = report.matches.find(({ id }) => id === event.match);
      if (!match || !namesShown(report, match)) return { ...report, votes };
      // With this vote the names of others on the prompt are hidden again, and are known all the same.
      const known = report.byPrompt.get(match.prompt.id)!.filter((each) => namesShown(report, each));
      return { ...report, votes, seen: new Set([...report.seen, ...known.map(({ id }) => id)]) };
    }
    case "revealed":
      return { ...report, revealed: true };
    case "ended":
      return { ...report, ended: event.reason };
  }
}

/** A match with what stands on its sides. */
export interface Pair {
  readonly match: Match;
  /** Undefined while it is being written; both have to be there before either is shown. */
  readonly answers: { readonly left: AnswerEvent; readonly right: AnswerEvent } | undefined;
  /** "failed": an answer could not be had. "same": there is nothing to choose. Neither wants a vote. */
  readonly state: "waiting" | "failed" | "same" | "open" | "voted";
  readonly choice: Choice | undefined;
}

export function pairOf(report: ArenaReport, match: Match): Pair {
  const choice = report.votes.get(match.id);
  const { keys } = match;
  const [left, right] = [report.answers.get(keys.left), report.answers.get(keys.right)];
  if (!left || !right) {
    const failed = report.failures.has(keys.left) || report.failures.has(keys.right);
    return { match, answers: undefined, state: failed ? "failed" : "waiting", choice };
  }
  const state = choice ? "voted" : left.text === right.text ? "same" : "open";
  return { match, answers: { left, right }, state, choice };
}

/**
 * Whether it may be said who wrote what in a match. After its vote that is only so once no other match that wants a vote
 * shows one of the two answers: who has learnt whose text it is would know it again there.
 */
export function namesShown(report: ArenaReport, match: Match): boolean {
  const { spec, revealed, votes } = report;
  if (spec.names === "always" || revealed) return true;
  if (spec.names === "atEnd" || !votes.has(match.id)) return false;
  return !report.byPrompt
    .get(match.prompt.id)!
    .some((other) => sharesAnswer(match, other) && ["open", "waiting"].includes(pairOf(report, other).state));
}

/** Whether it may be said who wrote an answer: a match that shows it has its names shown. */
export function isNamed(report: ArenaReport, { prompt, contestant, round }: AnswerId): boolean {
  if (report.spec.names === "always" || report.revealed) return true;
  const shown = report.byPrompt.get(prompt) ?? [];
  return shown.some(
    (match) =>
      match.round === round && [match.left.id, match.right.id].includes(contestant) && namesShown(report, match),
  );
}

/** The next match to vote on: the first whose answers are there and differ and that has no vote. */
export function nextMatch(report: ArenaReport): Match | undefined {
  if (report.revealed) return undefined;
  return report.matches.find((match) => !report.votes.has(match.id) && pairOf(report, match).state === "open");
}

/** The match that was voted on last. */
export function lastVoted(report: ArenaReport): Match | undefined {
  const last = [...report.votes.keys()].at(-1);
  return last === undefined ? undefined : report.matches.find(({ id }) => id === last);
}

/** Both stand on the same prompt, and somebody says the same in both. */
function sharesAnswer(one: Match, other: Match): boolean {
  if (one.id === other.id || one.prompt.id !== other.prompt.id) return false;
  const shared = [one.left, one.right].find(({ id }) => id === other.left.id || id === other.right.id);
  // The likeliest answer is the same in every round.
  return shared !== undefined && (one.round === other.round || shared.sampler.temperature === 0);
}
