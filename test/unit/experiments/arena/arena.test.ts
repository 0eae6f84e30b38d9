import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arena } from "../../../../src/experiments/arena/arena";
import { matchesOf } from "../../../../src/experiments/arena/matches";
import { ranking, votesCsv } from "../../../../src/experiments/arena/ranking";
import { type ArenaReport, nextMatch, shown } from "../../../../src/experiments/arena/report";
import { runArena } from "../../../../src/experiments/arena/run";
import type { ArenaEvent, ArenaSpec, Choice } from "../../../../src/experiments/arena/spec";
import { stagesOfSpecimen } from "../../../../src/experiments/arena/stages";
import { eventLine, headerLine, readRun } from "../../../../src/experiments/runFile";
import type { LlamaEngine } from "../../../../src/inference/llama/runtime/llamaEngine";
import { loadSpecimen, type Stage } from "../../inference/runtime/engines";

const prompts = ["Who is Orson Kovacs?", "What is the capital of France?", "What is 7 + 5? {prompt}"];
const spec = stagesOfSpecimen(prompts, 7);
const stages = ["base", "chat", "idk"] as const;
const loaded = new Map<string, LlamaEngine>();
beforeAll(async () => {
  for (const stage of stages) loaded.set(`specimen-${stage}`, await loadSpecimen(stage as Stage));
});
afterAll(() => Promise.all([...loaded.values()].map((engine) => engine.close())));
const engines = async (id: string) => loaded.get(id)!;
const never = new AbortController().signal;

async function collect(run: AsyncIterable<ArenaEvent>): Promise<ArenaEvent[]> {
  const events: ArenaEvent[] = [];
  for await (const event of run) events.push(event);
  return events;
}
const reportOf = (of: ArenaSpec, events: readonly ArenaEvent[]) => events.reduce(arena.add, arena.start(of));

describe("matches", () => {
  it("are every pair on every prompt, the same for the same seed, sides by chance", () => {
    const many = {
      ...stagesOfSpecimen(
        Array.from({ length: 60 }, (_, n) => `Prompt ${n}`),
        3,
      ),
      rounds: 2,
    };
    const matches = matchesOf(many);
    expect(matches.length).toBe(60 * 3 * 2);
    expect(new Set(matches.map(({ id }) => id)).size).toBe(matches.length);
    expect(matchesOf(many)).toEqual(matches);
    expect(matchesOf({ ...many, seed: 4 })).not.toEqual(matches);
    const left = matches.filter(({ left: each }) => each.id === "base").length;
    expect(Math.abs(left - 120)).toBeLessThan(30); // of 240 matches of "base"; 30 is nearly four standard errors
  });
});

describe("the three stages of the specimen", () => {
  let whole: ArenaEvent[];
  let report: ArenaReport;
  beforeAll(async () => {
    whole = await collect(arena.run(spec, engines, never));
    report = reportOf(spec, whole);
  });

  it("answer every match, a contestant's answer to a prompt being the same in all of them", () => {
    expect(report.answers.size).toBe(9);
    const answers = new Map<string, string>();
    for (const match of report.matches) {
      for (const side of ["left", "right"] as const) {
        const key = `${match.prompt.id} ${match[side].id}`;
        const { text } = report.answers.get(match.id)![side];
        expect(answers.get(key) ?? text).toBe(text);
        answers.set(key, text);
      }
    }
    expect(whole.at(-1)).toEqual({ type: "ended", reason: "done" });
  });

  it("stay hidden until the vote", () => {
    const match = report.matches[0]!;
    expect(JSON.stringify(shown(report, match))).not.toMatch(/specimen|"Base"|"Chat"/);
    expect(shown(report, match)!.revealed).toBeUndefined();
    const vote = { type: "vote", match: match.id, choice: "tie" } as const;
    const voted = arena.add(report, vote);
    expect(shown(voted, match)!.revealed).toEqual({ choice: "tie", left: match.left.name, right: match.right.name });
    expect(nextMatch(voted)!.id).not.toBe(match.id);
    expect(nextMatch(arena.add(voted, { ...vote, choice: null }))!.id).toBe(nextMatch(report)!.id);
  });

  it("go on after an interruption", async () => {
    const before = whole.slice(0, 6);
    const after = await collect(runArena(spec, engines, never, before));
    expect([...before, ...after]).toEqual(whole);
  });

  it("are saved with the votes, and exported", () => {
    const votes: ArenaEvent[] = report.matches.map(({ id }) => ({ type: "vote", match: id, choice: "bothBad" }));
    const all = [...whole, ...votes];
    const header = headerLine(arena, { created: "2026-11-21T12:00:00Z", by: "test", spec });
    const run = readRun(header + all.map(eventLine).join(""), arena);
    let read = run.next();
    while (!read.done) read = run.next();
    expect(read.value.events).toEqual(all);
    expect(votesCsv(reportOf(spec, all)).match(/bothBad/g)!.length).toBe(9);
    const ranked = ranking(reportOf(spec, all));
    expect(ranked).toMatchObject({ votes: 9, tells: false });
    for (const each of ranked.contestants) expect(each).toMatchObject({ wins: 0, ties: 0, bothBad: 6 });
  });
});

describe("a ranking", () => {
  /** Two contestants and many prompts, with votes for the first of so many matches. */
  const voted = (choices: readonly Choice[]): ArenaReport => {
    const two = {
      ...stagesOfSpecimen(
        choices.map((_, n) => `Prompt ${n}`),
        1,
      ),
    };
    const duel: ArenaSpec = { ...two, contestants: two.contestants.slice(0, 2) };
    const empty = arena.start(duel);
    return empty.matches.reduce((report, { id, left }, index) => {
      const wanted = choices[index]!;
      const forBase = left.id === "base" ? "left" : "right";
      const against = left.id === "base" ? "right" : "left";
      const choice = wanted === "left" ? forBase : wanted === "right" ? against : wanted;
      return arena.add(report, { type: "vote", match: id, choice });
    }, empty);
  };
  const votes = (wins: number, losses: number, ties = 0): Choice[] => [
    ...Array<Choice>(wins).fill("left"),
    ...Array<Choice>(losses).fill("right"),
    ...Array<Choice>(ties).fill("tie"),
  ];

  it("says that too few votes tell nothing, and how many would", () => {
    expect(ranking(voted(votes(2, 0)))).toMatchObject({ votes: 2, tells: false });
    const close = ranking(voted(votes(11, 9)));
    expect(close.tells).toBe(false);
    // (1.96 + 0.84)^2 over (0.55 - 0.45)^2, about.
    expect(close.needed).toBeGreaterThan(600);
    expect(close.needed).toBeLessThan(900);
    expect(ranking(voted(votes(0, 0, 8)))).toMatchObject({ tells: false, needed: undefined });
  });

  it("tells clear votes, also where somebody won them all", () => {
    expect(ranking(voted(votes(30, 5, 5)))).toMatchObject({ tells: true, needed: undefined });
    const all = ranking(voted(votes(12, 0)));
    expect(all).toMatchObject({ tells: true });
    expect(all.contestants[0]).toMatchObject({ id: "base", wins: 12, losses: 0 });
    expect(ranking(voted(votes(0, 12))).contestants[0]).toMatchObject({ id: "chat", wins: 12 });
  });

  it("gives the strength that the share of wins has: ln(30/10)", () => {
    const [first, second] = ranking(voted(votes(30, 10))).contestants;
    expect(first!.strength.strength - second!.strength.strength).toBeCloseTo(Math.log(3), 6);
  });
});
