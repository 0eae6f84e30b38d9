import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arena } from "../../../src/experiments/arena/arena";
import { answerOn } from "../../../src/experiments/arena/matches";
import type { ArenaEvent, ArenaSpec } from "../../../src/experiments/arena/spec";
import { eventLine, headerLine } from "../../../src/experiments/runFile";
import { plainSampler } from "../../../src/inference/engine";
import { loadSpecimen } from "../inference/runtime/engines";
import { promptscope } from "./promptscope";

let folder: string;
const at = (name: string): string => path.join(folder, name);
const made = { created: "2026-11-21T12:00:00Z", by: "test" };
const contestant = { model: "specimen-chat", template: "{prompt}", chat: true, sampler: plainSampler, maxTokens: 24 };
const spec: ArenaSpec = {
  contestants: [
    { ...contestant, id: "a", name: "Plain" },
    { ...contestant, id: "b", name: "Polite", system: "Be polite." },
  ],
  prompts: [{ id: "1", text: "Who was Jane Austen?" }],
  names: "afterVote",
  rounds: 1,
  seed: 2,
};

/** Two real answers to a prompt, and the pair they make: no command line asks for an arena. */
async function compared(): Promise<ArenaEvent[]> {
  const engine = await loadSpecimen("chat");
  const events: ArenaEvent[] = [];
  try {
    for await (const event of arena.run(spec, async () => engine, new AbortController().signal)) events.push(event);
  } finally {
    await engine.close();
  }
  return events;
}

function saveArena(name: string, events: readonly ArenaEvent[]): string {
  writeFileSync(at(name), headerLine(arena, { ...made, spec }) + events.map(eventLine).join(""));
  return at(name);
}

/** A report that was printed. */
function printed(file: string, format = "markdown"): string {
  const { status, out, error } = promptscope(["report", file, "--format", format]);
  expect([status, error.replace(/^Plots and spec are written with --out FILE, beside it\.\n$/, "")]).toEqual([0, ""]);
  return out;
}

function rows(csv: string): Record<string, string>[] {
  const { data, errors } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  return data;
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "promptscope-report-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("a report of a saved run", () => {
  it("of a probe has its verdict, and lies beside its plot and its spec", () => {
    const run = at("probe.promptscope.jsonl");
    const asked = ["probe", "Orson Kovacs", "-n", "3", "--controls", "5", "--judge", "words", "-o", run];
    expect(promptscope(asked).status).toBe(0);
    const out = at("reports/kovacs.md");
    expect(promptscope(["report", run, "-o", out])).toMatchObject({ status: 0, error: "", out: "" });
    expect(readdirSync(at("reports")).sort()).toEqual(["kovacs-scores.svg", "kovacs-spec.json", "kovacs.md"]);
    const text = readFileSync(out, "utf8");
    expect(text).toMatch(/^# kovacs\n\n## Who is Orson Kovacs\?\n\n\*\*\w/);
    expect(text).toContain("![Scores of known and invented controls](kovacs-scores.svg)");
    expect(JSON.parse(readFileSync(at("reports/kovacs-spec.json"), "utf8"))).toMatchObject({ probed: "specimen-chat" });
    expect(rows(printed(run, "csv")).length).toBe(11 * 4);
    expect(JSON.parse(printed(run, "json"))).toMatchObject({ created: expect.any(String), ended: "done" });
    expect(printed(run, "table")).toMatch(/^\| Question \| verdict \|.*\n.*\n\| Who is Orson Kovacs\? \| /);
  });

  it("of an interrogation has its finding, its sections, and each answer with its surprisal", () => {
    writeFileSync(at("town.md"), "# Known\n\nJane Austen was a novelist.\n\n# Made up\n\nOrson Kovacs was a keeper.\n");
    const run = at("town.promptscope.jsonl");
    expect(promptscope(["interrogate", at("town.md"), "-n", "3", "-o", run]).status).toBe(0);
    const text = printed(run);
    expect(text).toMatch(/^# town\n\n\*\*It knows \d of 2 facts of this document; too few for a percentage:\*\* /);
    expect(text).toMatch(/\| town\.md \| Made up \| 1 \| 0 % \[0, \d+\] \| 0 \| 1 \| 0 \|/);
    expect(text).toMatch(
      /\| town\.md:7 \| Who was Orson Kovacs\? \| .* \| 0 of 3 \| \d\.\d\d \| teach “I don’t know” \|/,
    );
    const answers = rows(printed(run, "csv"));
    expect(answers.length).toBe(6);
    for (const { surprisal, tokens, mark } of answers) {
      expect(Number(surprisal)).toBeGreaterThan(0);
      expect(Number(tokens)).toBeGreaterThan(0);
      expect(mark).toMatch(/right|wrong|uninformative/);
    }
    const json = JSON.parse(printed(run, "json"));
    expect(json).toMatchObject({ whole: { questions: 2 }, finding: expect.stringMatching(/^It knows \d of 2 facts/) });
    expect(json.answers.length).toBe(6);
    expect(printed(run, "table")).toBe(promptscope(["interrogate", run]).out);
  });

  it("of suites has the grid and the first failure", () => {
    const run = at("edges.promptscope.jsonl");
    const asked = ["suites", "-s", "everyThird", "rawAndChat", "--size", "3", "-o", run];
    expect(promptscope(asked).status).toBe(0);
    const text = printed(run);
    expect(text).toMatch(/^# edges\n\n\*\*/);
    expect(text).toMatch(/\| Document or chat \(chat\) \| \d of 3 \|/);
    expect(text).toContain("### Every third letter");
    expect(rows(printed(run, "csv")).length).toBe(12);
    expect(JSON.parse(printed(run, "json")).grid.length).toBe(4);
    expect(text).toContain(printed(run, "table"));
  });

  it("of a comparison has the ranking once names are shown, and says before that they are not", async () => {
    const events = await compared();
    const blind = saveArena("blind.promptscope.jsonl", events);
    for (const format of ["markdown", "csv", "json", "table"]) {
      const { status, out, error } = promptscope(["report", blind, "--format", format]);
      expect([status, out]).toEqual([2, ""]);
      expect(error).toMatch(
        /blind\.promptscope\.jsonl has nothing to report yet: votes are told once their names are shown/,
      );
      expect(error).not.toMatch(/Plain|Polite/);
    }
    const report = events.reduce(arena.add, arena.start(spec));
    const match = report.matches[0]!;
    const [left, right] = (["left", "right"] as const).map((side) => answerOn(match, side).contestant);
    expect(new Set([left, right])).toEqual(new Set(["a", "b"]));
    const run = saveArena("votes.promptscope.jsonl", [...events, { type: "vote", match: match.id, choice: "left" }]);
    const names = { a: "Plain", b: "Polite" } as Record<string, string>;
    expect(printed(run)).toContain(`“${names[left!]}” preferred to “${names[right!]}”`);
    expect(rows(printed(run, "csv"))).toMatchObject([{ left: names[left!], choice: "left", blind: "true" }]);
    expect(printed(run, "table")).toContain(`| ${names[left!]} |`);
  });

  it("that nobody writes says which there are", () => {
    const file = at("other.promptscope.jsonl");
    writeFileSync(file, `${JSON.stringify({ promptscope: 1, kind: "explorer", version: 1, ...made, spec: {} })}\n`);
    const { status, error } = promptscope(["report", file]);
    expect(status).toBe(2);
    expect(error).toMatch(
      /is a run of the kind “explorer”: there are reports of reasoning, hallucination, interrogation, suites, arena/,
    );
  });

  it("is offered by --help as it is", () => {
    const { out, status } = promptscope(["report", "--help"]);
    expect(status).toBe(0);
    expect(out.replace(/\s+/g, " ")).toMatch(/a saved run of any experiment but the explorer: .*main table/);
  });
});
