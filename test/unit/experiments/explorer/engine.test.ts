import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ExplorerEvent } from "../../../../src/experiments/explorer/events";
import { complete, explorer } from "../../../../src/experiments/explorer/explorer";
import { beamFrom, continueFrom, takeToken, writeText } from "../../../../src/experiments/explorer/growing";
import { addEvent, type ExplorerReport, recentOf, startReport } from "../../../../src/experiments/explorer/report";
import { drawnFrom } from "../../../../src/experiments/explorer/stages";
import {
  beamOf,
  childrenOf,
  idsOf,
  leavesOf,
  pathTo,
  sumLogProb,
  textOf,
} from "../../../../src/experiments/explorer/tree";
import { eventLine, headerLine, readRun } from "../../../../src/experiments/runFile";
import { plainSampler, type Sampler } from "../../../../src/inference/engine";
import type { LlamaEngine } from "../../../../src/inference/llama/runtime/llamaEngine";
import { loadSpecimen, specOf } from "./specimen";

const signal = new AbortController().signal;
const story = "Once upon a time there was a";
let base: LlamaEngine;
let chat: LlamaEngine;

beforeAll(async () => {
  base = await loadSpecimen("base");
  chat = await loadSpecimen("chat");
}, 60_000);
afterAll(async () => {
  await base.close();
  await chat.close();
});

const engines = async (id: string) => (id === chat.model.id ? chat : base);

/** The report with all that is missing asked for. */
async function completed(report: ExplorerReport): Promise<ExplorerReport> {
  let whole = report;
  for await (const event of complete(report, engines, signal)) whole = addEvent(whole, event);
  return whole;
}

async function opened(text = story): Promise<ExplorerReport> {
  return completed(startReport(specOf(base, text)));
}

describe("asking the specimen", () => {
  it("gets the prompt's tokens, the whole distribution, and the scores", async () => {
    const { now, outlooks } = await opened();
    const outlook = outlooks.get(now.tree.hand)!;
    expect(now.tokens!.map(({ text }) => text).join("")).toContain(story);
    expect(now.scores).toHaveLength(now.tokens!.length);
    expect(outlook.entries).toHaveLength(base.model.vocabularySize!);
    expect(outlook).toMatchObject({ tail: 0, tailTokens: 0, entropy: { exact: true } });
    expect(outlook.entries.reduce((sum, { logProb }) => sum + Math.exp(logProb), 0)).toBeCloseTo(1, 4);
  });

  const samplers: Partial<Sampler>[] = [
    {},
    { temperature: 0.7 },
    { temperature: 0.7, topP: 0.9 },
    { temperature: 1.5, topK: 20 },
    { temperature: 1.3, topK: 40, topP: 0.95, minP: 0.05 },
    { temperature: 1.8, minP: 0.02 },
    { temperature: 1, repetitionPenalty: 1.3 },
    { temperature: 0.8, topK: 50, topP: 0.9, repetitionPenalty: 1.5 },
  ];
  it.each(samplers)("its stages end in what the runtime's sampler draws with: %o", async (changes) => {
    const sampler = { ...plainSampler, ...changes };
    const report = await opened("A cat and a dog. A cat and a dog. A cat and a");
    const outlook = report.outlooks.get(0)!;
    const last = drawnFrom(outlook, sampler, recentOf(report.now));
    const seeds = Array.from({ length: 12 }, (_, index) => index + 1);
    const prompt = { kind: "tokens", ids: report.now.tokens!.map(({ id }) => id) } as const;
    let drawn = 0;
    for await (const event of base.sample({ prompt, seeds, sampler, maxTokens: 1, topK: 0 }, signal)) {
      if (event.kind !== "token") continue;
      drawn++;
      const index = outlook.entries.findIndex(({ id }) => id === event.token.id);
      expect(last.probabilities[index]).toBeCloseTo(event.token.sampledWith!, 4);
    }
    expect(drawn).toBe(12);
  });

  it("asks nothing twice", async () => {
    const events: ExplorerEvent[] = [];
    for await (const event of complete(await opened(), engines, signal)) events.push(event);
    expect(events).toEqual([]);
  });

  it("stops when it is aborted", async () => {
    const controller = new AbortController();
    const run = explorer.run(specOf(base, story), engines, controller.signal)[Symbol.asyncIterator]();
    await run.next();
    controller.abort();
    await expect(run.next()).rejects.toThrow();
  });

  it("compares base against assistant on the same text, through the chat's own template", async () => {
    const prompt = {
      as: "chat",
      messages: [{ role: "user", content: story }],
      answerStart: "",
      parseSpecial: false,
    } as const;
    const rival = {
      model: { id: chat.model.id, name: chat.model.name },
      prompt: { ...prompt, messages: [...prompt.messages] },
      sampler: plainSampler,
    };
    const { rival: told, now } = await completed(addEvent(await opened(), { type: "rival", rival }));
    expect(told).toMatchObject({ sameVocabulary: true, model: { id: chat.model.id } });
    expect(told!.tokens!.some(({ special }) => special)).toBe(true);
    expect(
      told!
        .tokens!.filter(({ message }) => message === 0)
        .map(({ text }) => text)
        .join(""),
    ).toContain("Once upon");
    expect(told!.outlooks.has(now.tree.hand)).toBe(true);
  });
});

describe("growing a tree on the specimen", () => {
  const grow = async (
    events: AsyncIterable<ExplorerEvent>,
    given: () => ExplorerReport,
    set: (report: ExplorerReport) => void,
  ) => {
    for await (const event of events) set(addEvent(given(), event));
  };

  it("takes a token, and what comes next is asked after it", async () => {
    const report = await opened();
    const { id, logProb } = report.outlooks.get(0)!.entries[2]!;
    const taken = await completed(addEvent(report, takeToken(report, id, true)!));
    const path = pathTo(taken.now.tree, taken.now.tree.hand);
    expect(idsOf(path)).toEqual([id]);
    expect(sumLogProb(path)).toBe(logProb);
    const ids = [...report.now.tokens!.map((token) => token.id), id];
    const { top } = await base.next({ kind: "tokens", ids }, { topK: 1 }, signal);
    expect(taken.outlooks.get(taken.now.tree.hand)!.entries[0]!.id).toBe(top[0]!.id);
    expect(takeToken(report, 999_999, true)).toBeUndefined();
  });

  it("branches without moving", async () => {
    const report = await opened();
    const branched = addEvent(report, takeToken(report, report.outlooks.get(0)!.entries[1]!.id, false)!);
    expect(branched.now.tree.hand).toBe(0);
    expect(childrenOf(branched.now.tree, 0)).toHaveLength(1);
  });

  it.each(["greedy", "draw"] as const)(
    "continues by %s: the same seed gives the same text, undone in one step",
    async (how) => {
      const texts: string[][] = [];
      for (let run = 0; run < 2; run++) {
        let report = await opened();
        const options = { how, tokens: 8, count: 3, sampler: plainSampler, seed: 5 };
        await grow(
          continueFrom(() => report, options, base, signal),
          () => report,
          (next) => (report = next),
        );
        texts.push(leavesOf(report.now.tree).map(({ nodes }) => textOf(nodes)));
        expect(report.now.tree.hand).not.toBe(0);
        expect(addEvent(report, { type: "undo" }).now.tree.nodes).toHaveLength(1);
      }
      expect(texts[0]).toEqual(texts[1]);
      expect(texts[0]!.length).toBeLessThanOrEqual(how === "greedy" ? 1 : 3);
    },
  );

  it("gives continuations their raw log-probabilities", async () => {
    let report = await opened();
    const options = {
      how: "draw",
      tokens: 6,
      count: 1,
      sampler: { ...plainSampler, temperature: 0.5 },
      seed: 1,
    } as const;
    await grow(
      continueFrom(() => report, options, base, signal),
      () => report,
      (next) => (report = next),
    );
    const path = pathTo(report.now.tree, report.now.tree.hand);
    const prompt = report.now.tokens!.map(({ id }) => id);
    const scored = await base.score(
      { kind: "tokens", ids: [...prompt, ...idsOf(path)] },
      { topK: 0, from: prompt.length },
    );
    for (const [index, { token }] of path.entries())
      expect(token!.logProb).toBeCloseTo(scored.tokens[index]!.logProb!, 3);
  });

  it("finds by beam search a path at least as likely as the greedy one", async () => {
    let greedy = await opened();
    const options = { how: "greedy", tokens: 5, count: 1, sampler: plainSampler, seed: 1 } as const;
    await grow(
      continueFrom(() => greedy, options, base, signal),
      () => greedy,
      (next) => (greedy = next),
    );
    let beam = await opened();
    await grow(
      beamFrom(beam, { width: 4, tokens: 5 }, base, signal),
      () => beam,
      (next) => (beam = next),
    );
    const best = beamOf(beam.now.tree, 1, { lengthNormalised: false })[0]!;
    expect(leavesOf(beam.now.tree).length).toBe(4);
    expect(best.logProb!).toBeGreaterThanOrEqual(sumLogProb(pathTo(greedy.now.tree, greedy.now.tree.hand))! - 1e-6);
  });

  it("tokenizes what is written by hand and says how likely it was", async () => {
    const report = await opened();
    const written = addEvent(report, await writeText(report, " little girl", base, signal));
    const path = pathTo(written.now.tree, written.now.tree.hand);
    expect(textOf(path)).toBe(" little girl");
    expect(path.every(({ origin, token }) => origin === "written" && token!.logProb! < 0)).toBe(true);
    const first = report.outlooks.get(0)!.entries.find(({ id }) => id === path[0]!.token!.id)!;
    expect(path[0]!.token!.logProb).toBeCloseTo(first.logProb, 3);
  });
});

describe("a saved exploration", () => {
  it("gives the same report when it is read again, with no model", async () => {
    const spec = specOf(base, story);
    const events: ExplorerEvent[] = [];
    let report = startReport(spec);
    const apply = (event: ExplorerEvent) => {
      events.push(event);
      report = addEvent(report, event);
    };
    for await (const event of explorer.run(spec, engines, signal)) apply(event);
    apply(takeToken(report, report.outlooks.get(0)!.entries[0]!.id, true)!);
    for await (const event of complete(report, engines, signal)) apply(event);
    apply({ type: "tosses", node: 0, tosses: 10 });
    const text =
      headerLine(explorer, { created: "2026-11-21T12:00:00Z", by: "test", spec }) + events.map(eventLine).join("");
    const reading = readRun(text, explorer);
    let step = reading.next();
    while (!step.done) step = reading.next();
    expect(step.value.events.reduce(addEvent, startReport(step.value.spec))).toEqual(report);
  });
});
