import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { drained } from "../../../../src/experiments/drained";
import { memoryAgainstPage, mislead, withBooks } from "../../../../src/experiments/hallucination/books";
import { winsWords } from "../../../../src/experiments/hallucination/bookWords";
import { bucketWords, calibrate, knownAgainstInvented } from "../../../../src/experiments/hallucination/calibration";
import { probeSpec } from "../../../../src/experiments/hallucination/defaults";
import { answerRows, writingCsv } from "../../../../src/experiments/hallucination/exports/answers";
import { writingJson } from "../../../../src/experiments/hallucination/exports/document";
import { finding } from "../../../../src/experiments/hallucination/exports/findings";
import { writingMarkdown } from "../../../../src/experiments/hallucination/exports/report";
import { forecastProbe, progressOf } from "../../../../src/experiments/hallucination/forecast";
import { hallucination } from "../../../../src/experiments/hallucination/hallucination";
import { judgements, movingAnswer } from "../../../../src/experiments/hallucination/judgements";
import { meaningLabel } from "../../../../src/experiments/hallucination/labels";
import { readCell } from "../../../../src/experiments/hallucination/reading";
import type { HallucinationReport } from "../../../../src/experiments/hallucination/report";
import { cellKey, type HallucinationEvent, type Item, type Page } from "../../../../src/experiments/hallucination/spec";
import { verdictWords } from "../../../../src/experiments/hallucination/verdictWords";
import { wellKnownPeople, wellKnownPlaces } from "../../../../src/experiments/hallucination/wellKnown";

const item: Item = { id: "asked", text: "Who is Orson Kovacs?", group: "asked", entity: "Orson Kovacs" };
const id = { item: "asked", book: "closed" };

function answer(
  cell: { item: string; book: string },
  sample: number,
  text: string,
  logProb = -0.5,
): HallucinationEvent {
  const tokens = text.split(/(?<= )/);
  const logProbs = tokens.map(() => logProb);
  return { type: "answer", ...cell, sample, seed: sample + 2, text, reason: "endToken", tokens, logProbs };
}

/** Known controls say the same each time and are sure, invented ones never and are not. */
function controls(): { items: Item[]; events: HallucinationEvent[] } {
  const items = ["known", "invented"].flatMap((group) =>
    Array.from({ length: 5 }, (_, index): Item => {
      const name = `${group === "known" ? "Ada" : "Zed"} N${index}`;
      return { id: `${group} ${index}`, text: `Who is ${name}?`, group: group as Item["group"], entity: name };
    }),
  );
  const events = items.flatMap(({ id: own, entity, group }) =>
    [-1, 0, 1, 2, 3].map((sample) =>
      answer(
        { item: own, book: "closed" },
        sample,
        group === "known" ? `${entity} was a poet.` : `${entity} was number ${sample + 100}.`,
        group === "known" ? -0.1 : -1 - sample / 10,
      ),
    ),
  );
  return { items, events };
}

function reportOf(own: Item, texts: readonly string[], logProb?: number, pages: Page[] = []): HallucinationReport {
  const { items, events } = controls();
  const spec = probeSpec({ probed: "m", judge: null, items: [own, ...items], pages, samples: texts.length - 1 });
  const answers = texts.map((text, index) => answer(id, index - 1, text, logProb));
  return [...events, ...answers].reduce(hallucination.add, hallucination.start(spec));
}

const guessed = ["a painter", "a painter", "a poet", "a smith", "a pilot"].map((what) => `Orson Kovacs was ${what}.`);
const same = guessed.map(() => "Orson Kovacs was a painter, born in Vienna.");

function words(report: HallucinationReport) {
  const [found] = drained(finding(report)).own;
  return verdictWords(found!.verdict, found!.reading, found!.interval);
}

describe("a verdict in words", () => {
  it("says how often it said what, and what the score lies above", () => {
    const { title, seen, support } = words(reportOf(item, guessed, -1.5));
    expect(title).toBe("Guesses");
    expect(seen).toBe(
      "Asked four times, it gave four different answers. It scores like the invented people, not like the known ones.",
    );
    expect(support).toMatch(
      /^Semantic entropy 2\.00 bits \[\d\.\d, 2\.0\], above all 5 known \(median 0\.0\) and none of 5 invented \(median 2\.0\)\. Well supported: the three scores agree\.$/,
    );
  });

  it("never calls it knowledge alone where nothing was held against a reference", () => {
    const { title, seen } = words(reportOf(item, same, -0.1));
    expect(title).toBe("Knows");
    expect(seen).toContain("said the same each time");
    expect(seen).toContain("it may be consistently wrong");
    expect(words(reportOf({ ...item, reference: "painter", accept: ["painter"] }, same, -0.1)).seen).toContain(
      "That agrees with the reference",
    );
    const wrong = words(reportOf({ ...item, reference: "pilot", accept: ["pilot"] }, same, -0.1));
    expect(wrong.title).toBe("Consistently wrong");
  });

  it("says why it cannot tell", () => {
    const alone = [answer(id, -1, "A."), answer(id, 0, "A."), answer(id, 1, "B.")].reduce(
      hallucination.add,
      hallucination.start(probeSpec({ probed: "m", judge: null, items: [item], samples: 2 })),
    );
    expect(words(alone)).toEqual({
      title: "Cannot tell here",
      seen: "Asked twice, it gave two different answers. It has no controls to be held against, and a score by itself means nothing.",
      support: "",
    });
  });

  it("counts refusals apart from meanings", () => {
    const no = "I do not know who that is.";
    expect(words(reportOf(item, [no, no, no, no, "Orson Kovacs was a smith."])).title).toBe("Says it doesn’t know");
    expect(words(reportOf(item, [...guessed.slice(0, 4), no], -1.5)).seen).toContain(
      "gave three different answers and once said it did not know",
    );
  });
});

it.each([
  ["Orson Kovacs was a Hungarian film director, born in Budapest.", "Orson Kovacs", "a Hungarian film director"],
  ["The capital of France is Paris.", "France", "Paris"],
  ["Paris.", "France", "Paris"],
  ["Otto Kovacs (1834-1908) was an actor known for that.", "Orson Kovacs", "an actor known for that"],
  ["Was (it) he? + [x", "(it", "(it) he"],
])("%j is called by what it says", (example, entity, label) => {
  expect(meaningLabel({ example, refused: false }, entity)).toBe(label);
});

describe("moving an answer", () => {
  const before = reportOf(item, guessed);
  const cellOf = (report: HallucinationReport) => report.cells.get(cellKey(id))!;
  const groups = (report: HallucinationReport) => readCell(cellOf(report)).clusters.map(({ answers }) => answers);

  it("joins it to another meaning, and takes it out again, the first of a meaning too", () => {
    expect(groups(before)).toEqual([[0], [1], [2], [3]]);
    const joined = movingAnswer(readCell(cellOf(before)), 2, 0).reduce(hallucination.add, before);
    expect(groups(joined)).toEqual([[0, 2], [1], [3]]);
    const third = movingAnswer(readCell(cellOf(joined)), 3, 2).reduce(hallucination.add, joined);
    expect(groups(third)).toEqual([[0, 2, 3], [1]]);
    const parted = movingAnswer(readCell(cellOf(third)), 0, undefined).reduce(hallucination.add, third);
    expect(groups(parted)).toEqual([[2, 3], [0], [1]]);
    const moved = movingAnswer(readCell(cellOf(parted)), 3, 1).reduce(hallucination.add, parted);
    expect(groups(moved)).toEqual([[1, 3], [0], [2]]);
    expect(movingAnswer(readCell(cellOf(moved)), 3, 1)).toEqual([]);
  });

  it("shows first what a person said", () => {
    const joined = movingAnswer(readCell(cellOf(before)), 2, 0).reduce(hallucination.add, before);
    expect(judgements(readCell(cellOf(joined)), 2)).toEqual([
      { first: 0, second: 2, same: true, by: "person", judge: undefined },
      { first: 0, second: 1, same: false, by: "nobody", judge: undefined },
    ]);
  });
});

describe("memory and the page", () => {
  it("changes a calling into another one, a name into an invented one, or what a person says", () => {
    expect(mislead("He was a painter.", "painter", 1)!.to).toMatch(/^[a-z]+$/);
    expect(mislead("Born in Vienna.", "Vienna", 1)!.to).toMatch(/^\p{Lu}\p{Ll}+$/u);
    expect(mislead("Born in Vienna.", "Vienna", 1, "Bern")).toEqual({
      text: "Born in Bern.",
      from: "Vienna",
      to: "Bern",
    });
  });

  it("says which wins", () => {
    const { item: booked, pages } = withBooks({ ...item, reference: "keeper" }, { name: "a", text: "A keeper." }, 1, {
      from: "keeper",
      to: "pilot",
    });
    const report = ["pilot", "pilot", "pilot", "smith", "pilot"]
      .map((what, index) => answer({ item: "asked", book: pages[1]!.id }, index - 1, `He was a ${what}.`))
      .reduce(hallucination.add, reportOf(booked, guessed, -1, [...pages]));
    const [open, misleading] = memoryAgainstPage(report, "asked");
    expect(misleading!.counts).toEqual({ memory: 0, page: 3, both: 0, neither: 0, noMemory: 1 });
    expect(winsWords("misleading", misleading!.counts)).toBe("the page, 3 of 4");
    expect(winsWords("open", open!.counts)).toBe("");
    const few = { memory: 0, page: 1, both: 0, neither: 0, noMemory: 9 };
    expect(winsWords("misleading", few)).toBe("the page 1 of 10; there is no memory to hold against it");
  });
});

describe("a probe's exports", () => {
  const hostile = "<b>|x|</b>\n# head, “=1+1”";
  const report = reportOf(item, [...guessed.slice(0, 4), hostile], -1.5);

  it("has a row for each answer", () => {
    const rows = [...answerRows(report)];
    expect(rows).toHaveLength(11 * 5);
    expect(rows.slice(0, 5).map(({ sample, meaning }) => [sample, meaning])).toEqual([
      ["0", 1],
      ["1", 2],
      ["2", 3],
      ["3", 4],
      ["greedy", undefined],
    ]);
    expect(rows[0]!.surprisal).toBeCloseTo(1.5, 10);
    expect(drained(writingCsv(report)).join("").split("\r\n")[0]).toMatch(/^item,question,group/);
    expect(drained(writingCsv(report)).join("")).toContain(`"${hostile}"`);
  });

  it("has a document with verdicts and a report with a plot, in which texts stay texts", () => {
    const document = JSON.parse(drained(writingJson(report, { created: "2026-01-01T00:00:00Z", by: "test" })).join(""));
    expect(document.findings[0].words.title).toBe("Guesses");
    expect(document.answers).toHaveLength(55);
    const { markdown, files } = drained(writingMarkdown(report, { name: "orson", created: "now", by: "test" }));
    expect(markdown).toContain("**Guesses.**");
    expect(markdown).not.toMatch(/[^\\]<b>/);
    expect(markdown).not.toMatch(/^# head/m);
    expect(files.map(({ name }) => name)).toEqual(["orson-scores.svg", "orson-spec.json"]);
    // Ten controls for each of the four scores that have values.
    expect(files[0]!.text.match(/<circle/g)).toHaveLength(10 * drained(finding(report)).fits.length);
  });
});

it("calibrates people and places apart: each against the invented of its own kind", () => {
  const items = [
    ...knownAgainstInvented(wellKnownPeople.slice(0, 6), "person", 1),
    ...knownAgainstInvented(wellKnownPlaces.slice(0, 5), "place", 1),
  ];
  const spec = probeSpec({ probed: "m", judge: null, items, samples: 2 });
  // Known people get one answer each time and invented ones several; places are all alike.
  const events = items.flatMap(({ id: own, group, text }) =>
    [-1, 0, 1].map((sample) => {
      const varies = group === "invented" && text.startsWith("Who");
      return answer({ item: own, book: "closed" }, sample, varies ? `Number ${sample + 100}.` : "Paris.");
    }),
  );
  const { rows } = calibrate(events.reduce(hallucination.add, hallucination.start(spec)));
  expect(rows.map((row) => [bucketWords(row), row.people])).toEqual([
    ["known people", 6],
    ["invented people", 6],
    ["known places", 5],
    ["invented places", 5],
  ]);
  const area = (row: number) => rows[row]!.areas.find(({ name }) => name === "semanticEntropy")!.area;
  expect([area(0).area, area(0).positives, area(0).negatives]).toEqual([1, 6, 6]);
  expect([area(2).area, area(2).positives, area(2).negatives]).toEqual([0.5, 5, 5]);
});

describe("what a probe takes", () => {
  it("rests on the lengths of earlier answers, and asks for no more than is missing", () => {
    const report = reportOf(item, guessed);
    const { spec } = report;
    const first = forecastProbe(spec, {});
    expect([first.answers, first.basis, first.seconds, first.judgements]).toEqual([55, 0, undefined, 0]);
    const known = forecastProbe(spec, { earlier: [report], pace: 100 });
    expect(known.basis).toBe(55);
    expect(known.seconds).toBeCloseTo(known.tokens / 100, 10);
    expect(forecastProbe(spec, { done: report }).answers).toBe(0);
    expect(progressOf(report)).toEqual({ done: 11, total: 11 });
  });
});

it("is the same spec after a file, so that a saved run goes on", () => {
  const { spec } = reportOf(item, guessed);
  expect(JSON.stringify(v.parse(hallucination.spec, JSON.parse(JSON.stringify(spec))))).toBe(JSON.stringify(spec));
});
