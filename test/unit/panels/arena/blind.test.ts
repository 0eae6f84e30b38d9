import { describe, expect, it } from "vitest";
import { arena } from "../../../../src/experiments/arena/arena";
import type { Match } from "../../../../src/experiments/arena/matches";
import { ranking } from "../../../../src/experiments/arena/ranking";
import type { ArenaReport } from "../../../../src/experiments/arena/report";
import type { AnswerEvent, ArenaSpec, Choice } from "../../../../src/experiments/arena/spec";
import { stagesOfSpecimen } from "../../../../src/experiments/arena/stages";
import { noPrompts } from "../../../../src/panels/arena/promptSource";
import { runView } from "../../../../src/panels/arena/runView";
import { firstSetup } from "../../../../src/panels/arena/setups";
import { countPairs, pairView, rankingView, sheetView, votingView } from "../../../../src/panels/arena/views";

const prompts = ["First prompt", "Second prompt", "Third prompt", "Fourth prompt"];
const two = (names: ArenaSpec["names"]): ArenaSpec => {
  const spec = stagesOfSpecimen(prompts, 7, names);
  return { ...spec, contestants: spec.contestants.slice(0, 2), sides: 3 };
};

/** What the side of a pair says, whoever says it. */
const saysLeft = (prompt: string) => `One way to answer ${prompt}`;
const saysRight = (prompt: string) => `Another way to answer ${prompt}, at more length`;

/** A run in which each side says the same, whoever sits there; everything else of an answer is its contestant's own. */
function runWith(spec: ArenaSpec, matches: readonly Match[]): ArenaReport {
  const empty = arena.start(spec);
  const byPrompt = new Map(matches.map((match) => [match.prompt.id, [match]]));
  const answer = (match: Match, side: "left" | "right"): AnswerEvent => {
    const { id } = match[side];
    const text = side === "left" ? saysLeft(match.prompt.text) : saysRight(match.prompt.text);
    return {
      ...{ type: "answer", prompt: match.prompt.id, contestant: id, round: match.round, text },
      seed: id === "base" ? 111 : 222,
      reason: id === "base" ? "stopText" : "maxTokens",
      tokens: id === "base" ? [text] : text.split(" "),
      logProbs: id === "base" ? [-1] : text.split(" ").map(() => -2),
    };
  };
  return matches
    .flatMap((match) => [answer(match, "left"), answer(match, "right")])
    .reduce(arena.add, { ...empty, matches, byPrompt });
}

/** The same run with everybody on the other side. */
function mirrored(matches: readonly Match[]): Match[] {
  return matches.map(({ left, right, keys, ...match }) => ({
    ...{ ...match, left: right, right: left },
    keys: { left: keys.right, right: keys.left },
  }));
}

/** All of the state that follows from a run, as the webview is sent it. */
function sent(report: ArenaReport): string {
  const counts = countPairs(report);
  const { length } = report.matches;
  const uri = { path: "/runs/a.promptscope.jsonl", toString: () => "file:///runs/a.promptscope.jsonl" };
  const setup = { setup: firstSetup("specimen-base", "specimen-chat"), found: noPrompts };
  const run = { uri, created: "now", report, done: length - counts.waiting, total: length, blind: true, counts };
  return JSON.stringify({
    run: runView(run as unknown as Parameters<typeof runView>[0], setup, (id) => id),
    voting: votingView(report, counts),
    pairs: report.matches.map((_, place) => pairView(report, place)),
    ranking: rankingView(ranking(report)),
    sheet: report.spec.prompts.map((_, place) => sheetView(report, place, () => ["live"])),
  });
}

const vote = (report: ArenaReport, place: number, choice: Choice) =>
  arena.add(report, { type: "vote", match: report.matches[place]!.id, choice });

describe("what the webview is sent of hidden contestants", () => {
  it("is the same, byte for byte, with everybody on the other side: before any vote, and between votes", () => {
    for (const names of ["atEnd", "afterVote"] as const) {
      const { matches } = arena.start(two(names));
      let here = runWith(two(names), matches);
      let there = runWith(two(names), mirrored(matches));
      expect(here.answers.get('["1","base",0]')!.text).not.toBe(there.answers.get('["1","base",0]')!.text);
      expect(sent(there)).toBe(sent(here));
      if (names === "afterVote") continue;
      for (const [place, choice] of (["left", "tie", "bothBad", "right"] as const).entries()) {
        [here, there] = [vote(here, place, choice), vote(there, place, choice)];
        expect(sent(there)).toBe(sent(here));
      }
      const [shown, other] = [here, there].map((report) => sent(arena.add(report, { type: "revealed" })));
      expect(shown).not.toBe(other);
    }
  });

  it("stays the same for a pair without a vote while others have theirs", () => {
    const spec = two("afterVote");
    const { matches } = arena.start(spec);
    // All but the last pair sit alike; that one is turned.
    const turned = [...matches.slice(0, -1), ...mirrored(matches.slice(-1))];
    let [here, there] = [runWith(spec, matches), runWith(spec, turned)];
    for (const [place] of matches.slice(0, -1).entries()) {
      [here, there] = [vote(here, place, "left"), vote(there, place, "left")];
      expect(sent(there)).toBe(sent(here));
    }
    const last = matches.length - 1;
    expect(sent(vote(there, last, "left"))).not.toBe(sent(vote(here, last, "left")));
  });

  it("has no number of tokens, no reason of an end, no seed and no log-probability of an answer", () => {
    const spec = two("atEnd");
    const report = runWith(spec, arena.start(spec).matches);
    const pairs = JSON.stringify(report.matches.map((_, place) => pairView(report, place)));
    expect(pairs).not.toMatch(/tokens|reason|seed|logProb|base|chat|Base|Chat|specimen|111|222/);
    expect(sent(report)).not.toMatch(/"sides"|111|222/);
    expect(JSON.parse(sent(report)).run.file.open).toBe(false);
  });

  it("comes with both answers at once: a pair of which one is written is not there", () => {
    const spec = two("afterVote");
    const whole = runWith(spec, arena.start(spec).matches);
    const [first] = [...whole.answers.values()];
    const half = arena.add(arena.start(spec), first!);
    expect(half.matches.map((_, place) => pairView(half, place))).toEqual(prompts.map(() => null));
    expect(sent(half)).toBe(sent(arena.start(spec)));
  });
});

describe("side by side", () => {
  it("shows names and answers as they are written", () => {
    const spec: ArenaSpec = { ...two("always") };
    const report = arena.start(spec);
    expect(votingView(report, countPairs(report))).toBeNull();
    const sheet = sheetView(report, 1, ({ contestant }) => (contestant === "base" ? ["<b>a", "b"] : undefined))!;
    expect(sheet.prompt).toBe("Second prompt");
    expect(sheet.columns.map(({ name, cells }) => [name, cells[0]!.text, cells[0]!.reason])).toEqual([
      ["Base", "<b>ab", null],
      ["Chat", null, null],
    ]);
  });
});
