import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { drained } from "../../../src/experiments/drained";
import { readRun } from "../../../src/experiments/runFile";
import { suites } from "../../../src/experiments/suites/suites";
import { promptscope } from "./promptscope";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "promptscope-suites-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

it("prints the grid of chosen suites and one of your own, and saves a run that opens and goes on", () => {
  const own = path.join(folder, "own.jsonl");
  writeFileSync(own, `${JSON.stringify({ text: "What is the capital of France?", reference: "Paris" })}\n`);
  const out = path.join(folder, "a.promptscope.jsonl");
  const asked = ["suites", "-s", "rawAndChat", "--size", "3", "-f", own, "-o", out];
  const first = promptscope(asked);
  expect([first.status, first.error]).toEqual([0, ""]);
  expect(first.out).toMatch(/^asked\s+specimen-chat\nDocument or chat \(document\)\s+\d of 3\n/);
  expect(first.out).toMatch(/^own\.jsonl\s+[01] of 1$/m);
  expect(first.out).toMatch(/^specimen-chat: Too few to tell: /m);
  const events = drained(readRun(readFileSync(out, "utf8"), suites)).events;
  expect(events.filter(({ type }) => type === "answer").length).toBe(10);
  const again = promptscope(asked);
  expect(again.out).toBe(first.out);
});

it("grades two files of one name by their own references, and refuses what it could not tell apart", () => {
  for (const [name, reference] of [
    ["a", "Paris"],
    ["b", "London"],
  ] as const) {
    mkdirSync(path.join(folder, name));
    const line = { text: "What is the capital of France?", reference };
    writeFileSync(path.join(folder, name, "x.suite.jsonl"), `${JSON.stringify(line)}\n`);
  }
  const files = ["a/x.suite.jsonl", "b/x.suite.jsonl"];
  const { status, out, error } = promptscope(["suites", "-f", ...files, "--json"], "", folder);
  expect([status, error]).toEqual([0, ""]);
  const [first, second] = JSON.parse(out);
  expect([first.suite, second.suite]).toEqual(files);
  expect(first.successes + second.successes).toBeLessThan(2);
  const elsewhere = promptscope(["suites", "-f", ...files.map((file) => path.join(folder, file))]);
  expect(elsewhere.status).toBe(2);
  expect(elsewhere.error).toMatch(/suites: two suites are called “x\.suite\.jsonl”/);
});

it("ends with 1 where a way has fewer right than asked for, and says which", () => {
  const { status, error, out } = promptscope([
    "suites",
    "-s",
    "everyThird",
    "--size",
    "4",
    "--at-least",
    "100",
    "--json",
  ]);
  expect(status).toBe(1);
  expect(error).toMatch(/^Expected at least 100 % of specimen-chat, Every third letter; it is \d+ %\.\n$/);
  expect(JSON.parse(out)).toEqual([
    expect.objectContaining({ suite: "Every third letter", way: "", cases: 4, trials: 4 }),
  ]);
});

it("ends with 1 where nothing, or not all, was answered: that shows nothing to be right", () => {
  const base = promptscope(["suites", "-m", "specimen-base", "-s", "everyThird", "--size", "2", "--at-least", "1"]);
  expect(base.status).toBe(1);
  expect(base.error).toMatch(
    /^Expected at least 1 % of specimen-base, Every third letter; 2 of 2 cases were not answered\.$/m,
  );
  const own = path.join(folder, "long.jsonl");
  const short = { text: "What is the capital of France?", reference: "Paris" };
  const unread = { text: "A text to be looked at.", variant: "free" };
  const lines = [short, { ...short, text: "What is it? ".repeat(5000) }, unread];
  writeFileSync(own, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const asked = ["suites", "-f", own, "--at-least", "0"];
  const partly = promptscope(asked);
  expect(partly.status).toBe(1);
  expect(partly.error).toMatch(/long\.jsonl; 1 of 2 cases were not answered\.\n$/);
  writeFileSync(own, [short, unread].map((line) => `${JSON.stringify(line)}\n`).join(""));
  expect(promptscope(asked)).toMatchObject({ status: 0, error: "" });
});

it.each([
  [["-s", "spelling"], /There is no suite “spelling”\. There are: letters, /],
  [["-f", "/nowhere.jsonl"], /There is no file/],
  [["-s", "dots", "-m", "nobody"], /There is no model “nobody”/],
  [["-s", "dots", "--at-least", "0.9"], /“0\.9” is a share\. Write percents: 90\./],
  [["-s", "dots", "--at-least", "101"], /“101” is not a whole number from 0 to 100/],
] as const)("%j ends with 2 and says why", (parameters, message) => {
  const { status, error } = promptscope(["suites", ...parameters]);
  expect(status).toBe(2);
  expect(error).toMatch(message);
});
