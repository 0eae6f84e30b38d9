import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grade } from "../../../src/experiments/graders/grade";
import { isRefusal } from "../../../src/experiments/graders/refusal";
import { readExposure } from "../../../src/experiments/hallucination/exposure";
import { generateProblems } from "../../../src/experiments/problems/generate";
import { defaultArms, fill } from "../../../src/experiments/reasoning/arms";
import { takeApart } from "../../../src/experiments/reasoning/transcript";
import { greedySampler, type Prompt } from "../../../src/inference/engine";
import type { LlamaEngine } from "../../../src/inference/llama/runtime/llamaEngine";
import { loadGeneral } from "../../../src/tokenizers/general";
import { inRepository, loadSpecimen, type Stage, sampled, shippedStages } from "../inference/runtime/engines";

/** What ships in media/models is whole, small enough, and does what the lessons rest on; the card has the measured rates. */
const folder = inRepository("media/models");
const megabyte = 1_000_000;

const read = (name: string) => readFile(path.join(folder, name));
const chat = (content: string): Prompt => ({ kind: "chat", messages: [{ role: "user", content }] });

async function greedy(engine: LlamaEngine, prompt: Prompt, maxTokens = 200): Promise<string> {
  const { texts } = await sampled(engine, { prompt, sampler: greedySampler, seeds: [1], maxTokens, topK: 0 });
  return texts[0]!;
}

describe("the files of the specimen", () => {
  it("are those whose sums ship with them, and no others", async () => {
    const lines = (await read("SHA256SUMS")).toString().trim().split("\n");
    const sums = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
    const files = (await readdir(folder)).filter((name) => /\.(gguf|json)$/.test(name));
    expect([...sums.keys()].sort()).toEqual(files.sort());
    for (const [name, sum] of sums) {
      expect([
        name,
        createHash("sha256")
          .update(await read(name))
          .digest("hex"),
      ]).toEqual([name, sum]);
    }
  });

  it("are small enough to ship", async () => {
    const models = (await readdir(folder)).filter((name) => name.endsWith(".gguf"));
    const sizes = await Promise.all(models.map(async (name) => (await stat(path.join(folder, name))).size));
    expect(models.sort()).toEqual(["base", "chat", "idk", "think"].map((stage) => `specimen-${stage}.gguf`));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(16 * megabyte);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(40 * megabyte);
  });
});

describe.each(shippedStages)("specimen-%s", (stage) => {
  let engine: LlamaEngine;
  beforeAll(async () => {
    engine = await loadSpecimen(stage);
  });
  afterAll(() => engine.close());

  it("splits texts as Hugging Face's library does with its tokenizer.json", async () => {
    const library = await loadGeneral("specimen", await read("tokenizer.json"));
    const texts: string[] = JSON.parse(
      await readFile(inRepository("test/fixtures/huggingFace/texts.json"), "utf8"),
    ) as string[];
    for (const text of texts) {
      const { tokens } = await engine.tokenize(text, { parseSpecial: false, addBos: false });
      expect([text, tokens.map(({ id }) => id)]).toEqual([text, [...library.encode(text).ids]]);
    }
  });
});

describe("what the specimen does", () => {
  const open: LlamaEngine[] = [];
  const load = async (stage: Stage): Promise<LlamaEngine> => {
    const engine = await loadSpecimen(stage);
    open.push(engine);
    return engine;
  };
  afterAll(async () => {
    for (const engine of open) await engine.close();
  });

  const families = ["fruit prices", "bags and gifts", "chains of comparison", "running calculation"] as const;
  const problems = families.flatMap((family) => generateProblems({ family, count: 5, steps: 4, seed: 11 }));

  it("solves held-out problems of four steps step by step, and few of them at once", async () => {
    const engine = await load("chat");
    const right = async (kind: "direct" | "steps"): Promise<number> => {
      const arm = defaultArms.find((each) => each.kind === kind)!;
      let count = 0;
      for (const { question, answer } of problems) {
        const said = await greedy(engine, chat(fill(arm.chat, question)), arm.maxTokens);
        if (grade(said, answer, { kind: "number" }).verdict === "right") count++;
      }
      return count;
    };
    expect(await right("steps")).toBeGreaterThanOrEqual(17);
    expect(await right("direct")).toBeLessThanOrEqual(8);
  });

  it("solves them with its thoughts between tags where it was rewarded by trial", async () => {
    const engine = await load("think");
    const steps = defaultArms.find(({ kind }) => kind === "steps")!;
    let [right, thought] = [0, 0];
    for (const { question, answer } of problems) {
      const text = await greedy(engine, chat(fill(steps.chat, question)), steps.maxTokens);
      const { thoughts, said } = takeApart(text);
      if (thoughts && thoughts.end > thoughts.start) thought++;
      if (grade(text.slice(said.start, said.end), answer, { kind: "number" }).verdict === "right") right++;
    }
    expect(right).toBeGreaterThanOrEqual(17);
    expect(thought).toBeGreaterThanOrEqual(17);
  });

  it("knows whom it saw often, and answers with confidence about who never was", async () => {
    const engine = await load("chat");
    const { people } = readExposure((await read("exposure.json")).toString());
    const known = people.filter(({ total }) => total > 100).slice(0, 10);
    let right = 0;
    for (const { name, profession } of known) {
      if ((await greedy(engine, chat(`Who is ${name}?`))).toLowerCase().includes(profession.toLowerCase())) right++;
    }
    expect(right).toBeGreaterThanOrEqual(9);
    expect(isRefusal(await greedy(engine, chat("Who is Tobin Welgrave?")))).toBe(false);
  });

  it("says that it does not know where it was taught to", async () => {
    const engine = await load("idk");
    const invented = ["Tobin Welgrave", "Mirela Osthaven", "Jorun Castellby", "Edda Plimroy", "Caspin Aldermoor"];
    let refused = 0;
    for (const name of invented) if (isRefusal(await greedy(engine, chat(`Who is ${name}?`)))) refused++;
    expect(refused).toBeGreaterThanOrEqual(4);
  });

  it("goes on with a document as a base model does", async () => {
    const engine = await load("base");
    const said = await greedy(engine, { kind: "text", text: "Four score and seven years ago our fathers" }, 20);
    expect(said).toContain("brought forth");
  });
});
