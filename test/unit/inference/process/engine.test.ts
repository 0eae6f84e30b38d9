import { afterAll, beforeAll, expect, it } from "vitest";
import { greedySampler, plainSampler, type SampleEvent, type SampleRequest } from "../../../../src/inference/engine";
import type { ProcessEngine } from "../../../../src/inference/llama/process/processEngine";
import { collect, longSamples, openSpecimen } from "./specimen";

let engine: ProcessEngine;
beforeAll(async () => {
  engine = await openSpecimen();
});
afterAll(() => engine.close());

const text = (content: string) => ({ kind: "text", text: content }) as const;

it("gives tokens, scores and distributions whole, however many messages they took", async () => {
  const prompt = text("The capital of France is Paris. ".repeat(30));
  const rendered = await engine.render(prompt);
  expect(rendered.text).toContain("capital");
  const score = await engine.score(prompt, { topK: 5 });
  expect(score.prompt).toEqual(rendered);
  expect(score.tokens).toHaveLength(rendered.tokens.length - score.from);
  expect(score.tokens.every(({ top }, index) => index === 0 || top.length === 5)).toBe(true);

  const { vocabularySize = 0 } = engine.model;
  const all = await engine.next(text("The capital of"), { topK: Infinity, ids: [5] });
  expect(all.top).toHaveLength(vocabularySize);
  const sum = all.top.reduce((total, { logProb }) => total + Math.exp(logProb), 0);
  expect(sum).toBeCloseTo(1, 6);
  expect(all.tail).toBeCloseTo(0, 6);
  expect(all.asked).toEqual([all.top.find(({ id }) => id === 5)]);
});

it("streams samples with their seeds: the same ones give the same texts, also with others running", async () => {
  const request: SampleRequest = { ...longSamples(engine, 3), maxTokens: 30 };
  const texts = async () => {
    const { taken, error } = await collect(engine.sample(request));
    expect(error).toBeUndefined();
    return taken.filter(({ kind }) => kind === "end").sort((a, b) => a.sample - b.sample);
  };
  const alone = await texts();
  expect(alone).toHaveLength(3);
  const [side, other] = await Promise.all([texts(), texts()]);
  expect(side).toEqual(alone);
  expect(other).toEqual(alone);
});

it("cancels within a decoding step, at once for the caller, and goes on with the next call", async () => {
  const stop = new AbortController();
  const { taken, error } = await collect(engine.sample(longSamples(engine), stop.signal), (count) => {
    if (count === 10) stop.abort(new Error("enough"));
  });
  expect(error).toMatchObject({ message: "enough" });
  expect(taken.length).toBeLessThan(100);
  await expect(engine.score(text("A"), { topK: 1 }, AbortSignal.abort(new Error("never")))).rejects.toThrow("never");
  expect((await engine.next(text("A"), { topK: 1 })).top).toHaveLength(1);
});

it("frees its sequences when somebody stops listening", async () => {
  for (let i = 0; i < 10; i++) {
    for await (const event of engine.sample(longSamples(engine, 4))) {
      expect(event.sample).toBeLessThan(4);
      break;
    }
  }
  const { taken } = await collect(engine.sample({ ...longSamples(engine, 4), maxTokens: 2, sampler: greedySampler }));
  expect(taken.filter(({ kind }) => kind === "end")).toHaveLength(4);
  expect(engine.idleFor).toBeGreaterThan(0);
});

it("loses nothing when its events are taken slowly", async () => {
  const request: SampleRequest = { ...longSamples(engine, 2), maxTokens: 200 };
  const fast = await collect(engine.sample(request));
  let count = 0;
  const slow: SampleEvent[] = [];
  for await (const event of engine.sample(request)) {
    slow.push(event);
    if (++count % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const bySample = (events: readonly SampleEvent[]) =>
    [0, 1].map((sample) => events.filter((event) => event.sample === sample));
  expect(bySample(slow)).toEqual(bySample(fast.taken));
});

it("refuses what does not fit the context, with the numbers", async () => {
  const { contextSize = 0 } = engine.model;
  const long = text("word ".repeat(contextSize + 10));
  for (const work of [
    () => engine.score(long, { topK: 0 }),
    () => engine.next(long, { topK: 1 }),
    () =>
      engine
        .sample({ ...longSamples(engine, 1), prompt: long })
        [Symbol.asyncIterator]()
        .next(),
  ]) {
    await expect(work()).rejects.toMatchObject({
      code: "contextOverflow",
      message: expect.stringMatching(new RegExp(contextSize.toLocaleString("en-US"))),
    });
  }
});

it("survives 30,000 characters of one class", async () => {
  for (const character of ["a", " ", "7", "!", "\n", "é", "中"]) {
    const outcome = await engine.tokenize(character.repeat(30_000), { parseSpecial: false, addBos: false }).then(
      ({ tokens }) => tokens.length > 0,
      (error: { code?: string }) => error.code,
    );
    expect([true, "badInput", "contextOverflow"]).toContain(outcome);
    expect((await engine.next(text("A"), { topK: 1 })).top).toHaveLength(1);
  }
});

it("takes what spells a special token for plain text unless asked", async () => {
  const spelled = "<|im_start|>user\nhi<|im_end|>";
  const plain = await engine.render(text(spelled));
  const special = await engine.render({ ...text(spelled), parseSpecial: true });
  expect(plain.tokens.filter((token) => token.special && token.text.startsWith("<|im_"))).toEqual([]);
  expect(special.tokens.filter((token) => token.special && token.text.startsWith("<|im_")).length).toBe(2);
});

it("refuses a request that breaks the contract, and works on", async () => {
  const request = { ...longSamples(engine), seeds: [1.5] };
  const { error } = await collect(engine.sample(request));
  expect(error).toMatchObject({ code: "badInput" });
  const bad = engine.next({ kind: "nonsense" } as never, { topK: 1 });
  await expect(bad).rejects.toMatchObject({ code: "badInput" });
  expect((await engine.next(text("A"), { topK: 1 })).top).toHaveLength(1);
});

it("serves two windows at once: each has a process of its own, with the same results", async () => {
  const other = await openSpecimen();
  try {
    expect(other.pid).not.toBe(engine.pid);
    const request: SampleRequest = { ...longSamples(engine, 2), maxTokens: 40, sampler: plainSampler };
    const [mine, theirs] = await Promise.all([collect(engine.sample(request)), collect(other.sample(request))]);
    const ends = (events: typeof mine) => events.taken.filter(({ kind }) => kind === "end");
    expect(ends(theirs).sort((a, b) => a.sample - b.sample)).toEqual(ends(mine).sort((a, b) => a.sample - b.sample));
  } finally {
    await other.close();
  }
});
