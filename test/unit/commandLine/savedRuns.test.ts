import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { promptscope } from "./promptscope";

let folder: string;
let chat: string;
let gguf: string;

const spec = {
  experiment: "reasoning",
  questions: { generate: { family: "running calculation", count: 30, steps: 2, seed: 4 } },
  arms: ["direct", "steps"],
};

function file(name: string, content: unknown): string {
  const made = path.join(folder, name);
  writeFileSync(made, JSON.stringify(content));
  return made;
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "promptscope-runs-"));
  [chat, gguf] = ["chat", "gguf"].map((name) => path.join(folder, `${name}.promptscope.jsonl`)) as [string, string];
  const given = file("spec.json", spec);
  expect(promptscope(["run", given, "-o", chat])).toMatchObject({ status: 0 });
  expect(promptscope(["run", given, "-m", "media/models/specimen-base.gguf", "-o", gguf])).toMatchObject({ status: 0 });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe("a saved run", () => {
  it("of a file names its model as the editor does, and its answers count", () => {
    const [header, ...events] = readFileSync(gguf, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const id = `gguf:${path.resolve("media/models/specimen-base.gguf")}`;
    expect(header.spec.models).toEqual([id]);
    expect(header.spec.source).toEqual({ kind: "generated", sets: [spec.questions.generate] });
    expect(new Set(events.filter(({ type }) => type === "sample").map(({ model }) => model))).toEqual(new Set([id]));
    const { out } = promptscope(["report", gguf, "--format", "json"]);
    const { arms } = JSON.parse(out).summary;
    expect(arms.map(({ questions }: { questions: number }) => questions)).toEqual([30, 30]);
  });

  it("whose process was killed goes on to what it would have come to without", async () => {
    const out = path.join(folder, "killed.promptscope.jsonl");
    const given = path.join(folder, "spec.json");
    const running = spawn(process.execPath, ["dist/commandLine.cjs", "run", given, "-o", out], { stdio: "ignore" });
    const lines = () => (existsSync(out) ? readFileSync(out, "utf8").split("\n") : []);
    await expect.poll(() => lines().length, { interval: 10, timeout: 50_000 }).toBeGreaterThan(8);
    running.kill("SIGKILL");
    await once(running, "exit");
    const kept = lines();
    expect(kept.length).toBeLessThan(60);
    expect(promptscope(["run", given, "-o", out])).toMatchObject({ status: 0 });
    // The first line has the time it was begun; all else is the same, byte for byte.
    const whole = readFileSync(chat, "utf8").split("\n").slice(1);
    expect(lines().slice(1)).toEqual(whole);
    expect(whole.slice(0, kept.length - 2)).toEqual(kept.slice(1, -1));
  });

  it("is written as a report with its plots, and its spec asks the same again", () => {
    const out = path.join(folder, "reports", "sums.md");
    expect(promptscope(["report", chat, "-o", out]).status).toBe(0);
    expect(readdirSync(path.dirname(out)).sort()).toEqual(["sums-right.svg", "sums-spec.json", "sums.md"]);
    expect(readFileSync(out, "utf8")).toMatch(
      /^# sums\n\n\*\*Thinking helps here:\*\* \d+ % against \d+ % of 30 questions/,
    );
    const again = path.join(folder, "again.promptscope.jsonl");
    const asked = promptscope(["run", path.join(path.dirname(out), "sums-spec.json"), "-o", again]);
    expect(asked.status, asked.error).toBe(0);
    const answers = (name: string) => readFileSync(name, "utf8").split("\n").slice(1);
    expect(answers(again)).toEqual(answers(chat));
  });

  it("is a table of its answers on standard output", () => {
    const { out, status } = promptscope(["report", chat, "--format", "csv"]);
    expect(status).toBe(0);
    expect(out.split("\r\n").length).toBe(1 + 60 + 1);
    expect(out.split("\r\n")[0]).toMatch(/^model,arm,armName,question,/);
  });
});

describe("two saved runs", () => {
  it("are compared question by question", () => {
    const { out, status } = promptscope(["compare", chat, gguf]);
    expect(status).toBe(0);
    expect(out).toMatch(/steps, gguf:\S+ against specimen-chat: .* of 30 questions, .* exact McNemar p/);
    expect(out).toContain("30 questions in both, 0 only in the first, 0 only in the second.");
    expect(out).toMatch(/Changed: model/);
    const json = JSON.parse(promptscope(["compare", "--json", chat, chat]).out);
    expect(json.pairs.map(({ p }: { p: number }) => p)).toEqual([1, 1]);
  });

  it("end with 1 where the second is shown to have fewer right, when asked to", () => {
    const given = file("steps.json", { ...spec, arms: ["steps"] });
    const worse = file("direct.json", { ...spec, arms: ["direct"] });
    const [one, two] = ["steps", "direct"].map((name) => path.join(folder, `only-${name}.promptscope.jsonl`));
    promptscope(["run", given, "-o", one!]);
    promptscope(["run", worse, "-o", two!]);
    expect(promptscope(["compare", one!, two!]).status).toBe(0);
    const failed = promptscope(["compare", "--fail-on-drop", one!, two!]);
    expect(failed.status).toBe(1);
    expect(failed.error).toMatch(
      /^Fewer right in .*only-direct\.promptscope\.jsonl: direct against steps, specimen-chat\.$/m,
    );
    expect(promptscope(["compare", "--fail-on-drop", two!, one!]).status).toBe(0);
  });

  it("with nothing in common, or that are none, end with 2 and a reason", () => {
    const other = { ...spec, questions: [{ id: "1", text: "What is 2 + 3?", answer: "5" }] };
    const out = path.join(folder, "other.promptscope.jsonl");
    promptscope(["run", file("other.json", other), "-o", out]);
    expect(promptscope(["compare", chat, out])).toMatchObject({
      status: 2,
      error: expect.stringMatching(/no question in common/),
    });
    const none = promptscope(["compare", chat, file("none.json", spec)]);
    expect(none).toMatchObject({ status: 2, error: expect.stringMatching(/not the header of a Promptscope run/) });
    expect(promptscope(["report", path.join(folder, "nowhere")])).toMatchObject({ status: 2 });
  });
});

describe("a forecast", () => {
  it("says what a run would take, with ≈, and asks next to nothing", () => {
    const { status, out, error } = promptscope(["run", "--forecast", path.join(folder, "spec.json")]);
    expect(status).toBe(0);
    expect(out).toMatch(/^60 answers, ≈ [\d,]+ \([\d,]+ to [\d,]+\) tokens, ≈ \d+ \(\d+ to \d+\) seconds/);
    expect(error).toMatch(/rule of thumb/);
  });
});
