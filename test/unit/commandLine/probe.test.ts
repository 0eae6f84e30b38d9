import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hallucination } from "../../../src/experiments/hallucination/hallucination";
import { readRun } from "../../../src/experiments/runFile";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "promptscope-probe-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function promptscope(...parameters: string[]) {
  const options = { encoding: "utf8", timeout: 60_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["dist/commandLine.cjs", ...parameters], options);
  return { status, out: stdout, error: stderr };
}

describe("probe", () => {
  const quick = ["-n", "3", "--controls", "5", "--judge", "words"];

  it("prints verdict, evidence and meanings, and saves a run that opens", () => {
    const out = path.join(folder, "a.promptscope.jsonl");
    const { status, out: text, error } = promptscope("probe", "Orson Kovacs", ...quick, "-o", out);
    expect([status, error]).toEqual([0, ""]);
    expect(text).toMatch(
      /^Who is Orson Kovacs\?\n(?:Guesses|Knows|Consistently wrong|Says it doesn’t know|Cannot tell here): /,
    );
    expect(text).toMatch(/semantic entropy, bits .*beyond \d of \d known and \d of 5 invented/);
    expect(text).toContain("From memory:");
    const run = readRun(readFileSync(out, "utf8"), hallucination);
    let read = run.next();
    while (!read.done) read = run.next();
    expect(read.value.events.at(-1)).toEqual({ type: "ended", reason: "done" });
    expect(read.value.events.filter(({ type }) => type === "answer").length).toBe(4 * read.value.spec.items.length);
    // The same again goes on from the file: nothing is asked twice, and it says the same.
    const lines = readFileSync(out, "utf8").split("\n").length;
    const again = promptscope("probe", "Orson Kovacs", ...quick, "-o", out);
    expect([again.status, again.error, again.out]).toEqual([0, "", text]);
    expect(readFileSync(out, "utf8").split("\n").length).toBe(lines + 1);
  });

  it("prints JSON, and cannot tell without controls", () => {
    const { status, out } = promptscope("probe", "why not?", "-n", "2", "--judge", "words", "--json");
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      question: "why not?",
      verdict: { verdict: expect.stringMatching(/cannotTell|saysItDoesNotKnow/) },
      scores: { semanticEntropy: expect.any(Number), tokens: expect.any(Number) },
    });
  });

  it.each([
    [["probe", " "], /nothing to ask/],
    [["probe", "x", "--kind", "planet"], /Allowed choices are person, place, element/],
    [["probe", "x", "-m", "nobody"], /There is no model “nobody”/],
    [["probe", "Ann Lee", "--controls", "20000"], /At most 10,000 names/],
  ] as const)("%j ends with 2 and says why", (parameters, message) => {
    const { status, error } = promptscope(...parameters);
    expect(status).toBe(2);
    expect(error).toMatch(message);
    expect(error).not.toMatch(/\n\s+at /);
  });
});

describe("calibrate", () => {
  it("prints tables by what the specimen has seen", () => {
    const { status, out } = promptscope("calibrate", "--each", "2", "-n", "2", "--judge", "words");
    expect(status).toBe(0);
    for (const bucket of ["0", "1–3", "4–20", "21+", "invented people"]) expect(out).toContain(`| ${bucket} | 2 |`);
    expect(out).toContain("Expected calibration error");
  });

  it("sets a model that refuses beside one that does not", () => {
    const quick = ["--each", "2", "-n", "1", "--judge", "words"];
    const { status, out } = promptscope("calibrate", "-m", "specimen-idk", "--against", "specimen-chat", ...quick);
    expect(status).toBe(0);
    expect(out.match(/^\| specimen-(?:chat|idk) \| [^|]+ \| 2 \|/gm)!.length).toBe(10);
  });
});
