import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { probeSpec } from "../../../../src/experiments/hallucination/defaults";
import { hallucination } from "../../../../src/experiments/hallucination/hallucination";
import { readCell } from "../../../../src/experiments/hallucination/reading";
import { judgeOf } from "../../../../src/experiments/hallucination/report";
import { runHallucination } from "../../../../src/experiments/hallucination/run";
import type { HallucinationEvent } from "../../../../src/experiments/hallucination/spec";
import { judgeQuality, knownPairs } from "../../../../src/experiments/judging/judgeCheck";
import { entailmentQuestion, oneLine } from "../../../../src/experiments/judging/prompts";
import { normalAnswer } from "../../../../src/experiments/judging/words";
import type { Engine, SampleRequest } from "../../../../src/inference/engine";
import type { LlamaEngine } from "../../../../src/inference/llama/runtime/llamaEngine";
import { loadSpecimen } from "../../inference/runtime/engines";

let engine: LlamaEngine;
beforeAll(async () => {
  engine = await loadSpecimen("chat");
});
afterAll(() => engine?.close());

/** A mock: no model that judges well is small enough to be here. It knows the known pairs; else the last word decides. */
function scriptedJudge(asked: string[], knows = true): Engine {
  const replyTo = (prompt: string): string => {
    const known = knownPairs.find(
      ({ question, first, second }) =>
        prompt === entailmentQuestion(question, first, second) ||
        prompt === entailmentQuestion(question, second, first),
    );
    if (known) return known.same === knows ? "Entailment." : "contradiction";
    asked.push(prompt);
    const [first, second] = [...prompt.matchAll(/^Possible Answer \d: .*?(\w+)\W*$/gm)].map(([, word]) => word);
    return first === second ? "entailment" : "Contradiction";
  };
  async function* sample({ prompt }: SampleRequest) {
    const content = prompt.kind === "chat" ? String(prompt.messages[0]!.content) : "";
    yield { kind: "end", sample: 0, reason: "endToken", text: replyTo(content), tokens: 1 } as const;
  }
  return {
    ...engine,
    model: { ...engine.model, id: "judge" },
    capabilities: engine.capabilities,
    sample,
  } as unknown as Engine;
}

const never = new AbortController().signal;
const spec = probeSpec({
  probed: "specimen-chat",
  judge: "judge",
  items: [
    { id: "1", text: "Who is Orson Kovacs?", group: "asked", reference: "Orson Kovacs was a writer" },
    { id: "2", text: "Who is Belda Kovasin?", group: "invented" },
  ],
  samples: 8,
  seed: 2,
});

async function collect(judge: Engine, done: readonly HallucinationEvent[] = []): Promise<HallucinationEvent[]> {
  const events: HallucinationEvent[] = [];
  const engines = async (id: string): Promise<Engine> => (id === "judge" ? judge : engine);
  for await (const event of runHallucination(spec, engines, never, done)) events.push(event);
  return events;
}

const reportOf = (events: readonly HallucinationEvent[]) => events.reduce(hallucination.add, hallucination.start(spec));

describe("a judge that tells the known pairs apart", () => {
  let events: HallucinationEvent[];
  let asked: string[];
  beforeAll(async () => {
    asked = [];
    events = await collect(scriptedJudge(asked));
  });

  it("is asked both ways for as many pairs as the clusters need, and every judgement is kept", () => {
    const report = reportOf(events);
    expect(judgeOf(report)).toMatchObject({ balanced: 1, unclear: 0, usable: true });
    for (const cell of report.cells.values()) {
      const { ids, missing, clusters, answers, pairs } = readCell(cell);
      expect(missing).toBeUndefined();
      expect(pairs.byJudge).toBe(cell.judged.size);
      expect(clusters.reduce((sum, each) => sum + each.answers.length, 0)).toBe(8);
      const last = answers.map(({ event }) => /(\w+)\W*$/.exec(oneLine(event.text))?.[1]);
      for (const [index, id] of ids.entries()) expect(last[index]).toBe(last[ids.indexOf(id)]);
      const different = new Set(answers.map(({ event }) => normalAnswer(event.text))).size;
      expect(cell.judged.size).toBeLessThanOrEqual((different * (different - 1)) / 2);
    }
    const kept = events.filter(({ type }) => type === "judged").length;
    expect(kept).toBeGreaterThan(0);
    const held = new Set(events.flatMap((event) => (event.type === "held" ? [event.sample] : [])));
    expect(held.size).toBeGreaterThan(0);
    expect(asked.length).toBeGreaterThanOrEqual(2 * kept);
  });

  it("is asked about the reference only for what was asked, not for controls", () => {
    for (const event of events) if (event.type === "held") expect(event.item).toBe("1");
    const [first] = [...reportOf(events).cells.values()].map(readCell);
    for (const { event, right, refused } of first!.answers) {
      expect(right).toBe(!refused && /writer\W*$/.test(event.text));
    }
  });

  it("is not asked again when a run goes on", async () => {
    const again: string[] = [];
    const after = await collect(scriptedJudge(again), events);
    expect(again).toEqual([]);
    expect(after.map(({ type }) => type)).toEqual(["ended"]);
  });
});

describe("a judge beside words that were given", () => {
  it("is asked where an answer does not hold them, and its word counts", async () => {
    const known = {
      id: "1",
      text: "Who is Marie Curie?",
      group: "asked",
      reference: "Marie Curie was a chemist",
    } as const;
    const items = [{ ...known, accept: ["nothing that it says"] }];
    const judge = scriptedJudge([]);
    const engines = async (id: string): Promise<Engine> => (id === "judge" ? judge : engine);
    let report = hallucination.start({ ...spec, items });
    for await (const event of runHallucination({ ...spec, items }, engines, never))
      report = hallucination.add(report, event);
    const { answers } = readCell([...report.cells.values()][0]!);
    expect(answers.some(({ right }) => right === true)).toBe(true);
    for (const { event, right, refused } of answers) expect(right).toBe(!refused && /chemist\W*$/.test(event.text));
  });
});

describe("a judge that cannot judge", () => {
  it("is not believed, and asked no more", async () => {
    const asked: string[] = [];
    const report = reportOf(await collect(scriptedJudge(asked, false)));
    expect(judgeOf(report)).toMatchObject({ balanced: 0, usable: false });
    expect(asked).toEqual([]);
    for (const cell of report.cells.values()) expect(cell.judged.size).toBe(0);
  });

  it("who always says the same is a coin", () => {
    const always = new Map(
      knownPairs.map((_, pair) => [pair, { forward: "entailment", backward: "entailment" }] as const),
    );
    expect(judgeQuality(always)).toMatchObject({ balanced: 0.5, usable: false });
    expect(judgeQuality(new Map([...always].slice(1)))).toBeUndefined();
  });
});
