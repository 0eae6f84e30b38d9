import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drained } from "../../../../src/experiments/drained";
import { eventLine, headerLine, readRun } from "../../../../src/experiments/runFile";
import { changesSince, changeWords } from "../../../../src/experiments/suites/changes";
import { checkAnswer } from "../../../../src/experiments/suites/check";
import { suitesExports } from "../../../../src/experiments/suites/exports/exports";
import { edgeWords } from "../../../../src/experiments/suites/finding";
import { forecastSuites } from "../../../../src/experiments/suites/forecast";
import { suiteName, suiteWhy } from "../../../../src/experiments/suites/names";
import { readSuite } from "../../../../src/experiments/suites/readSuite";
import { readySuiteIds, readySuites } from "../../../../src/experiments/suites/ready";
import { gridOf, type SuitesReport } from "../../../../src/experiments/suites/report";
import { runSuites } from "../../../../src/experiments/suites/run";
import type { SuitesEvent, SuitesSpec } from "../../../../src/experiments/suites/spec";
import { subjectTokens } from "../../../../src/experiments/suites/subjects";
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
    ["firstNumber", "9.9 is larger than 9.11.", "9.9", true],
    ["firstNumber", "9.11 is larger than 9.9.", "9.9", false],
    ["firstNumber", "9.11 and 9.9: the answer is 9.9.", "9.9", true],
    ["text", " RED", "red", true],
    ["text", "RED BLUE", "red", false],
    ["says", "The capital of France is Paris.", "Paris", true],
    ["says", "Parisian", "Paris", false],
    ["says", "It is 2.5 km.", "5", false],
    ["says", "It is −5 °C.", "5", false],
    ["says", "It is 5.", "5", true],
    ["letters", "Answer: r-w-r-y.", "rwry", true],
    ["letters", "r w r", "rwry", false],
    ["exact", " RED\nblue", "RED", true],
    ["exact", "red", "RED", false],
    ["exact", "a", "a", true],
    ["recites", "a new nation, conceived in liberty and more", "A new nation conceived in Liberty", true],
    ["recites", "a new nation, conceived in libertyville", "a new nation conceived in Liberty", false],
    ["matches", "It is red, then blue.", "(?i)RED.*blue", true],
    ["matches", "It is blue, then red.", "red.*blue", false],
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
        for (const subject of item.subjects ?? []) expect(item.text).toContain(subject);
      }
    }
    const third = all.find(({ id }) => id === "everyThird")!.items[0]!;
    const word = /word (\w+),/.exec(third.text)![1]!;
    expect(third.reference).toBe([word[2], word[5], word[8], word[11]].join(""));
    const [forward, reversed] = all.find(({ id }) => id === "sums")!.items;
    expect([...forward!.reference!].reverse().join("")).toBe(reversed!.reference);
  });
});

describe("ready suites of many items", () => {
  it("are valid at any size, as large as there is material", () => {
    const items = readySuites(1, 200).flatMap((each) => {
      expect(v.is(suite, each), each.id).toBe(true);
      return each.items;
    });
    const plurals = new Set(items.flatMap(({ text }) => [...text.matchAll(/ -> (\w+s)$/gm)].map(([, made]) => made)));
    expect([...plurals]).toEqual(expect.arrayContaining(["holidays", "strawberries", "tomatoes", "scissors"]));
    expect([...plurals].filter((word) => /scissorses|[aeiou]ies$/.test(word!))).toEqual([]);
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
    ['{"text":"a","id":"1"}\n{"text":"b","id":"1"}', 2, /there twice, first in line 1/],
    ['{"text":"a","check":"matches","reference":"(a"}', 1, /missing closing/],
    ['{"text":"a","check":"matches","reference":"(?=a)b"}', 1, /RE2’s kind/],
    ['{"text":"a","check":"matches"}', 1, /there is none/],
    ['{"text":"a","maxTokens":0}', 1, /Line 1: maxTokens/],
  ])("name what is wrong in %j", (text, line, message) => {
    expect(() => readSuite(text, "own.jsonl")).toThrow(message);
    expect(() => readSuite(text, "own.jsonl")).toThrow(expect.objectContaining({ line }));
  });
});

it("are refused where two have one id: the second would be graded by the first's references", () => {
  const own = readSuite('{"text":"Who?","reference":"Ann"}', "own.jsonl");
  const spec = { models: ["a"], samples: 1, sampler: greedySampler, seed: 1 };
  expect(v.is(suites.spec, { ...spec, suites: [own] })).toBe(true);
  const read = v.safeParse(suites.spec, { ...spec, suites: [own, { ...own, items: own.items }] });
  expect(read.issues?.map(({ message }) => message)).toEqual([expect.stringContaining("called “own.jsonl”")]);
});

describe("a hostile suite of one's own", () => {
  it("has no more cases than a run's first line should hold", () => {
    expect(() => readSuite('{"text":"a"}\n'.repeat(2001), "long.jsonl")).toThrow(/Line 2001: .* at most 2,000 cases/);
  });

  it("keeps HTML as the text it is", () => {
    const text = '<img src=x onerror="alert(1)"> & <script>alert(2)</script>';
    expect(readSuite(JSON.stringify({ text, reference: "<b>" }), text).items[0]).toMatchObject({
      text,
      reference: "<b>",
    });
  });

  it("cannot hang with its expressions: those that take JavaScript forever are done in a moment", () => {
    const evil = "(x+x+)+y";
    const before = performance.now();
    const [item] = readSuite(JSON.stringify({ text: "a", check: "matches", reference: evil }), "evil.jsonl").items;
    expect(checkAnswer("x".repeat(50_000), item!)?.verdict).toBe("wrong");
    expect(performance.now() - before).toBeLessThan(5000); // JavaScript's own engine would not come back at all
  });

  it("is refused where an expression is larger than anybody needs", () => {
    const line = JSON.stringify({ text: "a", check: "matches", reference: "((a{1000}){1000}){1000}" });
    expect(() => readSuite(line, "evil.jsonl")).toThrow(/Line 1: reference/);
  });
});

it("names every ready suite, and says where its edge comes from", () => {
  for (const id of readySuiteIds) {
    expect(suiteName({ id, name: id })).not.toBe(id);
    expect(suiteWhy(id)).toMatch(/\.$/);
  }
  expect([suiteName({ id: "own a", name: "a.jsonl" }), suiteWhy("own a")]).toEqual(["a.jsonl", undefined]);
});

it("finds the tokens that a part of the prompt came to", () => {
  const prompt = ["<s>", "How many r in", " straw", "berry", "?"];
  expect(subjectTokens(prompt, ["berry", "raspberry", "strawberry", ""])).toEqual([
    { subject: "strawberry", tokens: [" straw", "berry"] },
    { subject: "berry", tokens: ["berry"] },
  ]);
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

  it("says what changed in words, case by case where both runs have them", () => {
    expect(changeWords(changesSince(report, report), report)).toEqual({
      key: "Nothing changed:",
      rest: "all 24 cases that both runs have came out the same.",
    });
    const [same] = changesSince(report, report).filter(({ variant }) => variant === "chat");
    const less = { mean: -0.4, low: -0.4, high: -0.4, pairs: 4 };
    expect(changeWords([{ ...same!, difference: less, moved: 4 }], report).rest).toMatch(
      /^the shares of right answers moved, Document or chat \(chat\) −40 points/,
    );
    const other = { ...report, spec: { ...spec, models: ["another"] } };
    const two = { spec: { ...report.spec, models: [same!.model, "another"] } };
    expect(changeWords([{ ...same!, difference: less, moved: 4 }], two, () => "The Small One").rest).toMatch(
      / of The Small One /,
    );
    expect(changeWords(changesSince(other, report), report).key).toBe("Nothing to compare:");
    const [first] = [...report.answers.values()].filter(({ item }) => item.startsWith("chat"));
    const { model, suite: id, item, sample } = first!;
    const worse = suites.add(report, { type: "corrected", model, suite: id, item, sample, right: false });
    expect(changeWords(changesSince(report, worse), report)).toEqual({
      key: "Too few to tell:",
      rest: "Document or chat (chat) 4 of 4 before, 3 now.",
    });
  });

  it("counts few cases, and gives rates of many", () => {
    expect(edgeWords(gridOf(report), report)).toMatchObject({
      key: "Too few to tell:",
      rest: expect.stringMatching(/Ask at least 30 cases each way for rates\.$/),
    });
    const items = Array.from({ length: 40 }, (_, index) => ({
      ...spec.suites[0]!.items[0]!,
      id: String(index),
      variant: "",
    }));
    const own = { id: "own x", name: "x.jsonl", items };
    const big = { ...spec, suites: [own] };
    const answered = (right: number) =>
      items.reduce(
        (so, item, index) =>
          suites.add(so, {
            type: "answer",
            ...{ model: "specimen-chat", suite: own.id, item: item.id, sample: 0, seed: 1 },
            ...{ text: index < right ? item.reference! : "none", reason: "endToken", tokens: [], logProbs: [] },
          }),
        suites.start(big),
      );
    const wrong = answered(4);
    expect(edgeWords(gridOf(wrong), wrong)).toEqual({
      key: "Right less than half the time in 1 of 1 way:",
      rest: "x.jsonl 10 % [4, 23].", // Wilson, 4 of 40
    });
    const right = answered(39);
    expect(edgeWords(gridOf(right), right)).toEqual({ key: "No edge shown in 1 way:", rest: "more than half in 1." });
  });

  it("foresees tokens and time from limits at first, from earlier answers then, and only what is missing", () => {
    const first = forecastSuites(spec, { paces: new Map() });
    const limits = spec.suites.flatMap(({ items }) => items).reduce((sum, { maxTokens }) => sum + maxTokens, 0);
    expect(first).toEqual({ answers: 25, tokens: limits / 2, most: limits, seconds: undefined, restsOn: 0 });
    const sampled = [...report.answers.values()].reduce((sum, { tokens }) => sum + tokens.length, 0);
    const again = forecastSuites(spec, { earlier: [report], paces: new Map([["specimen-chat", 10]]) });
    expect(again.tokens).toBeCloseTo(sampled, 6);
    expect(again.seconds).toBeCloseTo(sampled / 10, 6);
    expect(again.restsOn).toBe(25);
    const chats = {
      type: "failed",
      model: "no-chat",
      suite: "whoAreYou",
      item: "system message 1",
      message: "",
    } as const;
    const unable = suites.add(suites.start({ ...spec, models: ["no-chat"] }), chats);
    const without = forecastSuites(unable.spec, { earlier: [unable], paces: new Map() });
    expect(without.tokens).toBe(first.tokens - (4 * 48) / 2); // four cases of that way, half of their limit each
    expect(forecastSuites(spec, { done: report, paces: new Map() })).toMatchObject({ answers: 0, tokens: 0, most: 0 });
  });

  it("is exported as a table, a document and a report", () => {
    const lines = drained(suitesExports.csv(report)).join("").trimEnd().split("\r\n");
    expect(lines[0]).toMatch(/^model,suite,way,case,/);
    expect(lines.length).toBeGreaterThanOrEqual(26); // answers may have line ends of their own
    const document = JSON.parse(
      drained(suitesExports.json(report, { created: "2026-11-21T12:00:00Z", by: "test" })).join(""),
    );
    expect(document.answers).toHaveLength(25);
    expect(document.grid).toHaveLength(7);
    expect(document.grid.at(-2)).toMatchObject({ way: "no system message", edge: "ungraded", right: { rate: null } });
    const options = { name: "Sharp edges", created: "2026-11-21T12:00:00Z", by: "test" };
    const { markdown, files } = drained(suitesExports.markdown(report, options));
    expect(files).toEqual([]);
    expect(drained(suitesExports.table(report))).toContain("| Document or chat (chat) | 4 of 4 |");
    expect(markdown).toContain("| Document or chat (chat) | 4 of 4 |");
    expect(markdown).toMatch(/“\w+” is \d+ tokens: `/);
  });

  it("records what does not fit, and asks the rest", async () => {
    const long = {
      id: "long",
      variant: "",
      kind: "chat",
      text: "word ".repeat(2000),
      check: "says",
      maxTokens: 8,
    } as const;
    const own = { id: "own", name: "own", items: [long, { ...long, id: "short", text: "Hello" }] };
    const events = await collect(suites.run({ ...spec, suites: [own] }, engines, never));
    expect(events.map(({ type }) => type)).toEqual(["model", "failed", "answer", "ended"]);
  });
});
