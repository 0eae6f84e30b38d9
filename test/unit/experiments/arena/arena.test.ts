import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arena } from "../../../../src/experiments/arena/arena";
import { arenaExports, isExportable } from "../../../../src/experiments/arena/exports";
import { findingWords } from "../../../../src/experiments/arena/findingWords";
import { answerOn, answersOf, type Match, matchesOf } from "../../../../src/experiments/arena/matches";
import { ranking } from "../../../../src/experiments/arena/ranking";
import {
  type ArenaReport,
  isNamed,
  lastVoted,
  namesShown,
  nextMatch,
  pairOf,
} from "../../../../src/experiments/arena/report";
import { runArena } from "../../../../src/experiments/arena/run";
import { type ArenaEvent, type ArenaSpec, arenaSpec, type Choice } from "../../../../src/experiments/arena/spec";
import { stagesOfSpecimen } from "../../../../src/experiments/arena/stages";
import { drained } from "../../../../src/experiments/drained";
import { eventLine, headerLine, readRun } from "../../../../src/experiments/runFile";
import type { LlamaEngine } from "../../../../src/inference/llama/runtime/llamaEngine";
import { loadSpecimen, type Stage } from "../../inference/runtime/engines";

const prompts = ["Who is Orson Kovacs?", "What is the capital of France?", "What is 7 + 5? {prompt}"];
const spec = stagesOfSpecimen(prompts, 7);
/** Three models on a busy machine, milliseconds. */
const slow = 60_000;
const stages = ["base", "chat", "idk"] as const;
const loaded = new Map<string, LlamaEngine>();
beforeAll(async () => {
  for (const stage of stages) loaded.set(`specimen-${stage}`, await loadSpecimen(stage as Stage));
}, slow);
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

  it("ask for the answers of a pair in the order of the contestants, whatever their sides", () => {
    const order = ["base", "chat", "idk"];
    const matches = matchesOf(spec);
    const asked = answersOf(spec, matches);
    expect(asked.length).toBe(18);
    for (const [index, match] of matches.entries()) {
      const two = asked.slice(2 * index, 2 * index + 2).map(({ contestant }) => contestant);
      expect(two).toEqual(order.filter((id) => id === match.left.id || id === match.right.id));
    }
  });

  it("are none where names are shown, and a spec of more than anybody looks at is refused", () => {
    expect(matchesOf({ ...spec, names: "always" })).toEqual([]);
    expect(v.is(arenaSpec, spec)).toBe(true);
    expect(v.parse(arenaSpec, { ...spec, names: undefined }).names).toBe("afterVote");
    expect(v.is(arenaSpec, { ...spec, rounds: 1e9 })).toBe(false);
    expect(v.is(arenaSpec, { ...spec, rounds: 400 })).toBe(false);
    expect(v.is(arenaSpec, { ...spec, rounds: 400, names: "always" })).toBe(true);
    expect(v.is(arenaSpec, { ...spec, rounds: 1.5 })).toBe(false);
  });
});

describe("the three stages of the specimen", () => {
  let whole: ArenaEvent[];
  let report: ArenaReport;
  beforeAll(async () => {
    whole = await collect(arena.run(spec, engines, never));
    report = reportOf(spec, whole);
  }, slow);

  it("answer each prompt once, with as many log-probabilities as tokens", () => {
    expect(report.answers.size).toBe(9);
    for (const { text, tokens, logProbs } of report.answers.values()) {
      expect(logProbs.length).toBe(tokens.length);
      expect(tokens.join("").trim()).toContain(text.trim());
      expect(logProbs.every((each) => each !== null && each <= 0)).toBe(true);
    }
    for (const match of report.matches) expect(pairOf(report, match).answers).toBeDefined();
    expect(whole.at(-1)).toEqual({ type: "ended", reason: "done" });
  });

  it("are heard while they are written, and say the same side by side", async () => {
    const heard = new Map<string, string>();
    const run = runArena({ ...spec, names: "always" }, engines, never, [], {
      token: ({ prompt, contestant }, text) => {
        const key = `${prompt} ${contestant}`;
        heard.set(key, (heard.get(key) ?? "") + text);
      },
    });
    const beside = reportOf({ ...spec, names: "always" }, await collect(run));
    expect(beside.answers.size).toBe(9);
    for (const answer of beside.answers.values()) {
      expect(heard.get(`${answer.prompt} ${answer.contestant}`)).toBe(answer.tokens.join(""));
    }
    expect([...beside.answers.values()].map(({ text }) => text).sort()).toEqual(
      [...report.answers.values()].map(({ text }) => text).sort(),
    );
    expect(drained(arenaExports.csv(beside)).join("").split("\r\n").length).toBe(11);
    expect(drained(arenaExports.markdown(beside, { name: "stages", created: "now", by: "test" })).files).toEqual([]);
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
    const voted = reportOf(spec, all);
    const wanted = report.matches.filter((match) => pairOf(report, match).state !== "same").length;
    expect(
      drained(arenaExports.csv(voted))
        .join("")
        .match(/bothBad/g)!.length,
    ).toBe(9);
    const ranked = ranking(voted);
    expect(ranked).toMatchObject({ votes: 9, prompts: 3, tells: false });
    expect(wanted).toBeGreaterThan(5);
    for (const each of ranked.contestants) expect(each).toMatchObject({ wins: 0, ties: 0, bothBad: 6 });
    const json = JSON.parse(drained(arenaExports.json(voted, { created: "now", by: "test" })).join(""));
    expect([json.votes.length, json.answers.length]).toEqual([9, 9]);
    expect(json).toMatchObject({ pairs: 9, voted: 9, finding: expect.stringContaining("Not enough votes to tell:") });
    const { markdown, files } = drained(arenaExports.markdown(voted, { name: "stages", created: "now", by: "test" }));
    expect(markdown).toContain("“Chat” and “I don’t know”: both bad");
    expect(files[0]!.text).toMatch(/^<svg .*Preferred to an average one/);
  });
});

describe("who wrote what", () => {
  const answered = (of: ArenaSpec, said: (contestant: string, prompt: string) => string): ArenaReport =>
    answersOf({ ...of, names: "always" }, []).reduce(
      (report, id) =>
        arena.add(report, {
          ...{ type: "answer", ...id, seed: 1, reason: "endToken", tokens: [], logProbs: [] },
          text: said(id.contestant, id.prompt),
        }),
      arena.start(of),
    );
  const vote = (report: ArenaReport, { id }: Match, choice: Choice | null = "left") =>
    arena.add(report, { type: "vote", match: id, choice });
  const onPrompt = (report: ArenaReport, prompt: string) =>
    report.matches.filter((match) => match.prompt.id === prompt);

  it("is said only once no match that wants a vote shows one of the two answers", () => {
    const report = answered(spec, (contestant) => contestant);
    const [one, two, three] = onPrompt(report, "1") as [Match, Match, Match];
    expect(report.matches.some((match) => namesShown(report, match))).toBe(false);
    const after = vote(vote(report, one), two);
    expect([one, two].some((match) => namesShown(after, match))).toBe(false);
    expect(isNamed(after, answerOn(one, "left"))).toBe(false);
    expect(ranking(after).votes).toBe(0);
    expect(isExportable(after)).toBe(false);
    const all = vote(after, three);
    expect([one, two, three].every((match) => namesShown(all, match))).toBe(true);
    expect(isNamed(all, answerOn(one, "left"))).toBe(true);
    expect(ranking(all).votes).toBe(3);
  });

  it("is remembered where a vote is taken back: what is voted again is not blind", () => {
    const report = answered(spec, (contestant) => contestant);
    const three = onPrompt(report, "2");
    const all = three.reduce((before, match) => vote(before, match), report);
    expect(lastVoted(all)!.id).toBe(three[2]!.id);
    const back = vote(all, three[2]!, null);
    expect(three.some((match) => namesShown(back, match))).toBe(false);
    const again = vote(vote(vote(back, three[1]!, null), three[1]!), three[2]!);
    expect(ranking(again).again).toBe(3);
    expect(
      drained(arenaExports.csv(again))
        .join("")
        .match(/,false,/g)!.length,
    ).toBe(3);
    const blind = vote(vote(report, three[0]!), three[0]!, null);
    expect(blind.seen.size).toBe(0);
  });

  it("is not said before the end where a person wants it so, and no vote comes after", () => {
    const report = answered({ ...spec, names: "atEnd" }, (contestant) => contestant);
    const all = report.matches.reduce((before, match) => vote(before, match, "tie"), report);
    expect(all.matches.some((match) => namesShown(all, match))).toBe(false);
    expect(nextMatch(all)).toBeUndefined();
    const revealed = arena.add(vote(all, all.matches[0]!, null), { type: "revealed" });
    expect(revealed.matches.every((match) => namesShown(revealed, match))).toBe(true);
    expect(nextMatch(revealed)).toBeUndefined();
    expect(ranking(revealed)).toMatchObject({ votes: 8, again: 0 });
  });

  it("does not wait for pairs that nobody can vote on: same answers, and those that could not be had", () => {
    const report = answered(spec, (contestant) => (contestant === "base" ? "one" : "other"));
    const [same] = onPrompt(report, "1").filter(({ left, right }) => left.id !== "base" && right.id !== "base");
    expect(pairOf(report, same!).state).toBe("same");
    const others = onPrompt(report, "1").filter((match) => match !== same);
    const all = others.reduce((before, match) => vote(before, match), report);
    expect(others.every((match) => namesShown(all, match))).toBe(true);
    const failed = arena.add(arena.start(spec), {
      ...{ type: "failed", prompt: "1", contestant: "base", round: 0, message: "too long" },
    });
    const broken = onPrompt(failed, "1").filter(({ left, right }) => left.id === "base" || right.id === "base");
    expect(broken.map((match) => pairOf(failed, match).state)).toEqual(["failed", "failed"]);
  });

  it("is known in all rounds of a greedy contestant at once", () => {
    const greedy = { ...spec.contestants[0]!.sampler, temperature: 0 };
    const duel = (sampler: typeof greedy): ArenaReport => {
      const contestants = spec.contestants.slice(0, 2).map((each) => ({ ...each, sampler }));
      const report = answered({ ...spec, contestants, rounds: 2 }, (contestant) => contestant);
      return vote(report, onPrompt(report, "1")[0]!);
    };
    const shown = (report: ArenaReport) => onPrompt(report, "1").map((match) => namesShown(report, match));
    expect(shown(duel(greedy))).toEqual([false, false]);
    expect(shown(duel({ ...greedy, temperature: 1 }))).toEqual([true, false]);
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
    expect(findingWords(ranking(voted([])))).toMatchObject({ key: "No votes yet:" });
    expect(findingWords(ranking(voted(votes(2, 0)))).rest).toBe(
      "“Base” won 2 and “Chat” 0 of 2 votes. That covers 2 prompts; at least 6 are needed to tell anything.",
    );
    expect(findingWords(close)).toMatchObject({
      key: "Not enough votes to tell:",
      rest: expect.stringMatching(/would take about [678]\d\d more votes\.$/),
    });
  });

  it("is not surer of few prompts than an exact sign test", () => {
    // 6 of 7: p = 0.125. 9 of 11: 0.065. 8 of 8: 0.008.
    for (const [wins, losses] of [
      [6, 1],
      [9, 2],
    ] as const)
      expect(ranking(voted(votes(wins, losses))).tells).toBe(false);
    expect(ranking(voted(votes(8, 0))).tells).toBe(true);
  });

  it("tells clear votes, also where somebody won them all", () => {
    expect(ranking(voted(votes(30, 5, 5)))).toMatchObject({ tells: true, needed: undefined });
    const all = ranking(voted(votes(12, 0)));
    expect(all).toMatchObject({ tells: true });
    expect(all.contestants[0]).toMatchObject({ id: "base", wins: 12, losses: 0 });
    expect(ranking(voted(votes(0, 12))).contestants[0]).toMatchObject({ id: "chat", wins: 12 });
    expect(findingWords(all)).toEqual({
      key: "“Base” is preferred",
      rest: "to “Chat” in 100 % [78, 100] of 12 votes, ties as half.", // 0.05^(1/12) = 0.779
    });
  });

  it("counts prompts, not votes: many on the same few tell nothing of others", () => {
    const duel = { ...stagesOfSpecimen(["One", "Two"], 1), rounds: 20 };
    const empty = arena.start({ ...duel, contestants: duel.contestants.slice(0, 2) });
    const report = empty.matches.reduce(
      (before, { id, left }) =>
        arena.add(before, { type: "vote", match: id, choice: left.id === "base" ? "left" : "right" }),
      empty,
    );
    expect(ranking(report)).toMatchObject({ votes: 40, prompts: 2, tells: false });
    expect(ranking(report).firstOverSecond.low).toBeCloseTo(0.05 ** (1 / 2), 12);
  });

  it("gives the share of wins, with its interval", () => {
    const { contestants, firstOverSecond } = ranking(voted(votes(30, 10)));
    expect(firstOverSecond.rate).toBeCloseTo(30 / 40, 6);
    expect(contestants.map(({ preferred }) => preferred.rate)).toEqual([
      expect.closeTo(0.75, 6),
      expect.closeTo(0.25, 6),
    ]);
    expect(contestants[0]!.preferred.low).toBeCloseTo(1 - contestants[1]!.preferred.high, 6);
  });
});
