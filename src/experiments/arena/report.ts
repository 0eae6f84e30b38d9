import { type Match, matchesOf } from "./matches";
import type { ArenaEvent, ArenaSpec, Choice, MatchEvent } from "./spec";

export interface ArenaReport {
  readonly spec: ArenaSpec;
  readonly matches: readonly Match[];
  readonly models: readonly Extract<ArenaEvent, { type: "model" }>["model"][];
  /** By match. */
  readonly answers: ReadonlyMap<string, MatchEvent>;
  readonly votes: ReadonlyMap<string, Choice>;
  readonly failures: ReadonlyMap<string, string>;
  readonly ended: "done" | "stopped" | undefined;
}

export function startReport(spec: ArenaSpec): ArenaReport {
  const none = new Map<never, never>();
  return { spec, matches: matchesOf(spec), models: [], answers: none, votes: none, failures: none, ended: undefined };
}

/** The report after one more event; the given one stays as it is. */
export function addEvent(report: ArenaReport, event: ArenaEvent): ArenaReport {
  switch (event.type) {
    case "model":
      return { ...report, models: [...report.models, event.model] };
    case "match":
      return { ...report, answers: new Map(report.answers).set(event.match, event), ended: undefined };
    case "failed":
      return { ...report, failures: new Map(report.failures).set(event.match, event.message) };
    case "vote": {
      const votes = new Map(report.votes);
      if (event.choice === null) votes.delete(event.match);
      else votes.set(event.match, event.choice);
      return { ...report, votes };
    }
    case "ended":
      return { ...report, ended: event.reason };
  }
}

/** A match as it may be shown: names and models only after the vote. */
export interface ShownMatch {
  readonly id: string;
  readonly prompt: string;
  readonly left: string;
  readonly right: string;
  /** The two answers are the same, character by character: there is nothing to choose. */
  readonly same: boolean;
  /** Undefined before the vote. */
  readonly revealed: { readonly choice: Choice; readonly left: string; readonly right: string } | undefined;
}

/** A match with both answers, blind until it was voted on; undefined before they are there. */
export function shown(report: ArenaReport, match: Match): ShownMatch | undefined {
  const answers = report.answers.get(match.id);
  if (!answers) return undefined;
  const choice = report.votes.get(match.id);
  return {
    id: match.id,
    prompt: match.prompt.text,
    left: answers.left.text,
    right: answers.right.text,
    same: answers.left.text === answers.right.text,
    revealed: choice && { choice, left: match.left.name, right: match.right.name },
  };
}

/** The next match to vote on: the first whose answers are there and differ and that has no vote. */
export function nextMatch(report: ArenaReport): ShownMatch | undefined {
  for (const match of report.matches) {
    const each = shown(report, match);
    if (each && !each.same && !each.revealed) return each;
  }
  return undefined;
}
