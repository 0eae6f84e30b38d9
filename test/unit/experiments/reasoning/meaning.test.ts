import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { knownPairs } from "../../../../src/experiments/judging/judgeCheck";
import { entailmentQuestion } from "../../../../src/experiments/judging/prompts";
import { defaultArms } from "../../../../src/experiments/reasoning/arms";
import { doneOf } from "../../../../src/experiments/reasoning/done";
import { markdownReport } from "../../../../src/experiments/reasoning/exports/report";
import { reasoning } from "../../../../src/experiments/reasoning/reasoning";
import {
  judgementOn,
  judgeOf,
  type ReasoningReport,
  verdictOf,
  voteOf,
} from "../../../../src/experiments/reasoning/report";
import { runReasoning } from "../../../../src/experiments/reasoning/run";
import type { ReasoningEvent, ReasoningSpec } from "../../../../src/experiments/reasoning/spec";
import { summarise } from "../../../../src/experiments/reasoning/summary";
import { type Engine, greedySampler, type SampleRequest } from "../../../../src/inference/engine";
import type { LlamaEngine } from "../../../../src/inference/llama/runtime/llamaEngine";
import { loadLlamaEngine } from "../../../../src/inference/llama/runtime/loadLlamaEngine";
import { defaultSettings } from "../../../../src/inference/llama/runtime/loadOptions";

let engine: LlamaEngine;
beforeAll(async () => {
  const path = "media/models/specimen-chat.gguf";
  const about = { id: "specimen-chat", name: "Specimen", kind: "builtIn", gpu: "cpu" } as const;
  engine = await loadLlamaEngine({ ...defaultSettings, ...about, path });
});
afterAll(() => engine?.close());

const never = new AbortController().signal;
const spec: ReasoningSpec = {
  models: ["specimen-chat"],
  questions: [
    { id: "sum", text: "Start with 5. Add 5. Subtract 3. What is the result?", answer: "the number seven" },
    { id: "other", text: "Start with 8. Double it. What is the result?", answer: "an elephant" },
    { id: "ungraded", text: "Start with 8. Add 1. What is the result?" },
  ],
  arms: defaultArms.filter(({ id }) => ["direct", "steps"].includes(id)),
  samples: 2,
  sampler: greedySampler,
  seed: 1,
  grader: { kind: "meaning", judge: "judge" },
  chat: true,
};

/** A mock: no model that judges well is small enough to be here. It knows the known pairs, and that 7 is the number seven. */
function scriptedJudge(asked: string[], knows = true): Engine {
  const replyTo = (prompt: string): string => {
    const known = knownPairs.find(({ question, first, second }) =>
      [entailmentQuestion(question, first, second), entailmentQuestion(question, second, first)].includes(prompt),
    );
    if (known) return known.same === knows ? "Entailment." : "contradiction";
    asked.push(prompt);
    return /Answer \d: 7\b/.test(prompt) && prompt.includes("seven") ? "entailment" : "contradiction";
  };
  async function* sample({ prompt }: SampleRequest) {
    const content = prompt.kind === "chat" ? String(prompt.messages[0]!.content) : "";
    yield { kind: "end", sample: 0, reason: "endToken", text: replyTo(content), tokens: 1 } as const;
  }
  const model = { ...engine.model, id: "judge" };
  return { ...engine, model, capabilities: engine.capabilities, sample } as unknown as Engine;
}

async function collect(judge: Engine, done: readonly ReasoningEvent[] = []): Promise<ReasoningEvent[]> {
  const engines = async (id: string): Promise<Engine> => (id === "judge" ? judge : engine);
  const events: ReasoningEvent[] = [];
  for await (const event of runReasoning(spec, engines, never, doneOf(done))) events.push(event);
  return events;
}

function reportOf(events: readonly ReasoningEvent[]): ReasoningReport {
  return events.reduce(reasoning.add, reasoning.start(spec));
}

describe("the grader of meaning", () => {
  let asked: string[];
  let events: ReasoningEvent[];
  beforeAll(async () => {
    asked = [];
    events = await collect(scriptedJudge(asked));
  });

  it("tries the judge on the known pairs first, and asks it both ways about answers in other words", () => {
    expect(events.slice(0, knownPairs.length + 1).map(({ type }) => type)).toEqual([
      "model",
      ...knownPairs.map(() => "checked"),
    ]);
    expect(judgeOf(reportOf(events))).toMatchObject({ balanced: 1, usable: true });
    const judged = events.filter(({ type }) => type === "judged").length;
    expect(judged).toBe(8); // two graded questions, two arms, two samples
    expect(asked).toHaveLength(2 * judged);
    for (const event of events) expect(v.parse(reasoning.event, event)).toEqual(event);
  });

  it("takes the judge's word, and counts answers in other words as one vote", () => {
    const report = reportOf(events);
    for (const answer of report.answers) {
      if (answer.question === "ungraded") expect(verdictOf(report, answer)).toBeUndefined();
      else if (answer.question === "other") expect(verdictOf(report, answer)).toBe("wrong");
      else
        expect(verdictOf(report, answer)).toBe(
          judgementOn(report, answer)?.forward === "entailment" ? "right" : "wrong",
        );
    }
    const seven = [...report.answers].find(({ arm, question }) => arm === "steps" && question === "sum")!;
    expect(seven.text).toMatch(/7$/);
    expect(verdictOf(report, seven)).toBe("right");
    const figures = summarise(report).arms.find(({ arm }) => arm === "steps");
    expect(figures!.votes.at(-1)!.accuracy.successes).toBe(1);
  });

  it("counts wrong answers together against the reference, whatever their words", () => {
    const report = reportOf(events);
    const of = (question: string) => [...report.answers].filter((answer) => answer.question === question);
    expect(new Set(of("other").map((answer) => voteOf(report, answer)))).toEqual(new Set(["other"]));
    for (const answer of of("sum")) {
      expect(voteOf(report, answer)).toBe(verdictOf(report, answer) === "right" ? "reference" : "other");
    }
  });

  it("says in a report who judged and how it did before", () => {
    const { markdown } = markdownReport(reportOf(events), {
      name: "meaning",
      created: "2026-11-21T20:00:00Z",
      by: "test",
    });
    expect(markdown).toMatch(/\| judge tried before \| told 16 of 16 pairs of known meaning apart \|/);
    expect(markdown).toMatch(/\| judge \| .*\(judge\)/);
  });

  it("lets a person's verdict stand before the judge's", () => {
    const { model, question, arm, sample } = [...reportOf(events).answers][0]!;
    const report = reportOf([...events, { type: "corrected", model, question, arm, sample, verdict: "wrong" }]);
    expect(verdictOf(report, [...report.answers][0]!)).toBe("wrong");
  });

  it("goes on with what was not judged yet, and comes to the same record", async () => {
    for (const cut of [5, knownPairs.length + 3, knownPairs.length + 5, events.length - 2]) {
      const before = events.slice(0, cut);
      expect([...before, ...(await collect(scriptedJudge([]), before))]).toEqual(events);
    }
  });

  it("asks a judge that fails no more: words alone decide", async () => {
    const none: string[] = [];
    const said = await collect(scriptedJudge(none, false));
    expect(judgeOf(reportOf(said))).toMatchObject({ usable: false });
    expect(said.some(({ type }) => type === "judged")).toBe(false);
    expect(none).toEqual([]);
    expect(summarise(reportOf(said)).arms.every(({ accuracy }) => accuracy.successes === 0)).toBe(true);
  });
});
