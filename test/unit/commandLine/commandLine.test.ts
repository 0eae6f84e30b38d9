import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shipped } from "../tokenizers/shipped";
import { promptscope } from "./promptscope";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "promptscope-command-line-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string | Uint8Array): string {
  const made = path.join(folder, name);
  writeFileSync(made, text);
  return made;
}

describe("count", () => {
  it("counts files as the extension does, and all together", async () => {
    const [one, two] = [file("one.md", "Tokens, not text."), file("two.md", "naïve 🙂\r\n")];
    const o200k = await shipped("o200k_base");
    const counts = [o200k.count("Tokens, not text."), o200k.count("naïve 🙂\r\n")];
    const { status, out } = promptscope(["count", one, two]);
    expect(status).toBe(0);
    expect(
      out
        .trim()
        .split("\n")
        .map((line) => Number(line.trim().split(" ")[0])),
    ).toEqual([...counts, counts[0]! + counts[1]!]);
    const json = JSON.parse(promptscope(["count", "--json", "-t", "gpt-4o", one]).out);
    expect(json).toMatchObject({ tokenizer: "o200k_base", estimate: null, total: counts[0] });
  });

  it("reads standard input, and exits with 1 above the budget", () => {
    expect(promptscope(["count", "-"], "hello world")).toMatchObject({ status: 0, out: "2  -\n" });
    const over = promptscope(["count", "--max", "1", "-"], "hello world");
    expect(over).toMatchObject({ status: 1, out: "2  -\n", error: "2 tokens are 1 more than 1.\n" });
    expect(promptscope(["count", "--max", "2", "-"], "hello world").status).toBe(0);
  });

  it.each([
    ["UTF-16, little endian", Buffer.from("\uFEFFhello world", "utf16le")],
    ["UTF-16, big endian", Buffer.from("\uFEFFhello world", "utf16le").swap16()],
    ["UTF-8 with a mark", Buffer.from("\uFEFFhello world")],
  ])("reads %s, as the budget does, from a file and from standard input", (name, bytes) => {
    expect(promptscope(["count", file(`${name}.txt`, bytes)])).toMatchObject({ status: 0, error: "" });
    expect(promptscope(["count", file(`${name}.txt`, bytes)]).out).toMatch(/^2 {2}/);
    expect(promptscope(["count", "-"], bytes)).toMatchObject({ status: 0, out: "2  -\n" });
  });

  it("refuses what is binary on standard input, too", () => {
    const bytes = Buffer.from([1, 0, 2]);
    expect(promptscope(["count", "-"], bytes)).toMatchObject({
      status: 2,
      error: "promptscope: Standard input is binary.\n",
    });
  });

  it("says that a count is an estimate where it is one", () => {
    expect(promptscope(["count", "-t", "claude-sonnet-4", "-"], "hello").error).toMatch(/^An estimate: /);
  });

  it.each([
    [["count", "nowhere.md"], /no file nowhere\.md/],
    [["count", "-t", "nonsense-9", "README.md"], /no tokenizer or model “nonsense-9”/],
    [["count", "--max", "many", "README.md"], /“many” is not a whole number/],
    [["count"], /missing required argument/],
    [["cuont", "README.md"], /unknown command/],
    [["count", "media/icons/promptscope.png"], /is a binary file/],
  ])("%j ends with 2 and a reason", (parameters, reason) => {
    const { status, out, error } = promptscope(parameters);
    expect(status).toBe(2);
    expect(out).toBe("");
    expect(error).toMatch(reason);
    expect(error).not.toMatch(/\n {4}at /);
  });
});

describe("what is typed wrong", () => {
  it.each([
    [["probe", "Ada Lovelace", "-n", "0"], /'-n, --samples <n>'.*“0” is not a whole number from 1 to 1000\./],
    [["calibrate", "-n", "0"], /--samples.*“0” is not a whole number/],
    [["calibrate", "--each", "0"], /--each.*“0” is not a whole number from 1 on\./],
    [["interrogate", "README.md", "--tokens", "0"], /--tokens.*“0” is not a whole number from 1 on\./],
    [["suites", "--temperature", "hot", "-s", "dots"], /sampler\.temperature: .*NaN/],
    [["score", "package.json", "-m", "http://127.0.0.1:9/v1#%zz"], /a % that begins no code/],
    [["probe", "Ada Lovelace", "-m", "http://127.0.0.1:9/v1#%zz"], /a % that begins no code/],
    // In an id of a saved run the name is the server's own: it is asked, not decoded again.
    [["score", "package.json", "-m", "served:http://127.0.0.1:9/v1#%zz"], /127\.0\.0\.1:9/],
  ])("%j ends with 2 and a reason, not with a stack", (parameters, reason) => {
    const { status, error } = promptscope(parameters);
    expect(status).toBe(2);
    expect(error).toMatch(reason);
    expect(error).not.toMatch(/\n\s+at /);
  });

  it("in a file is told with the file and the line", () => {
    const lines = file("two.jsonl", `{"text": "a"}\n{"text": 1}\n`);
    const questions = file("questions.jsonl", `{"question": "a"}\n{"question"\n`);
    const spec = file("asks.json", JSON.stringify({ experiment: "reasoning", questions: "questions.jsonl" }));
    for (const [parameters, named] of [
      [["suites", "-f", lines], lines],
      [["interrogate", questions], questions],
      [["run", spec], questions],
    ] as const) {
      const { status, error } = promptscope(parameters);
      expect(status).toBe(2);
      expect(error).toContain(`${named}: Line 2`);
    }
  });
});

describe("score", () => {
  const text = "Four score and seven years ago our fathers brought forth on this continent, a new nation";

  it("gives each token's log-probability, and sums that follow from them", () => {
    const made = JSON.parse(promptscope(["score", "--json", "--top", "3", "-"], text).out);
    const scored = made.tokens.filter(({ logProb }: { logProb?: number }) => logProb !== undefined);
    const nats = -scored.reduce((sum: number, { logProb }: { logProb: number }) => sum + logProb, 0);
    expect(made.perplexity).toBeCloseTo(Math.exp(nats / scored.length), 6);
    expect(made.bitsPerCharacter).toBeCloseTo(nats / Math.LN2 / text.length, 6);
    expect(
      made.tokens.map((token: { text: string; special?: boolean }) => (token.special ? "" : token.text)).join(""),
    ).toBe(text);
    for (const { top } of scored) expect(top.length).toBe(3);
  });

  it("prints the text as it is, tinted when asked to", () => {
    const { out, error } = promptscope(["score", "--color", "always", "-"], text);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are written with
    expect(out.replace(/\u001b\[[\d;]*m/g, "")).toBe(`${text}\n`);
    expect(out).toContain("\u001b[48;5;");
    expect(error).toMatch(/perplexity .* bits a character, \d+ tokens/);
  });

  it("lists tokens where nobody sees colours", () => {
    const lines = promptscope(["score", "-"], text).out.trimEnd().split("\n");
    expect(lines.slice(1).every((line) => /^ *\d+\.\d\d\t\d*\t".*"$/.test(line))).toBe(true);
  });

  it.each([
    [["score", "-"], "", /is empty/],
    [["score", "-m", "no.gguf", "-"], "a", /no file no\.gguf/],
    [["score", "-m", "gpt-9", "-"], "a", /no model “gpt-9”/],
    [["score", "-m", "http://127.0.0.1:9/v1", "-"], "a", /names no model/],
    [["score", "-m", "package.json.gguf", "-"], "a", /no file package\.json\.gguf/],
  ])("%j ends with 2 and a reason", (parameters, input, reason) => {
    const { status, error } = promptscope(parameters, input);
    expect(status).toBe(2);
    expect(error).toMatch(reason);
  });
});

describe("run", () => {
  const spec = {
    experiment: "reasoning",
    questions: { generate: { family: "running calculation", count: 8, steps: 2, seed: 4 } },
    expect: [{ arm: "steps", atLeast: 0.5 }],
  };

  it("runs a spec, saves it, and goes on with what was cut off", () => {
    const [given, out] = [file("spec.json", JSON.stringify(spec)), path.join(folder, "run.promptscope.jsonl")];
    const first = promptscope(["run", given, "--out", out]);
    expect(first.status, first.error).toBe(0);
    expect(first.out).toMatch(/specimen-chat {2}steps {3}\d+ % \[\d+, \d+\] +8 +8/);
    expect(first.out).toMatch(/steps against direct, specimen-chat: [+−][\d.]+ points \[.*\], p /);
    const whole = readFileSync(out, "utf8");
    writeFileSync(out, whole.slice(0, whole.length * 0.6));
    const second = promptscope(["run", given, "--out", out]);
    expect(second.out).toBe(first.out);
    expect(readFileSync(out, "utf8")).toBe(whole);
  });

  it("exits with 1 when what is expected does not hold, and says which", () => {
    const strict = { ...spec, expect: [{ arm: "direct", atLeast: 0.5, atMost: 0.4 }] };
    const { status, error } = promptscope(["run", file("strict.json", JSON.stringify(strict))]);
    expect(status).toBe(1);
    expect(error).toMatch(/Expected at (least 50|most 40) % of specimen-chat, direct; it is /);
  });

  it("gives base models worked examples, and texts a grader that fits", () => {
    const examples = { family: "running calculation", count: 2 };
    const few = { ...spec, model: "specimen-base", chat: false, examples };
    const out = path.join(folder, "few.promptscope.jsonl");
    expect(promptscope(["run", file("few.json", JSON.stringify(few)), "-o", out]).status).toBe(0);
    const header = () => JSON.parse(readFileSync(out, "utf8").split("\n")[0]!).spec;
    expect(header().arms[0].document.split("Question: ")).toHaveLength(4);
    expect(header().grader).toEqual({ kind: "number" });
    const capital = { ...spec, questions: [{ id: "1", text: "What is the capital of Hungary?", answer: "Budapest" }] };
    rmSync(out);
    const given = file("capital.json", JSON.stringify({ ...capital, arms: ["direct"], expect: [] }));
    expect(promptscope(["run", given, "-o", out]).status).toBe(0);
    expect(header().grader).toEqual({ kind: "text" });
    expect(header().arms[0].chat).toBe("{question} Just the answer.");
  });

  it("prints figures as JSON", () => {
    const small = {
      ...spec,
      questions: [{ id: "1", text: "What is 2 + 3?", answer: "5" }],
      arms: ["direct"],
      expect: [],
    };
    const { out } = promptscope(["run", "--json", file("small.json", JSON.stringify(small))]);
    expect(JSON.parse(out).arms[0]).toMatchObject({ arm: "direct", questions: 1, answers: 1 });
  });

  it.each([
    [{ ...spec, arms: ["steps", "guess"] }, /no arm “guess”/],
    [{ ...spec, arms: ["direct-no-thinking"], expect: [] }, /thinking of specimen-chat cannot be turned off/],
    [{ ...spec, samples: 0 }, /samples/],
    [{ ...spec, sampels: 3 }, /sampels/],
    [{ ...spec, questions: "nowhere.jsonl" }, /no file .*nowhere\.jsonl/],
    [{ ...spec, expect: [{ arm: "code", atLeast: 1 }] }, /expect names the arm “code”/],
    [{ ...spec, model: "specimen-none" }, /no model “specimen-none”/],
    [
      { ...spec, expect: [{ arm: "steps", model: "specimen-base", atLeast: 1 }] },
      /expect names the model “specimen-base”, which is not run: that is specimen-chat\./,
    ],
  ])("refuses a spec that is wrong: %#", (wrong, reason) => {
    const { status, error } = promptscope(["run", file("wrong.json", JSON.stringify(wrong))]);
    expect(status).toBe(2);
    expect(error).toMatch(reason);
  });

  it("refuses an expectation of a model that --model stands in place of", () => {
    const expected = {
      ...spec,
      model: "specimen-chat",
      expect: [{ arm: "steps", model: "specimen-chat", atLeast: 0 }],
    };
    const { status, error } = promptscope(["run", file("named.json", JSON.stringify(expected)), "-m", "specimen-base"]);
    expect(status).toBe(2);
    expect(error).toMatch(/expect names the model “specimen-chat”, which is not run: that is specimen-base\./);
  });

  it("makes the folder of a run, and says where it cannot", () => {
    const small = {
      ...spec,
      questions: [{ id: "1", text: "What is 2 + 3?", answer: "5" }],
      arms: ["direct"],
      expect: [],
    };
    const given = file("small.json", JSON.stringify(small));
    const out = path.join(folder, "new", "folder", "a.promptscope.jsonl");
    expect(promptscope(["run", given, "-o", out])).toMatchObject({ status: 0 });
    expect(readFileSync(out, "utf8")).toContain('"done"');
    const refused = promptscope(["run", given, "-o", path.join(given, "a.promptscope.jsonl")]);
    expect(refused.status).toBe(2);
    expect(refused.error).toMatch(/small\.json.* cannot be (written|read): /);
    expect(refused.error).not.toMatch(/\n\s+at /);
  });

  it("does not overwrite what is no run of the same spec", () => {
    const other = file("other.jsonl", "something else\n");
    const { status, error } = promptscope(["run", file("spec.json", JSON.stringify(spec)), "-o", other]);
    expect(status).toBe(2);
    expect(error).toMatch(/not the header of a Promptscope run/);
    expect(readFileSync(other, "utf8")).toBe("something else\n");
  });
});
