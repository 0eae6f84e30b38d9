import { describe, expect, it } from "vitest";
import { drained } from "../../../../src/experiments/drained";
import { interrogation } from "../../../../src/experiments/interrogation/interrogation";
import type { InterrogationReport } from "../../../../src/experiments/interrogation/report";
import type { InterrogationEvent, InterrogationSpec, Mark } from "../../../../src/experiments/interrogation/spec";
import { summarise } from "../../../../src/experiments/interrogation/summary";
import { plainSampler } from "../../../../src/inference/engine";
import { exportView, figuresView, filesView, heatView } from "../../../../src/panels/interrogation/figuresView";
import { forecastView } from "../../../../src/panels/interrogation/forecasts";
import { questionPage } from "../../../../src/panels/interrogation/pageView";
import { addedEvent, fixEvent, markEvent, undoText } from "../../../../src/panels/interrogation/personEvents";
import { inTextOrder, listing, reviewRow } from "../../../../src/panels/interrogation/reviewList";
import { askerOf, firstSetup, setupOf, specOf } from "../../../../src/panels/interrogation/setups";
import type { Texts } from "../../../../src/panels/interrogation/texts";
import { withChanges } from "../../../../src/panels/runs/setupSteps";

const snippet = (id: string, file: string, section: string, start: number) => {
  const text = "Ann was a pilot.\nBob was a cook.";
  return { id, file, section, start, end: start + text.length, line: 3, text };
};
const spec: InterrogationSpec = {
  probed: "m",
  writer: null,
  judge: null,
  snippets: [snippet("1", "a.md", "One", 10), snippet("2", "a.md", "Two", 60), snippet("3", "b.md", "", 0)],
  questionsEach: 5,
  samples: 2,
  sampler: plainSampler,
  seed: 7,
  maxTokens: 48,
  chat: true,
  consistent: 0.8,
};
const asked = (id: string, place: number, ...marks: Mark[]): InterrogationEvent[] => {
  const of = spec.snippets.find((each) => each.id === id.split(".")[0])!;
  const start = of.start + place;
  return [
    {
      type: "question",
      id,
      snippet: of.id,
      text: `Who was ${id}?`,
      answer: "a pilot",
      start,
      end: start + 15,
      by: "rule",
    },
    ...marks.flatMap((mark, sample): InterrogationEvent[] => [
      { type: "answer", question: id, sample, seed: sample, text: ` says ${sample} `, tokens: 4 },
      { type: "marked", question: id, sample, mark, how: "words" },
    ]),
  ];
};
const run = [
  ...asked("1.1", 0, "right", "right"),
  ...asked("1.2", 17, "wrong", "wrong"),
  ...asked("3.1", 0, "right", "wrong"),
  ...asked("2.1", 0, "uninformative"),
];
const reportOf = (...more: InterrogationEvent[]): InterrogationReport =>
  [...run, ...more].reduce(interrogation.add, interrogation.start(spec));

describe("the review's list", () => {
  const report = reportOf({ type: "reviewed", question: "1.2", as: "dropped" });
  const ordered = drained(inTextOrder(report, summarise(report).questions));
  const ids = (...[filter, query = ""]: [Parameters<typeof listing>[1], string?]) =>
    drained(listing(ordered, filter, query)).rows.map(({ id }) => id);

  it("is in the order of the text, by filter and by words", () => {
    expect(ids("all")).toEqual(["1.1", "1.2", "2.1", "3.1"]);
    expect(ids("keep")).toEqual(["1.1"]);
    expect(ids("refuse")).toEqual([]);
    expect(ids("dropped")).toEqual(["1.2"]);
    expect(ids("toReview")).toEqual(["1.1", "2.1", "3.1"]);
    expect(ids("leaveOut", "b.md")).toEqual(["3.1"]);
    expect(drained(listing(ordered, "keep", "nothing")).counts).toMatchObject({
      all: 4,
      keep: 1,
      leaveOut: 2,
      dropped: 1,
    });
  });

  it("has rows with numbers, lines and marks, and a heading where a section begins", () => {
    const { rows } = drained(listing(ordered, "all", ""));
    const made = rows.map((each, index) => reviewRow(report, each, rows[index - 1])!);
    expect(made.map(({ number, line, first }) => [number, line, first])).toEqual([
      [1, 3, true],
      [2, 4, false],
      [3, 3, true],
      [4, 3, true],
    ]);
    expect(made[2]!.marks).toEqual([
      { mark: "uninformative", byHand: false },
      { mark: null, byHand: false },
    ]);
    expect(reviewRow(report, { id: "gone", number: 9 }, undefined)).toBeUndefined();
  });
});

describe("a question's page", () => {
  it("says what it becomes, and nothing where it was dropped or is mixed", () => {
    const page = (id: string, report = reportOf()) => questionPage(report, report.questions.get(id)!, 1, []);
    expect(page("1.1").becomes).toEqual({ user: "Who was 1.1?", assistant: "says 0" });
    expect(page("1.2").becomes?.assistant).toMatch(/^I don’t know/);
    expect(page("3.1").becomes).toBeNull();
    expect(page("1.1", reportOf({ type: "reviewed", question: "1.1", as: "dropped" })).becomes).toBeNull();
    const cut = (sample: number, text: string): InterrogationEvent => {
      return { type: "answer", question: "1.1", sample, seed: 1, text, tokens: 9, cut: true };
    };
    expect(page("1.1", reportOf(cut(0, "He was a pil"))).becomes?.assistant).toBe("says 1");
    const both = page("1.1", reportOf(cut(0, "He was a pil"), cut(1, "She was a pilot. She flew in")));
    expect(both.becomes?.assistant).toBe("She was a pilot.");
    expect(both.answers[0]).toMatchObject({ text: "He was a pil", cut: true, surprisal: null });
    expect(page("1.1", reportOf(cut(0, "She fl"), cut(1, "Long ago. She was a pilot who"))).becomes).toBeNull();
    expect(page("1.1").answers[0]).toMatchObject({ text: "says 0", mark: "right", byHand: false });
  });
});

describe("figures", () => {
  it("are of all files, of the shown file's sentences, and of what would be exported", () => {
    const report = reportOf();
    const summary = summarise(report);
    expect(filesView(report, summary).map(({ name, questions }) => [name, questions])).toEqual([
      ["a.md", 3],
      ["b.md", 1],
    ]);
    expect(heatView(summary, "a.md").map(({ line, right }) => [line, right.rate])).toEqual([
      [3, 1],
      [4, 0],
      [3, 0],
    ]);
    expect(figuresView(report, summary)).toMatchObject({ all: 4, reviewed: 0, few: true, provisional: true });
    const options = { validation: 0.5, seed: 1, onlyAccepted: false };
    const exported = drained(exportView(report, options));
    expect(exported).toMatchObject({ answers: 1, refusals: 1, files: 2, heldOut: 1 });
    expect(exported.train + exported.validation).toBe(2);
    expect(drained(exportView(report, { ...options, onlyAccepted: true }))).toMatchObject({ train: 0, validation: 0 });
  });
});

describe("what a person does", () => {
  it("is no event where it changes nothing, and refused for the field where something is missing", () => {
    const report = reportOf();
    expect(markEvent(report, "1.1", 0, "right")).toBeUndefined();
    expect(markEvent(report, "1.1", 0, "wrong")).toMatchObject({ mark: "wrong" });
    const corrected = reportOf({ type: "corrected", question: "1.1", sample: 0, mark: "wrong" });
    // Back to what the machine said: the correction goes.
    expect(markEvent(corrected, "1.1", 0, "right")).toMatchObject({ mark: null });
    expect(() => markEvent(report, "2.1", 1, "right")).toThrow(/no such answer/);
    expect(fixEvent(report, "1.1", { text: " Who was 1.1? ", answer: "a pilot" })).toBeUndefined();
    expect(() => fixEvent(report, "1.1", { text: "Who?", answer: " " })).toThrow(/Write the answer/);
    expect(() => fixEvent(report, "gone", { text: "Who?", answer: "x" })).toThrow(/not in the run/);
  });

  it("adds questions about a line of a snippet, and says what undo takes back", () => {
    const added = addedEvent(reportOf(), { file: "a.md", line: 4, text: "Who cooked?", answer: "Bob" });
    expect(added).toMatchObject({ snippet: "1", start: 27, end: 42, by: "person", id: "1.by hand 1" });
    expect(() => addedEvent(reportOf(), { file: "a.md", line: 1, text: "Who?", answer: "x" })).toThrow(
      /Line 1 of a\.md/,
    );
    expect(undoText(reportOf())).toBeNull();
    expect(undoText(reportOf(added))).toBe("Added “Who cooked?”");
    expect(undoText(reportOf({ type: "reviewed", question: "1.2", as: "dropped" }))).toBe("Dropped “Who was 1.2?”");
    const marked: InterrogationEvent = { type: "corrected", question: "1.1", sample: 1, mark: "wrong" };
    expect(undoText(reportOf(marked))).toBe("Mark of answer 2 to “Who was 1.1?”");
    expect(undoText(reportOf(marked, { type: "undone" }))).toBeNull();
  });
});

describe("a setup", () => {
  const builtIn = { defaultFor: () => "specimen", get: () => ({ kind: "builtIn" }) } as unknown as Parameters<
    typeof firstSetup
  >[0]; // only what a first setup asks models for
  const setup = firstSetup(builtIn);
  const texts = { snippets: spec.snippets, headings: [] } as unknown as Texts; // only what a spec is made of

  it("asks by rules and marks by words where there are only built-in models", () => {
    expect([setup.asker, setup.judge, setup.source.kind]).toEqual(["rules", null, "none"]);
    expect(specOf(setup, { ...texts, snippets: [] })).toBeUndefined();
  });

  it("becomes a spec and comes back from it", () => {
    for (const asker of ["rules", "hand", "writer"] as const) {
      const made = specOf(withChanges({ ...setup, writer: "w" }, { asker, samples: 3 }), texts)!;
      expect(askerOf(made)).toBe(asker);
      expect(made.writer).toBe(asker === "writer" ? "w" : null);
      expect(setupOf(made, setup)).toMatchObject({ asker, samples: 3, source: { kind: "run" } });
    }
  });
});

it("forecasts from earlier answers' lengths, and says what it rests on", () => {
  const first = forecastView(spec, 10, undefined, undefined);
  expect(first).toMatchObject({ questions: 10, answers: 20, tokens: 400, seconds: null });
  expect(first.basis).toMatch(/20 tokens an answer/);
  const later = forecastView(spec, 10, reportOf(), 40);
  expect(later).toMatchObject({ tokens: 80, seconds: 2 });
  expect(later.basis).toMatch(/7 earlier answers/);
});
