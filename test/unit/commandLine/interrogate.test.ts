import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { promptscope } from "./promptscope";

let folder: string;
const at = (name: string): string => path.join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "promptscope-interrogate-"));
  writeFileSync(
    at("town.md"),
    "# Known\n\nJane Austen was a novelist. Mark Twain was a writer.\n\n# Made up\n\nOrson Kovacs was a lighthouse keeper.\n",
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("interrogate", () => {
  it("prints what is known by section, saves a run that is not asked again, and exports without overwriting", () => {
    const run = at("a.promptscope.jsonl");
    const first = promptscope(["interrogate", at("town.md"), "-n", "3", "-o", run, "--export", at("set")]);
    expect(first.status).toBe(0);
    expect(first.out).toMatch(/\| town\.md \| Known \| 2 \| \d+ % \[\d+, \d+\] \|/);
    expect(first.out).toMatch(/\| town\.md \| Made up \| 1 \| 0 % \[0, \d+\] \| 0 \| 1 \| 0 \|/);
    expect(readdirSync(at("set")).sort()).toEqual(["README.md", "train.jsonl", "train.provenance.jsonl"]);
    const refused = readFileSync(at("set/train.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).messages)
      .find(([user]) => user.content.includes("Orson Kovacs"));
    expect(refused[1].content).toMatch(/^I don’t know who Orson Kovacs was\.$/);

    const saved = readFileSync(run, "utf8");
    expect(saved).not.toContain(folder);
    const again = promptscope(["interrogate", run, "--export", at("set")]);
    expect([again.status, again.out]).toEqual([2, ""]);
    expect(again.error).toMatch(/README\.md, train\.jsonl, train\.provenance\.jsonl/);
    expect(promptscope(["interrogate", run, "--export", at("set"), "--force"]).status).toBe(0);
    expect(readFileSync(run, "utf8")).toBe(saved);
  });

  it.each([
    ["a data set that is there", "full", /Already in .*: train\.jsonl\. Give another folder, or --force/],
    ["a file", "full/train.jsonl", /train\.jsonl is no folder/],
  ])("refuses to export over %s before anything is asked", (_, folder, message) => {
    mkdirSync(at("full"), { recursive: true });
    writeFileSync(at("full/train.jsonl"), "mine\n");
    const run = at("unasked.promptscope.jsonl");
    const { status, error } = promptscope(["interrogate", at("town.md"), "-o", run, "--export", at(folder)]);
    expect(status).toBe(2);
    expect(error).toMatch(message);
    expect(existsSync(run)).toBe(false);
    expect(readFileSync(at("full/train.jsonl"), "utf8")).toBe("mine\n");
  });

  it("takes the texts of a folder and of those below it, and leaves out what is not one's own", () => {
    for (const name of ["notes/deep", "notes/node_modules"]) mkdirSync(at(name), { recursive: true });
    writeFileSync(at("notes/b.md"), "Jane Austen was a novelist.\n");
    writeFileSync(at("notes/deep/a.txt"), "Mark Twain was a writer.\n");
    for (const name of ["notes/code.ts", "notes/node_modules/c.md"])
      writeFileSync(at(name), "Isaac Newton was a poet.\n");
    const { status, out } = promptscope(["interrogate", at("notes"), "-n", "1"]);
    expect(status).toBe(0);
    expect(out).toMatch(/\| b\.md \| .*\n\| deep\/a\.txt \| /);
    expect(out).not.toMatch(/c\.md|code\.ts/);
  });

  it("asks facts as they are, and prints JSON", () => {
    writeFileSync(at("facts.jsonl"), '{"question":"What is the capital of Peru?","answer":"Lima"}\n');
    const { status, out } = promptscope(["interrogate", at("facts.jsonl"), "-n", "2", "--json"]);
    expect(status).toBe(0);
    expect(JSON.parse(out).whole).toMatchObject({ questions: 1, right: { trials: 2 } });
  });

  it.each([
    [["interrogate", "gone.md"], /There is no file gone\.md/],
    [["interrogate", "media/models/specimen-chat.gguf"], /is a binary file/],
    [["interrogate", "package.json", "-m", "nobody"], /There is no model “nobody”/],
  ] as const)("%j ends with 2 and says why", (parameters, message) => {
    const { status, error } = promptscope(parameters);
    expect(status).toBe(2);
    expect(error).toMatch(message);
    expect(error).not.toMatch(/\n\s+at /);
  });

  it.each([
    ["-n", "101"],
    ["-n", "0"],
    ["--questions", "0"],
    ["--seed", "99999999999"],
    ["--validation", "500"],
  ])("refuses %s %s before anything is asked: no run is written that cannot be opened", (option, value) => {
    const run = at("refused.promptscope.jsonl");
    const { status, error } = promptscope(["interrogate", at("town.md"), option, value, "-o", run]);
    expect(status).toBe(2);
    expect(error).toContain(value);
    expect(error).not.toMatch(/\n\s+at /);
    expect(existsSync(run)).toBe(false);
  });
});
