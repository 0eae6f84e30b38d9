import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { readExposure } from "../../../../src/experiments/hallucination/exposure";
import { entropyInterval } from "../../../../src/experiments/hallucination/scores";
import { hallucinationSpec } from "../../../../src/experiments/hallucination/spec";
import { askedBy } from "../../../../src/panels/hallucination/asked";
import type { Inputs } from "../../../../src/panels/hallucination/inputs";
import { Intervals } from "../../../../src/panels/hallucination/intervals";
import { labelOf, shortName } from "../../../../src/panels/hallucination/runLabel";
import { firstSetup, setupOf } from "../../../../src/panels/hallucination/setups";
import { withChanges } from "../../../../src/panels/runs/setupSteps";
import type { PageSource, Setup } from "../../../../webview/hallucination/setup";

/** Stands in for what only an editor has, open documents; the exposure is the real one. */
const inputs = {
  exposure: async (id: string) =>
    id.startsWith("specimen-") ? readExposure(await readFile("media/models/exposure.json", "utf8")) : undefined,
  questions: async () => {
    throw new Error("gone.jsonl cannot be read.");
  },
  page: async (page: PageSource) => (page.kind === "text" ? page.text : ""),
} as unknown as Inputs;

const setup = firstSetup("specimen-chat");
const asking = (text: string, reference = ""): Setup => ({
  ...setup,
  source: { kind: "question", text, reference, from: null },
});
const controls = (each: number) => ({ each, kind: "auto" as const, seed: 4 });

describe("what a setup comes to", () => {
  it("holds a question beside people the model has seen most and invented ones", async () => {
    const { spec, view } = await askedBy(asking("Who is Orson Kovacs?"), inputs);
    expect(v.is(hallucinationSpec, spec)).toBe(true);
    expect(view).toMatchObject({ questions: 1, withReference: 0, label: "Who is Orson Kovacs?", problem: null });
    expect(view.controls).toMatchObject({ known: 20, invented: 20, kind: "person", problem: null });
    const names = spec!.items.map(({ entity }) => entity);
    expect(new Set(names).size).toBe(41);
    expect(spec!.items.filter(({ group, seen = 0 }) => group === "known" && seen > 20)).toHaveLength(20);
  });

  it("asks other models about what nearly everybody has read of, in the question's own kind", async () => {
    const { spec, view } = await askedBy(
      { ...asking("What is the capital of Sandrey?"), model: "gguf:/a.gguf" },
      inputs,
    );
    expect(view.controls.kind).toBe("place");
    expect(spec!.items[1]).toMatchObject({ text: "What is the capital of France?", accept: ["Paris"], group: "known" });
  });

  it("says why there are no controls, or fewer", async () => {
    const about = async (text: string, each = 5) =>
      (await askedBy({ ...asking(text), controls: controls(each) }, inputs)).view.controls;
    expect((await about("what is it?")).problem).toContain("no controls and no verdict");
    expect(await about("Who is Orson Kovacs?", 0)).toMatchObject({ known: 0, invented: 0, problem: null });
    const many = { ...setup, model: "gguf:/a.gguf", source: { kind: "set", id: "famousPeople", limit: 40 } } as const;
    expect((await askedBy(many, inputs)).view.controls.problem).toContain("2 well-known");
  });

  it("asks with a page, with a changed one, and gives a known control pages of its own", async () => {
    const page = { kind: "text", text: "Orson Kovacs was a keeper.", name: "a.md" } as const;
    const books = { page, misleading: true, change: null };
    const booked = { ...asking("Who is Orson Kovacs?", "keeper"), books, controls: controls(5) };
    const { spec, view } = await askedBy(booked, inputs);
    expect(view.book).toMatchObject({ name: "a.md", characters: 26, holds: 1, problem: null });
    expect(spec!.pages.map(({ kind }) => kind)).toEqual(["open", "misleading", "open", "misleading"]);
    expect(spec!.pages[1]!.text).toBe(`Orson Kovacs was a ${view.book!.change!.to}.`);
    const none = await askedBy({ ...booked, books: { ...books, page: { ...page, text: " " } } }, inputs);
    expect([none.spec, none.view.problem]).toEqual([undefined, "The page is empty."]);
    const open = await askedBy({ ...booked, books: { ...books, misleading: false } }, inputs);
    expect(open.spec!.pages.map(({ kind }) => kind)).toEqual(["open", "open", "misleading"]);
    const unknown = await askedBy({ ...booked, source: asking("Who is Orson Kovacs?", "smith").source }, inputs);
    expect(unknown.view.book!.problem).toContain("does not hold the reference’s words");
  });

  it("is a calibration by exposure of the specimen, by well-known names of others", async () => {
    const source = { kind: "calibration", each: 4 } as const;
    const own = await askedBy({ ...setup, source }, inputs);
    expect(own.spec!.items).toHaveLength(20);
    expect(labelOf(own.spec!)).toBe("Calibration, 20 names");
    const other = await askedBy({ ...setup, model: "gguf:/a.gguf", source }, inputs);
    expect(other.spec!.items.map(({ group }) => group).filter((group) => group === "known")).toHaveLength(8);
  });

  it("says what is missing, and what cannot be read", async () => {
    expect((await askedBy(setup, inputs)).view.problem).toContain("Write a question");
    const file = { kind: "file", uri: "file:///gone.jsonl", name: "gone.jsonl", limit: null } as const;
    expect((await askedBy({ ...setup, source: file }, inputs)).view.problem).toBe("gone.jsonl cannot be read.");
  });
});

describe("a run's settings", () => {
  it.each<[string, Partial<Setup>]>([
    ["question", { source: { kind: "question", text: "Who is Orson Kovacs?", reference: "keeper", from: "a.md:3" } }],
    ["set", { source: { kind: "set", id: "capitals", limit: 3 }, samples: 3, temperature: 0.5 }],
    ["calibration", { source: { kind: "calibration", each: 3 } }],
    ["judge", { ...asking("Who is Orson Kovacs?"), judge: { kind: "none" }, system: "Be brief." }],
  ])("come back as they were set: %s", async (_, change) => {
    const own = { ...setup, ...change };
    const { spec } = await askedBy(own, inputs);
    expect(setupOf(spec!, setup)).toEqual(own);
  });

  it("take a list of questions back as one that can be changed", async () => {
    const claim = { text: "A sentence.", question: "Who is Ada?", answer: "a poet", by: "rule", on: true } as const;
    const own = {
      ...setup,
      source: { kind: "claims" as const, from: "a.md:1", claims: [claim, { ...claim, on: false }] },
    };
    const { spec } = await askedBy(own, inputs);
    expect(shortName(spec!)).toBe("Ada");
    const { source } = setupOf(spec!, setup);
    expect(source).toEqual({
      kind: "claims",
      from: "a.md:1",
      claims: [{ text: "a poet", question: "Who is Ada?", answer: "a poet", by: "person", on: true }],
    });
  });

  it("change only what was given", () => {
    expect(withChanges(setup, { samples: 3 })).toEqual({ ...setup, samples: 3 });
  });
});

it("gives the interval that resampling at once gives, whatever order the answers come in", async () => {
  let found = 0;
  const intervals = new Intervals(() => found++);
  expect(intervals.of([0, 1, 1, 2], 7)).toBeUndefined();
  await expect.poll(() => found).toBe(1);
  expect(intervals.of([0, 0, 1, 2], 7)).toEqual(entropyInterval([0, 0, 1, 2], 7));
  expect(intervals.of([2, 1, 1, 0], 7)).toEqual(intervals.of([0, 0, 1, 2], 7));
  intervals.dispose();
});
