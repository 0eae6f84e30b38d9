import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventLine, headerLine, readRun } from "../../../../src/experiments/runFile";
import { checkAnswer } from "../../../../src/experiments/suites/check";
import { readSuite } from "../../../../src/experiments/suites/readSuite";
import { readySuiteIds, readySuites } from "../../../../src/experiments/suites/ready";
import { changesSince, gridOf, type SuitesReport } from "../../../../src/experiments/suites/report";
import { runSuites } from "../../../../src/experiments/suites/run";
import type { SuitesEvent, SuitesSpec } from "../../../../src/experiments/suites/spec";
import { type Check, suite } from "../../../../src/experiments/suites/suite";
import { suites } from "../../../../src/experiments/suites/suites";
import { greedySampler } from "../../../../src/inference/engine";
import type { LlamaEngine } from "../../../../src/inference/llama/runtime/llamaEngine";
import { loadSpecimen } from "../../inference/runtime/engines";

let engine: LlamaEngine;
beforeAll(async () => {
  engine = await loadSpecimen("chat");
});
afterAll(() => engine?.close());
const engines = async () => engine;
const never = new AbortController().signal;

async function collect(run: AsyncIterable<SuitesEvent>): Promise<SuitesEvent[]> {
  const events: SuitesEvent[] = [];
  for await (const event of run) events.push(event);
  return events;
}
const reportOf = (spec: SuitesSpec, events: readonly SuitesEvent[]): SuitesReport =>
  events.reduce(suites.add, suites.start(spec));

describe("checks", () => {
  const cases: readonly (readonly [Check, string, string, boolean])[] = [
    ["number", "7 + 5 = 12.", "12", true],
    ["number", "Answer: 0123", "123", true],
    ["text", " RED", "red", true],
    ["text", "RED BLUE", "red", false],
    ["says", "The capital of France is Paris.", "Paris", true],
    ["says", "Parisian", "Paris", false],
    ["letters", "Answer: r-w-r-y.", "rwry", true],
    ["letters", "r w r", "rwry", false],
    ["exact", " RED\nblue", "RED", true],
    ["exact", "red", "RED", false],
    ["exact", "a", "a", true],
    ["recites", "a new nation, conceived in liberty and more", "A new nation conceived in Liberty", true],
    ["recites", "a new nation, conceived in libertyville", "a new nation conceived in Liberty", false],
  ];
  it.each(cases)("%s of %j against %j", (check, text, reference, right) => {
    expect(checkAnswer(text, { check, reference })?.verdict === "right").toBe(right);
  });

  it("grade nothing without a reference, and tell refusals and silence from wrong answers", () => {
    expect(checkAnswer("x", { check: "says" })).toBeUndefined();
    expect(checkAnswer("I don't know.", { check: "says", reference: "Ada" })?.verdict).toBe("refused");
    expect(checkAnswer("  ", { check: "letters", reference: "a" })?.verdict).toBe("unparsed");
  });
});

describe("the ready suites", () => {
  const all = readySuites(1);

  it("are all there, valid, with ids of their own, the same for the same seed", () => {
    expect(all.map(({ id }) => id)).toEqual([...readySuiteIds]);
    for (const each of all) {
      expect(v.is(suite, each)).toBe(true);
      expect(new Set(each.items.map(({ id }) => id)).size, each.id).toBe(each.items.length);
    }
    expect(readySuites(1)).toEqual(all);
    expect(readySuites(2)).not.toEqual(all);
  });

  it("have references that are right: a perfect answer passes every check", () => {
    for (const { id, items } of all) {
      for (const item of items) {
        if (item.reference === undefined) continue;
        expect(checkAnswer(item.reference, item)?.verdict, `${id}: ${item.text}`).toBe("right");
        expect(checkAnswer("surely something else 987654", item)?.verdict, `${id}: ${item.text}`).not.toBe("right");
      }
    }
    const third = all.find(({ id }) => id === "everyThird")!.items[0]!;
    const word = /word (\w+),/.exec(third.text)![1]!;
    expect(third.reference).toBe([word[2], word[5], word[8], word[11]].join(""));
    const [forward, reversed] = all.find(({ id }) => id === "sums")!.items;
    expect([...forward!.reference!].reverse().join("")).toBe(reversed!.reference);
  });
});

describe("own suites", () => {
  it("are lines with at least a text", () => {
    const own = readSuite(
      '{"text":"Who?","reference":"Ann"}\n\n{"text":"a ->","kind":"document","check":"text","id":"x"}\n',
      "own.jsonl",
    );
    expect(own.items).toMatchObject([
      { id: "1", kind: "chat", check: "says", reference: "Ann" },
      { id: "x", kind: "document", check: "text" },
    ]);
  });

  it.each([
    ["", 1, /no item/],
    ["{", 1, /Line 1 is not valid JSON/],
    ['{"text":"a"}\n{"reference":"b"}', 2, /Line 2: text/],
    ['{"text":"a","check":"guess"}', 1, /Line 1: check/],
    ['{"text":"a","refrence":"b"}', 1, /refrence/],
    ['{"text":"a","id":"1"}\n{"text":"b","id":"1"}', 2, /there twice/],
  ])("name what is wrong in %j", (text, line, message) => {
    expect(() => readSuite(text, "own.jsonl")).toThrow(message);
    expect(() => readSuite(text, "own.jsonl")).toThrow(expect.objectContaining({ line }));
  });
});

describe("a run on the specimen", () => {
  const chosen = ["letters", "rawAndChat", "whoAreYou"];
  const spec: SuitesSpec = {
    models: ["specimen-chat"],
    suites: readySuites(3, 4).filter(({ id }) => chosen.includes(id)),
    samples: 1,
    sampler: greedySampler,
    seed: 1,
  };
  let whole: SuitesEvent[];
  let report: SuitesReport;
  beforeAll(async () => {
    whole = await collect(suites.run(spec, engines, never));
    report = reportOf(spec, whole);
  });

  it("asks everything, with the tokens of prompt and answer", () => {
    const items = spec.suites.reduce((sum, each) => sum + each.items.length, 0);
    expect(report.answers.size).toBe(items);
    for (const { prompt, tokens, text, suite: of, item } of report.answers.values()) {
      const asked = spec.suites.find(({ id }) => id === of)!.items.find(({ id }) => id === item)!;
      expect(prompt!.join("")).toContain(asked.text);
      expect(tokens.join("").startsWith(text)).toBe(true);
    }
    expect(report.failures).toEqual([]);
    expect(whole.at(-1)).toEqual({ type: "ended", reason: "done" });
  });

  it("gives a grid with rates over items, and grades nothing that has no reference", () => {
    const grid = gridOf(report);
    expect(grid.map(({ suite: id, variant }) => `${id} ${variant}`)).toEqual([
      "letters at once",
      "letters spelled out",
      "rawAndChat document",
      "rawAndChat bare text",
      "rawAndChat chat",
      "whoAreYou no system message",
      "whoAreYou system message",
    ]);
    const chat = grid.find(({ variant }) => variant === "chat")!;
    expect(chat.right).toMatchObject({ trials: 4, successes: 4 }); // it knows its capitals: media/models/README.md
    expect(grid.find(({ variant }) => variant === "no system message")!.right.trials).toBe(0);
  });

  it("goes on after an interruption, and is saved and read as it was", async () => {
    const before = whole.slice(0, 9);
    expect([...before, ...(await collect(runSuites(spec, engines, never, before)))]).toEqual(whole);
    const header = headerLine(suites, { created: "2026-11-21T12:00:00Z", by: "test", spec });
    const run = readRun(header + whole.map(eventLine).join(""), suites);
    let read = run.next();
    while (!read.done) read = run.next();
    expect(read.value.events).toEqual(whole);
  });

  it("is compared with the last run item by item", () => {
    expect(changesSince(report, report).map(({ difference, p }) => [difference.mean, p])).toEqual(
      Array(6).fill([0, 1]), // the seventh has nothing to grade
    );
    const marks = [...report.answers.values()]
      .filter(({ item }) => item.startsWith("chat"))
      .map(
        ({ model, suite: id, item, sample }) =>
          ({ type: "corrected", model, suite: id, item, sample, right: false }) as const,
      );
    const worse = marks.reduce(suites.add, report);
    const change = changesSince(report, worse).find(({ variant }) => variant === "chat")!;
    expect(change.difference.mean).toBe(-1);
    expect(change.now.successes).toBe(0);
    expect(change.p).toBeCloseTo(6 * 0.125, 12); // 2 * 2^-4 for four of four, six cells
    const back = marks.map((mark) => ({ ...mark, right: null })).reduce(suites.add, worse);
    expect(gridOf(back)).toEqual(gridOf(report));
  });

  it("records what does not fit, and asks the rest", async () => {
    const long = {
      id: "long",
      variant: "",
      kind: "chat",
      text: "word ".repeat(900),
      check: "says",
      maxTokens: 8,
    } as const;
    const own = { id: "own", name: "own", items: [long, { ...long, id: "short", text: "Hello" }] };
    const events = await collect(suites.run({ ...spec, suites: [own] }, engines, never));
    expect(events.map(({ type }) => type)).toEqual(["model", "failed", "answer", "ended"]);
  });
});
