import { describe, expect, it } from "vitest";
import { drained } from "../../../../src/experiments/drained";
import { readySuites } from "../../../../src/experiments/suites/ready";
import type { SuitesReport } from "../../../../src/experiments/suites/report";
import { suites } from "../../../../src/experiments/suites/suites";
import { greedySampler } from "../../../../src/inference/engine";
import { withChanges } from "../../../../src/panels/runs/setupSteps";
import { cellPage, filteredCases } from "../../../../src/panels/suites/cellPages";
import { makingGridView } from "../../../../src/panels/suites/gridView";
import { openRequest } from "../../../../src/panels/suites/openRequest";
import { firstSetup, isAsSetUp, setupOf, specOf } from "../../../../src/panels/suites/setups";

const ready = readySuites(1, 4);
const own = {
  id: "own a.jsonl",
  name: "a.jsonl",
  items: [{ id: "1", variant: "", kind: "chat", text: "Who?", check: "says", maxTokens: 8 }] as const,
};
const all = [...ready, { ...own, items: [...own.items] }];

describe("a setup", () => {
  const setup = withChanges(firstSetup("m", ["letters"]), { suites: ["letters", own.id], size: 4, seed: 1 });
  const spec = specOf(setup, all)!;

  it("becomes a spec of the chosen suites, and comes back from it", () => {
    expect(spec.suites.map(({ id }) => id)).toEqual(["letters", own.id]);
    expect(setupOf(spec, firstSetup("other", []))).toEqual(setup);
    expect(specOf({ ...setup, suites: ["gone"] }, all)).toBeUndefined();
    expect(specOf({ ...setup, suites: [own.id] }, all)?.size).toBeUndefined();
  });

  it("is the run's until something else would be asked", () => {
    expect(isAsSetUp(spec, specOf(setup, all))).toBe(true);
    expect(isAsSetUp(spec, specOf(withChanges(setup, { samples: 2 }), all))).toBe(false);
    expect(isAsSetUp(spec, specOf(setup, readySuites(2, 4)))).toBe(false);
    const edited = [{ ...own, items: [{ ...own.items[0], text: "Whom?" }] }];
    expect(isAsSetUp(spec, specOf(setup, [...ready, ...edited]))).toBe(false);
    expect(isAsSetUp(spec, undefined)).toBe(false);
  });
});

it("opens with ready suites and a model alone", () => {
  expect(openRequest({ suites: ["letters", "sums"], modelId: "m" })).toEqual({
    suites: ["letters", "sums"],
    modelId: "m",
  });
  expect(openRequest({ suites: ["nothing"] })).toEqual({});
  expect(openRequest({ entry: { id: "gguf:x" } })).toEqual({ modelId: "gguf:x" });
  expect(openRequest(undefined)).toEqual({});
});

describe("a cell", () => {
  const items = Array.from({ length: 250 }, (_, index) => ({
    ...{ id: `${index}`, variant: "", kind: "chat" as const, text: `case ${index}`, reference: "yes" },
    ...{ check: "says" as const, maxTokens: 8 },
  }));
  const spec = {
    models: ["m", "n"],
    suites: [{ id: "own b", name: "b", items }],
    ...{ samples: 1, sampler: greedySampler, seed: 1 },
  };
  const answered = items.slice(0, 240).reduce<SuitesReport>(
    (report, { id }, index) =>
      suites.add(report, {
        ...{ type: "answer", model: "m", suite: "own b", item: id, sample: 0, seed: 1 },
        ...{ text: index % 3 === 0 ? "yes" : "no", reason: "endToken", tokens: ["no"], logProbs: [-1] },
      }),
    suites.start(spec),
  );
  const report = suites.add(answered, { type: "failed", model: "m", suite: "own b", item: "249", message: "too long" });
  const cell = { suite: "own b", variant: "", model: "m" };

  it("has its cases by what came of them, in pages", () => {
    const page = cellPage(report, { cell, filter: "wrong", from: 100, open: "1" })!;
    expect(page.counts).toEqual({ all: 250, wrong: 160, right: 80, other: 10 });
    expect([page.total, page.rows.length, page.rows[0]!.number]).toEqual([160, 60, 152]);
    expect(page.open).toMatchObject({ id: "1", place: 0, others: [{ model: "n", said: null }] });
    expect(filteredCases(report, { cell, filter: "other" })).toHaveLength(10);
    expect(cellPage(report, { cell, filter: "all", from: 0, open: "249" })!.open).toMatchObject({
      failure: "too long",
    });
    expect(
      cellPage(report, { cell: { ...cell, suite: "gone" }, filter: "all", from: 0, open: undefined }),
    ).toBeUndefined();
  });

  it("stands in the grid with what is missing", () => {
    const { rows, provisional } = drained(makingGridView(report));
    expect(provisional).toBe(true);
    expect(rows[0]!.cells.map(({ answered: came, cases, failed, edge }) => [came, cases, failed, edge])).toEqual([
      [240, 250, 1, "mostlyWrong"],
      [0, 250, 0, "ungraded"],
    ]);
    expect(rows[0]!.cells[1]!.right.rate).toBeNull();
  });
});
