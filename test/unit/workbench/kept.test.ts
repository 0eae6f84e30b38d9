import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keptSampleFolder, sampleFolder } from "../../../scripts/workbench/sampleFolder.mjs";
import { writeSettings } from "../../../scripts/workbench/settings.mjs";

describe("the sample workspace of npm start", () => {
  const name = `unit-${process.pid}`;
  let folder: string;
  beforeAll(async () => {
    folder = (await keptSampleFolder(name)).folder;
  });
  afterAll(() => rmSync(path.dirname(folder), { recursive: true }));

  it("is a whole copy, and stays as it was left", async () => {
    expect(existsSync(path.join(folder, "prompts", "word-problems.md"))).toBe(true);
    expect(readdirSync(path.dirname(folder))).toEqual([path.basename(folder)]);
    writeFileSync(path.join(folder, "mine.promptscope.jsonl"), "a run");
    expect(await keptSampleFolder(name)).toEqual({ folder, made: false });
    expect(readFileSync(path.join(folder, "mine.promptscope.jsonl"), "utf8")).toBe("a run");
  });

  it("is new where that is asked for, as tests do", async () => {
    writeFileSync(path.join(folder, "mine.promptscope.jsonl"), "a run");
    expect(await sampleFolder(name)).toBe(folder);
    expect(existsSync(path.join(folder, "mine.promptscope.jsonl"))).toBe(false);
  });
});

describe("the settings of a workbench", () => {
  const quiet = { "telemetry.telemetryLevel": "off", "workbench.tips.enabled": false };
  let data: string;
  const file = (scope: string) => path.join(data, "data", scope, "settings.json");
  const read = (scope: string) => JSON.parse(readFileSync(file(scope), "utf8"));
  const write = (scope: string, text: string) => {
    mkdirSync(path.dirname(file(scope)), { recursive: true });
    writeFileSync(file(scope), text);
  };
  beforeAll(() => {
    data = mkdtempSync(path.join(tmpdir(), "promptscope-settings-"));
  });
  afterAll(() => rmSync(data, { recursive: true }));

  it("keep what a person set, where asked to, and get what is missing", async () => {
    write("User", '{"workbench.tips.enabled": true, "editor.fontSize": 20}');
    await writeSettings(data, quiet, { keep: true });
    expect(read("User")).toEqual({ ...quiet, "workbench.tips.enabled": true, "editor.fontSize": 20 });
    expect(read("Machine")).toEqual(quiet);
  });

  it("with comments are left as they are, and that is said", async () => {
    const text = '{\n  // larger\n  "editor.fontSize": 20\n}';
    write("User", text);
    const said: string[] = [];
    await writeSettings(data, quiet, { keep: true, say: (line) => said.push(line) });
    expect(readFileSync(file("User"), "utf8")).toBe(text);
    expect(said).toEqual([expect.stringContaining(file("User"))]);
  });

  it("are replaced otherwise", async () => {
    await writeSettings(data, quiet);
    expect([read("User"), read("Machine")]).toEqual([quiet, quiet]);
  });
});
