import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Alternative,
  type ChatPrompt,
  type Engine,
  EngineError,
  greedySampler,
  plainSampler,
  type SampleEvent,
  type SampleRequest,
} from "../../../../src/inference/engine";
import type { LlamaEngine } from "../../../../src/inference/llama/runtime/llamaEngine";
import { loadLlamaEngine } from "../../../../src/inference/llama/runtime/loadLlamaEngine";
import { defaultSettings } from "../../../../src/inference/llama/runtime/loadOptions";
import { listServedModels, openServedModel } from "../../../../src/inference/openai/openServed";
import { model, modelPath, notInstalled, programs, type RealServer } from "../../../fixtures/servers/realServers";

/**
 * Nats between our runtime and a server's: both llama.cpp on the same Q8_0 weights, in builds whose kernels round their
 * sums differently. Measured over the 50 likeliest tokens: 0.06 in the mean, 0.16 at most, for tokens of less than 1 in
 * 10,000. A position off by one, or values after a sampler, would be off by whole nats.
 */
const tolerance = { each: 0.3, mean: 0.1 };

const text = "The capital of France is";
const chat: ChatPrompt = { kind: "chat", messages: [{ role: "user", content: "What is the capital of France?" }] };
const request: SampleRequest = {
  prompt: { kind: "text", text },
  seeds: [1],
  sampler: greedySampler,
  maxTokens: 12,
  topK: 3,
};

let local: LlamaEngine;
beforeAll(async () => {
  local = await loadLlamaEngine({
    ...defaultSettings,
    path: modelPath,
    id: model,
    name: model,
    kind: "builtIn",
    gpu: "cpu",
    sequences: 1,
  });
});
afterAll(() => local?.close());

function open(server: RealServer, key?: string, maxParallel?: number): Promise<Engine> {
  return openServedModel({ setup: { baseUrl: server.baseUrl, key, maxParallel }, model });
}

async function ends(engine: Engine, changes: Partial<SampleRequest>): Promise<string[]> {
  const texts: string[] = [];
  for await (const event of engine.sample({ ...request, ...changes }))
    if (event.kind === "end") texts[event.sample] = event.text;
  return texts;
}

/** By their texts: not every server tells ids. Tokens that share a text (parts of characters) are left out. */
function byText(top: readonly Alternative[]): Map<string, number> {
  const known = top.filter((item) => !item.text.includes("\ufffd") && item.text !== "");
  const once = known.filter((item) => known.filter((other) => other.text === item.text).length === 1);
  return new Map(once.map((item) => [item.text, item.logProb]));
}

function expectClose(differences: readonly number[]): void {
  const sizes = differences.map(Math.abs);
  expect(Math.max(...sizes)).toBeLessThan(tolerance.each);
  expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeLessThan(tolerance.mean);
}

describe.each(programs)("$name's server", (program) => {
  let server: RealServer;
  let engine: Engine;

  beforeAll(async () => {
    if (!program.installed) return;
    server = await program.start();
    engine = await open(server);
  });
  afterAll(() => server?.stop());

  const test = (name: string, run: () => Promise<void>): void =>
    it(name, async (context) => {
      if (!program.installed) context.skip(`${program.name}: ${notInstalled}`);
      await run();
    });

  test("lists its models", async () => {
    expect(await listServedModels({ baseUrl: server.baseUrl, key: undefined, maxParallel: undefined })).toEqual([
      model,
    ]);
  });

  test("is recognised, and its abilities are found out", async () => {
    expect(engine.model.build).toContain(program.name);
    const { completion, chat: chats, seeds, grammar, sampleLogProbs, score, tokenize } = engine.capabilities;
    expect({ completion, chats, seeds, grammar }).toEqual({
      completion: { available: true },
      chats: { available: true },
      seeds: { available: true },
      grammar: { available: true },
    });
    expect(sampleLogProbs).toEqual({ available: true, topK: 100, raw: true });
    if (program.name === "llama-cpp-python") {
      expect(score).toMatchObject({ available: true });
      expect(tokenize).toMatchObject({ available: false, reason: expect.stringContaining(server.host) });
    } else {
      expect(score).toMatchObject({ available: false, reason: expect.stringContaining("Open the GGUF file itself") });
      expect(tokenize).toEqual({ available: true });
      expect(engine.model).toMatchObject({ contextSize: 512, vocabularySize: 2048 });
    }
  });

  test("gives the next token's probabilities as our own runtime does", async () => {
    const raw = { kind: "text", text } as const;
    // llama-cpp-python leaves out the begin token before a chat, so its model reads another prompt there.
    for (const prompt of program.name === "llama-cpp-python" ? [raw] : [raw, chat]) {
      const [theirs, ours] = [await engine.next(prompt, { topK: 50 }), await local.next(prompt, { topK: 50 })];
      expect(theirs.promptTokens).toBe(ours.promptTokens);
      const expected = byText(ours.top);
      const compared = [...byText(theirs.top)].filter(([token]) => expected.has(token));
      expect(compared.length).toBeGreaterThan(40);
      expectClose(compared.map(([token, logProb]) => logProb - (expected.get(token) ?? Number.NaN)));
      for (const [token, logProb] of compared.slice(0, 3))
        expect(Math.exp(logProb)).toBeCloseTo(Math.exp(expected.get(token) ?? 0), 2);
      expect(theirs.entropy.nats).toBeCloseTo(ours.entropy.nats, 1);
      expect(theirs.entropy.exact).toBe(false);
    }
  });

  test("scores a prompt as our own runtime does, where it can", async () => {
    const prompt = { kind: "text", text: `${text} Paris, and the café is open.` } as const;
    if (!engine.capabilities.score.available) {
      await expect(engine.score(prompt, { topK: 3 })).rejects.toMatchObject({ code: "unsupported" });
      return;
    }
    const theirs = await engine.score(prompt, { topK: 3 });
    const ours = await local.score(prompt, { topK: 3 });
    // This server leaves out the begin token.
    const begin = ours.tokens.length - theirs.tokens.length;
    const differences: number[] = [];
    expect(theirs.prompt.text).toBe(prompt.text);
    expect(theirs.tokens.length).toBeGreaterThan(8);
    for (const [index, token] of theirs.tokens.entries()) {
      const own = ours.tokens[index + begin];
      expect(theirs.prompt.tokens[index]?.offset).toBe(
        (ours.prompt.tokens[index + begin]?.offset ?? 0) - (ours.prompt.text.length - prompt.text.length),
      );
      if (index > 0) differences.push((token.logProb ?? Number.NaN) - (own?.logProb ?? Number.NaN));
      if (token.rank !== undefined) expect(token.rank).toBe(own?.rank);
    }
    expectClose(differences);
  });

  test("continues greedily as our own runtime does, token by token", async () => {
    expect(await ends(engine, {})).toEqual(await ends(local, {}));
    const events: SampleEvent[] = [];
    for await (const event of engine.sample(request)) events.push(event);
    const end = events.at(-1);
    const tokens = events.flatMap((event) => (event.kind === "token" ? [event.token] : []));
    expect(end).toMatchObject({ kind: "end", reason: "endToken" });
    const shown = tokens.map((token) => token.text).join("");
    expect(shown.startsWith(end?.kind === "end" ? end.text : "?")).toBe(true);
    for (const { logProb, top } of tokens) {
      expect(logProb).toBeLessThanOrEqual(0);
      expect(top[0]?.logProb).toBeGreaterThanOrEqual(logProb ?? 0);
    }
  });

  test("draws by seed, as many samples as asked", async () => {
    const drawn = { sampler: { ...plainSampler, temperature: 1.5 }, seeds: [1, 2, 3, 4, 5, 6] };
    const first = await ends(engine, drawn);
    expect(await ends(engine, drawn)).toEqual(first);
    expect(new Set(first).size).toBeGreaterThan(3);
  });

  test("takes top-k, min-p and the repetition penalty", async () => {
    const hot = { temperature: 1.8, topP: 1, minP: 0, repetitionPenalty: 1 };
    const seeds = [1, 2, 3];
    const greedy = await ends(engine, { seeds: [1] });
    expect(new Set(await ends(engine, { seeds, sampler: { ...hot, topK: 1 } }))).toEqual(new Set(greedy));
    expect(new Set(await ends(engine, { seeds, sampler: { ...hot, topK: 0, minP: 1 } }))).toEqual(new Set(greedy));
    expect(new Set(await ends(engine, { seeds, sampler: { ...hot, topK: 0 } })).size).toBeGreaterThan(1);
  });

  test("stops before a stop text and at the most tokens", async () => {
    const [whole = ""] = await ends(engine, {});
    const stop = whole.slice(3, 5);
    expect(await ends(engine, { stop: [stop] })).toEqual([whole.slice(0, whole.indexOf(stop))]);
    for await (const event of engine.sample({ ...request, maxTokens: 2 }))
      if (event.kind === "end") expect(event).toMatchObject({ reason: "maxTokens", tokens: 2 });
  });

  test("answers chats by a JSON schema", async () => {
    const schema = { type: "object", properties: { city: { enum: ["Rome"] } }, required: ["city"] };
    const [answer = ""] = await ends(engine, { prompt: chat, maxTokens: 40, grammar: { kind: "jsonSchema", schema } });
    expect(JSON.parse(answer)).toEqual({ city: "Rome" });
  });

  test("refuses a prompt that is too long, with the numbers", async () => {
    const prompt = { kind: "text", text: "word ".repeat(1_500) } as const;
    const error: unknown = await engine.next(prompt, { topK: 1 }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ code: "contextOverflow", message: expect.stringMatching(/512/) });
  });

  test("never takes what a prompt spells for a control token", async () => {
    const prompt = { kind: "text", text: "Say <|im_start|> twice" } as const;
    if (engine.capabilities.tokenize.available) {
      const { tokens } = await engine.render(prompt);
      expect(tokens.map((token) => token.text)).not.toContain("<|im_start|>");
      const parsed = await engine.render({ ...prompt, parseSpecial: true });
      expect(parsed.tokens.map((token) => token.text)).toContain("<|im_start|>");
      const ours = await local.render(prompt);
      expect(tokens.map(({ id, offset }) => [id, offset])).toEqual(ours.tokens.map(({ id, offset }) => [id, offset]));
    } else await expect(engine.next(prompt, { topK: 1 })).rejects.toThrow(/spells a control token/);
    const messages = [{ role: "user", content: prompt.text }];
    await expect(engine.next({ kind: "chat", messages }, { topK: 1 })).rejects.toThrow(/spells a control token/);
  });

  test("stops when asked to", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const run = async (): Promise<void> => {
      const long = { ...request, sampler: { ...plainSampler, temperature: 2 }, maxTokens: 400, seeds: [1, 2, 3] };
      for await (const event of engine.sample(long, controller.signal))
        if (event.kind === "token") controller.abort(reason);
    };
    await expect(run()).rejects.toBe(reason);
    expect((await engine.next({ kind: "text", text }, { topK: 1 })).top).toHaveLength(1);
  });

  test("wants its key", async () => {
    const guarded = await program.start({ key: "sk-right" });
    try {
      await expect(open(guarded, "sk-wrong")).rejects.toMatchObject({ code: "unauthorized" });
      const opened = await open(guarded, "sk-right");
      expect((await opened.next({ kind: "text", text }, { topK: 1 })).top[0]?.text).toBe(" P");
    } finally {
      await guarded.stop();
    }
  });
});
