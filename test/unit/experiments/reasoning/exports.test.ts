import Papa from "papaparse";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drained } from "../../../../src/experiments/drained";
import { figuresBySet } from "../../../../src/experiments/reasoning/bySet";
import { writingCsv } from "../../../../src/experiments/reasoning/exports/answers";
import { armPrompt, bestArm } from "../../../../src/experiments/reasoning/exports/bestArm";
import { specFile, writingJson } from "../../../../src/experiments/reasoning/exports/document";
import { markdownReport } from "../../../../src/experiments/reasoning/exports/report";
import { setsTable } from "../../../../src/experiments/reasoning/exports/setsTable";
import { cutsOf, whenKnown } from "../../../../src/experiments/reasoning/known";
import { reasoning } from "../../../../src/experiments/reasoning/reasoning";
import { type ReasoningReport, reading, verdictOf } from "../../../../src/experiments/reasoning/report";
import { type KnownPoint, reasoningSpec } from "../../../../src/experiments/reasoning/spec";
import { summarise } from "../../../../src/experiments/reasoning/summary";
import type { LlamaEngine } from "../../../../src/inference/llama/runtime/llamaEngine";
import { elementsOf } from "../../svg";
import { loadSpecimen } from "../explorer/specimen";
import { reportOf, smallSpec } from "./smallRun";

const written = { created: "2026-11-21T12:00:00.000Z", by: "test" };
let engine: LlamaEngine;
let report: ReasoningReport;
beforeAll(async () => {
  engine = await loadSpecimen("chat");
  report = await reportOf(engine);
  // A curve, a correction and a question that was not asked, so that every part has something to say.
  const answer = [...report.answers].find((each) => each.arm === "steps" && verdictOf(report, each) === "right")!;
  const question = smallSpec.questions.find(({ id }) => id === answer.question)!;
  const points: KnownPoint[] = [];
  const request = {
    spec: smallSpec,
    arm: smallSpec.arms[1]!,
    question: { ...question, answer: question.answer! },
    text: answer.text,
    others: [],
  };
  const signal = new AbortController().signal;
  for await (const point of whenKnown(engine, request, cutsOf(answer.text), signal)) points.push(point);
  const { model, question: id, arm, sample } = answer;
  report = reasoning.add(report, { type: "known", model, question: id, arm, sample, points });
  report = reasoning.add(report, reading(report, answer, "the answer is 1,234")!);
  const message = "It is <too> long | by far.";
  report = reasoning.add(report, { type: "failed", model, question: id, arm: "direct", message });
});
afterAll(() => engine?.close());

describe("answers as a table", () => {
  it("have a row each and read back as they were", () => {
    const { data, errors } = Papa.parse<Record<string, string>>(drained(writingCsv(report)).join(""), {
      header: true,
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    const answers = [...report.answers];
    expect(data.map(({ text }) => text)).toEqual(answers.map(({ text }) => text));
    expect(data.map(({ tokens }) => Number(tokens))).toEqual(answers.map(({ tokens }) => tokens.length));
    expect(data.map(({ verdict }) => verdict)).toEqual(answers.map((answer) => verdictOf(report, answer)));
    const [corrected, ...others] = data.filter((row) => row.corrected === "true");
    expect(others).toEqual([]);
    expect(corrected).toMatchObject({
      verdict: "wrong",
      graderVerdict: "right",
      extracted: "1234",
      extractedBy: "by hand",
    });
  });

  it("are in the JSON document with the findings, and the spec is one that runs", () => {
    const document = JSON.parse(drained(writingJson(report, written)).join(""));
    expect(document.answers).toHaveLength(32);
    expect(document.findings).toEqual([
      {
        model: "specimen-chat",
        kind: "tooFew",
        words: expect.stringMatching(/^Too few to tell: answer at once \d+ of 16/),
      },
    ]);
    expect(document.known[0].points.length).toBeGreaterThan(1);
    const { experiment, model, ...rest } = JSON.parse(specFile(report));
    expect([experiment, model]).toEqual(["reasoning", "specimen-chat"]);
    const { source: _, ...spec } = smallSpec;
    expect(v.parse(reasoningSpec, { ...rest, models: [model] })).toEqual(spec);
  });
});

describe("the Markdown report", () => {
  it("states the finding first, and every number of its plots in tables", () => {
    const { markdown, files } = markdownReport(report, { ...written, name: "sums" });
    expect(markdown).toMatch(/^# sums\n\n\*\*Too few to tell:\*\* /);
    const { arms } = summarise(report);
    for (const { accuracy, bySteps, votes } of arms) {
      for (const each of [accuracy, ...bySteps.map((cell) => cell.accuracy), ...votes.map((vote) => vote.accuracy)]) {
        expect(markdown).toContain(`${Math.round(each.rate * 100)} %`);
        expect(markdown).toContain(`[${Math.round(each.low * 100)}, ${Math.round(each.high * 100)}]`);
      }
    }
    for (const { name } of files) expect(markdown).toContain(`(${encodeURIComponent(name)})`);
    expect(markdown).toContain("It is \\<too> long \\| by far.");
    expect(markdown).toContain(smallSpec.arms[1]!.chat);
    expect(markdown).toContain("running calculation of 3 × 4, seed 5");
  });

  it("has plots that are well-formed and name their numbers", () => {
    const { files } = markdownReport(report, { ...written, name: "sums" });
    const pictures = files.filter(({ name }) => name.endsWith(".svg"));
    expect(pictures.map(({ name }) => name)).toEqual([
      "sums-right.svg",
      "sums-steps.svg",
      "sums-votes.svg",
      "sums-known.svg",
    ]);
    for (const { text } of pictures) {
      expect(elementsOf(text).slice(0, 2)).toEqual(["svg", "title"]);
      expect(text).toMatch(/<title>[^<]*\d+ % \[\d+, \d+\]/);
      expect(text).not.toContain("NaN");
    }
  });
});

describe("the table by family and difficulty", () => {
  it("has a row for each, with the figures of those questions alone", () => {
    const sets = figuresBySet(report, "specimen-chat");
    expect(sets.map(({ family, steps, questions }) => [family, steps, questions])).toEqual([
      ["running calculation", 1, 4],
      ["running calculation", 3, 4],
    ]);
    const [direct, steps] = summarise(report).arms;
    for (const [index, arm] of [direct!, steps!].entries()) {
      expect(sets.map((set) => set.arms[index]!.accuracy)).toEqual(arm.bySteps.map(({ accuracy }) => accuracy));
    }
    const rows = setsTable(report, "specimen-chat")!.trim().split("\n");
    expect(rows).toHaveLength(4);
    expect(rows[2]).toMatch(
      /^\| running calculation \| 1 \| 4 \| \d+ % \[\d+, \d+\] \| \d+ % \[\d+, \d+\] \| .* points \[/,
    );
    expect(setsTable(report, "another")).toBeUndefined();
  });
});

describe("the best arm", () => {
  it("is the one with the most right, as a prompt with the question's place in it", () => {
    expect(bestArm(summarise(report), "specimen-chat")).toBe("steps");
    expect(bestArm(summarise(report), "another")).toBeUndefined();
    const spec = { ...smallSpec, system: "You are exact." };
    expect(armPrompt(spec, "steps")).toBe(`You are exact.\n\n${smallSpec.arms[1]!.chat}`);
    expect(armPrompt({ ...spec, chat: false }, "direct", "What is 2 + 2?")).toBe("Question: What is 2 + 2?\nAnswer:");
    expect(() => armPrompt(spec, "none")).toThrow(RangeError);
  });
});
