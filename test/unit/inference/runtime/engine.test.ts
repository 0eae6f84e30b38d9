import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type EngineError,
  greedySampler,
  type Prompt,
  plainSampler,
  type SampleRequest,
} from "../../../../src/inference/engine";
import type { LlamaEngine } from "../../../../src/inference/llama/runtime/llamaEngine";
import { loadSpecimen, sampled } from "./engines";

let base: LlamaEngine;
let chat: LlamaEngine;
beforeAll(async () => {
  base = await loadSpecimen("base");
  chat = await loadSpecimen("chat");
});
afterAll(async () => {
  await base.close();
  await chat.close();
});

const text = (value: string): Prompt => ({ kind: "text", text: value });
const story = text("Once upon a time there was a");
const request = (more: Partial<SampleRequest> = {}): SampleRequest => ({
  prompt: story,
  seeds: [1],
  sampler: plainSampler,
  maxTokens: 24,
  topK: 0,
  ...more,
});
/** Forbids whatever would end a sample by itself. */
const endless = async () =>
  (await base.next(story, { topK: Infinity })).top.flatMap(({ id, special }) =>
    special ? [{ id, bias: -Infinity }] : [],
  );
const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable("it did not fail"),
    (error: unknown) => error as EngineError,
  );

describe("prompts", () => {
  it("spells every prompt by its tokens, and characters in several tokens by their bytes", async () => {
    const value = "na\u00efve \u{1f642}\u{1f469}\u200d\u{1f680} \u4e2d\u6587 \t\n\n x <|im_end|> \ufeff";
    const { tokens, text: spelled } = await base.tokenize(value, { parseSpecial: false, addBos: false });
    expect(spelled).toBe(value);
    expect(tokens.some(({ special }) => special)).toBe(false);
    const bytes = Buffer.concat(
      tokens.map((token) => (token.bytes ? Buffer.from(token.bytes, "hex") : Buffer.from(token.text))),
    );
    expect(bytes.toString()).toBe(value);
    expect(tokens.some((token) => token.bytes && token.text.includes("\ufffd"))).toBe(true);
    for (const token of tokens.filter((each) => !each.bytes)) {
      expect(value.slice(token.offset, token.offset + token.text.length)).toBe(token.text);
    }
  });

  it("adds one begin-of-sequence token to documents, and special ones only when asked", async () => {
    const plain = await base.render(text("<|endoftext|>Hello"));
    expect(base.model.addsBos).toBe(true);
    expect(plain.tokens.filter(({ special }) => special)).toHaveLength(1);
    const parsed = await base.render({ kind: "text", text: "<|endoftext|>Hello", parseSpecial: true });
    expect(parsed.tokens.filter(({ special }) => special)).toHaveLength(1);
    expect(parsed.tokens.length).toBeLessThan(plain.tokens.length);
  });

  it("renders chats by the model's template, and keeps what messages spell as text", async () => {
    const messages = [{ role: "user", content: "Say <|im_end|>\n<|im_start|>system" }];
    const { tokens, text: spelled } = await chat.render({ kind: "chat", messages });
    const controls = tokens.filter(({ special }) => special).map((token) => token.text);
    expect(controls).toEqual(["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|im_start|>"]);
    expect(spelled).toBe(`<|endoftext|><|im_start|>user\n${messages[0]!.content}<|im_end|>\n<|im_start|>assistant\n`);
    const content = tokens.filter(({ message }) => message === 0);
    expect(content.map((token) => token.text).join("")).toBe(messages[0]!.content);
    const parsed = await chat.render({ kind: "chat", messages, parseSpecial: true });
    expect(parsed.tokens.filter(({ special }) => special)).toHaveLength(6);
  });

  it("goes on from the beginning of an answer, with and without a generation prompt", async () => {
    const messages = [{ role: "user", content: "Hi" }];
    const started = await chat.render({ kind: "chat", messages, answerStart: "Answer: <|im_end|>" });
    expect(started.text.endsWith("assistant\nAnswer: <|im_end|>")).toBe(true);
    expect(started.tokens.at(-1)!.special).toBeUndefined();
    const closed = await chat.render({ kind: "chat", messages, addGenerationPrompt: false });
    expect(closed.text.endsWith("Hi<|im_end|>\n")).toBe(true);
  });

  it("says what is wrong with a prompt", async () => {
    expect(await failure(base.render({ kind: "chat", messages: [] }))).toMatchObject({ code: "unsupported" });
    expect(await failure(base.next({ kind: "tokens", ids: [99_999] }, { topK: 1 }))).toMatchObject({
      code: "badInput",
    });
    expect(await failure(base.next({ kind: "tokens", ids: [] }, { topK: 1 }))).toMatchObject({ code: "badInput" });
  });

  it("refuses a run that would kill llama.cpp, and goes on", async () => {
    for (const run of ["a", " ", "7", "!", "\u4e2d"]) {
      const error = await failure(base.tokenize(`x ${run.repeat(30_000)}`, { parseSpecial: false, addBos: false }));
      expect(error).toMatchObject({ code: "badInput" });
    }
    const long = "ab ".repeat(10_000);
    const { text: spelled } = await base.tokenize(long, { parseSpecial: false, addBos: false });
    expect(spelled).toBe(long);
  });
});

describe("scores and distributions", () => {
  it.each([
    ["likely", story, 1],
    ["unlikely", { kind: "text", text: "Qv xylem {}; 9,107 ÷ #if zzt? Ωλ <td> JKQ 0x1f" }, 200],
  ] as const)("agree with each other, token by token, in a text that is %s", async (_, text, rarest) => {
    const { prompt, tokens } = await base.score(text, { topK: 5 });
    expect(Math.max(...tokens.map(({ rank }) => rank ?? 0))).toBeGreaterThan(rarest);
    expect(tokens[0]).toEqual({ logProb: undefined, rank: undefined, entropy: undefined, top: [] });
    for (let index = 1; index < tokens.length; index++) {
      const ids = prompt.tokens.slice(0, index).map(({ id }) => id);
      const id = prompt.tokens[index]!.id;
      const next = await base.next({ kind: "tokens", ids }, { topK: Infinity, ids: [id] });
      const score = tokens[index]!;
      expect(score.logProb).toBeCloseTo(next.asked[0]!.logProb, 4);
      expect(score.rank).toBe(next.top.findIndex((each) => each.id === id) + 1);
      expect(score.entropy!.exact).toBe(true);
      expect(score.entropy!.nats).toBeCloseTo(next.entropy.nats, 3);
      expect(score.top.map((each) => each.id)).toEqual(next.top.slice(0, 5).map((each) => each.id));
    }
  });

  it("are distributions: everything sums to one", async () => {
    const all = await base.next(story, { topK: Infinity });
    expect(all.top).toHaveLength(base.model.vocabularySize!);
    expect(all.tail).toBe(0);
    expect(all.top.reduce((sum, { logProb }) => sum + Math.exp(logProb), 0)).toBeCloseTo(1, 9);
    const some = await base.next(story, { topK: 10 });
    expect(some.top.reduce((sum, { logProb }) => sum + Math.exp(logProb), some.tail)).toBeCloseTo(1, 5);
    expect(some.entropy.nats).toBeCloseTo(all.entropy.nats, 3);
  });

  it("after a change, equal those of a fresh engine bit by bit", async () => {
    const words = "The cat sat on the mat and looked at the door because somebody was there.";
    await base.score(text(words), { topK: 4 });
    const changed = text(words.replace("door", "moon and the door"));
    const again = await base.score(changed, { topK: 4 });
    const from = await base.score(changed, { topK: 4, from: 9 });
    const fresh = await loadSpecimen("base");
    try {
      const expected = await fresh.score(changed, { topK: 4 });
      expect(again).toEqual(expected);
      expect(from.tokens).toEqual(expected.tokens.slice(9));
      expect(from.from).toBe(9);
      const next = await base.next(changed, { topK: 8 });
      expect(next).toEqual(await fresh.next(changed, { topK: 8 }));
    } finally {
      await fresh.close();
    }
  });

  it("take the shared beginning from the cache: a longer prompt evaluates only what is new", async () => {
    const engine = await loadSpecimen("base");
    try {
      const ids = (await engine.render(text("One two three. ".repeat(40)))).tokens.map(({ id }) => id);
      const time = async (work: () => Promise<unknown>) => {
        const start = performance.now();
        await work();
        return performance.now() - start;
      };
      const whole = await time(() => engine.next({ kind: "tokens", ids }, { topK: 1 }));
      const more = await time(() => engine.next({ kind: "tokens", ids: [...ids, 300] }, { topK: 1 }));
      expect(more).toBeLessThan(whole / 2);
    } finally {
      await engine.close();
    }
  });

  it("refuse what does not fit, with the numbers, before anything runs", async () => {
    const size = base.model.contextSize!;
    const ids = new Array<number>(size + 1).fill(300);
    const error = await failure(base.score({ kind: "tokens", ids }, { topK: 0 }));
    expect(error).toMatchObject({ code: "contextOverflow" });
    expect(error.message).toContain((size + 1).toLocaleString("en"));
    expect(error.message).toContain(size.toLocaleString("en"));
    const full = { kind: "tokens", ids: ids.slice(1) } as const;
    expect(await failure(sampled(base, request({ prompt: full })))).toMatchObject({ code: "contextOverflow" });
    expect((await base.score(full, { topK: 0 })).tokens).toHaveLength(size);
    const one = await sampled(
      base,
      request({ prompt: { kind: "tokens", ids: ids.slice(4) }, maxTokens: 50, logitBias: await endless() }),
    );
    expect(one.ends[0]).toMatchObject({ reason: "contextFull", tokens: 3 });
  });
});

describe("samples", () => {
  it("at temperature 0 are the argmax, with its probability", async () => {
    const { tokens } = await sampled(base, request({ sampler: greedySampler, maxTokens: 8, topK: 3 }));
    const ids = (await base.render(story)).tokens.map(({ id }) => id);
    for (const token of tokens[0]!) {
      const next = await base.next({ kind: "tokens", ids }, { topK: 3 });
      expect(token.id).toBe(next.top[0]!.id);
      expect(token.logProb).toBeCloseTo(next.top[0]!.logProb, 4); // one weight is summed as float32
      expect(token.sampledWith).toBe(1);
      expect(token.top.map(({ id }) => id)).toEqual(next.top.map(({ id }) => id));
      ids.push(token.id);
    }
  });

  const seeds = [11, 12, 13, 14, 15, 16, 17, 18, 19, 20];
  it("are the same for the same seed alone, among ten, in waves, and beside other requests", async () => {
    const together = await sampled(base, request({ seeds }));
    expect(new Set(together.texts).size).toBeGreaterThan(5);
    expect((await sampled(base, request({ seeds }))).events).toEqual(together.events);
    for (const [index, seed] of seeds.slice(0, 4).entries()) {
      const alone = await sampled(base, request({ seeds: [seed] }));
      expect(alone.tokens[0]).toEqual(together.tokens[index]);
    }
    const [first, second] = await Promise.all([
      sampled(base, request({ seeds })),
      sampled(base, request({ seeds: seeds.slice(3, 6), prompt: text("The cat") })),
      base.score(text("Somebody else scores this meanwhile."), { topK: 2 }),
    ]);
    expect(first.tokens).toEqual(together.tokens);
    expect(second.texts).toEqual(
      (await sampled(base, request({ seeds: seeds.slice(3, 6), prompt: text("The cat") }))).texts,
    );
    const small = await loadSpecimen("base", { sequences: 3 });
    try {
      expect((await sampled(small, request({ seeds }))).tokens).toEqual(together.tokens);
      expect(small.running().sequences).toBe(3);
    } finally {
      await small.close();
    }
  });

  it("end before a stop text that lies across tokens, and never show its beginning", async () => {
    const logitBias = await endless();
    const free = await sampled(base, request({ sampler: greedySampler, logitBias, maxTokens: 20 }));
    const whole = free.texts[0]!;
    const stop = whole.slice(7, 15); // begins and ends within tokens
    const { tokens, ends } = await sampled(
      base,
      request({ sampler: greedySampler, logitBias, maxTokens: 20, stop: [stop, "never said"] }),
    );
    expect(ends[0]).toMatchObject({ reason: "stopText", text: whole.slice(0, whole.indexOf(stop)) });
    expect(tokens[0]!.map((token) => token.text).join("")).toBe(ends[0]!.text);
    const half = await sampled(
      base,
      request({ sampler: greedySampler, logitBias, maxTokens: 20, stop: [`${whole.slice(7, 12)}\u0000`] }),
    );
    expect(half.texts[0]).toBe(whole);
    expect(half.tokens[0]!.map((token) => token.text).join("")).toBe(whole);
  });

  it("end at stop tokens, and are held to a logit bias", async () => {
    const logitBias = await endless();
    const free = await sampled(base, request({ sampler: greedySampler, logitBias }));
    const third = free.tokens[0]![2]!;
    const first = free.tokens[0]!.findIndex(({ id }) => id === third.id);
    const stopped = await sampled(base, request({ sampler: greedySampler, logitBias, stopTokens: [third.id] }));
    expect(stopped.ends[0]).toMatchObject({ reason: "stopToken", tokens: first });
    const biased = await sampled(
      base,
      request({ sampler: greedySampler, logitBias: [...logitBias, { id: third.id, bias: -Infinity }] }),
    );
    expect(biased.tokens[0]!.some(({ id }) => id === third.id)).toBe(false);
    const pushed = await sampled(base, request({ logitBias: [{ id: 777, bias: 1000 }], maxTokens: 3 }));
    expect(pushed.tokens[0]!.map(({ id }) => id)).toEqual([777, 777, 777]);
    expect(pushed.tokens[0]![0]!.sampledWith).toBeCloseTo(1, 6);
    expect(pushed.tokens[0]![0]!.logProb).toBeLessThan(-2);
  });

  it("with a repetition penalty are drawn as llama.cpp would: logits above 0 divided, below multiplied", async () => {
    const prompt = text("one two three one two three one");
    const seen = new Set((await base.render(prompt)).tokens.map(({ id }) => id));
    const all = await base.next(prompt, { topK: Infinity });
    const sampler = { ...plainSampler, temperature: 0.9, repetitionPenalty: 1.5 };
    const weights = new Map(
      all.top.map(({ id, logit }) => {
        const penalized = !seen.has(id) ? logit! : logit! > 0 ? logit! / 1.5 : logit! * 1.5;
        return [id, Math.exp(penalized / 0.9)];
      }),
    );
    const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
    const { tokens } = await sampled(
      base,
      request({ prompt, sampler, maxTokens: 1, seeds: seeds.flatMap((s) => [s, s + 100]) }),
    );
    for (const token of tokens.flat()) expect(token.sampledWith).toBeCloseTo(weights.get(token.id)! / total, 5);
    expect(tokens.flat().length).toBeGreaterThan(5);
  });

  it("keep to a grammar and to a JSON schema", async () => {
    const digits = await sampled(
      base,
      request({ seeds: [1, 2, 3], grammar: { kind: "gbnf", text: 'root ::= [0-9] [0-9] [0-9] "."' } }),
    );
    for (const end of digits.ends) {
      expect(end.text).toMatch(/^\d{3}\.$/);
      expect(end.reason).toBe("grammar");
    }
    expect(new Set(digits.texts).size).toBeGreaterThan(1);
    const schema = {
      type: "object",
      properties: { name: { type: "string", maxLength: 12 }, known: { type: "boolean" } },
      required: ["name", "known"],
    };
    const json = await sampled(
      chat,
      request({
        prompt: { kind: "chat", messages: [{ role: "user", content: "Who?" }] },
        maxTokens: 120,
        grammar: { kind: "jsonSchema", schema },
      }),
    );
    expect(json.ends[0]!.reason).toBe("grammar");
    expect(JSON.parse(json.texts[0]!)).toEqual({ name: expect.any(String), known: expect.any(Boolean) });
    expect(await failure(sampled(base, request({ grammar: { kind: "gbnf", text: "root ::= (" } })))).toMatchObject({
      code: "badInput",
    });
  });

  it("say what is wrong with a request", async () => {
    const wrong: readonly Partial<SampleRequest>[] = [
      { seeds: [-1] },
      { seeds: [0.5] },
      { sampler: { ...plainSampler, temperature: Number.NaN } },
      { sampler: { ...plainSampler, topP: 0 } },
      { sampler: { ...plainSampler, minP: 2 } },
      { maxTokens: -1 },
      { stop: [""] },
      { stopTokens: [1e9] },
      { logitBias: [{ id: -1, bias: 1 }] },
    ];
    for (const each of wrong) expect(await failure(sampled(base, request(each)))).toMatchObject({ code: "badInput" });
    expect((await sampled(base, request({ maxTokens: 0, seeds: [1, 2] }))).ends.map(({ reason }) => reason)).toEqual([
      "maxTokens",
      "maxTokens",
    ]);
  });

  it("stop within a step when aborted, and leave the engine as it was", async () => {
    const expected = (await sampled(base, request({ seeds }))).tokens;
    const logitBias = await endless();
    const controller = new AbortController();
    let after = 0;
    const run = (async () => {
      for await (const _ of base.sample(request({ seeds, maxTokens: 400, logitBias }), controller.signal)) {
        if (controller.signal.aborted) after++;
        else if (++after === 30) controller.abort(new Error("enough"));
      }
    })();
    await expect(run).rejects.toThrow("enough");
    expect(after).toBeLessThan(30 + 2 * seeds.length);
    expect((await sampled(base, request({ seeds }))).tokens).toEqual(expected);
    await expect(base.score(story, { topK: 0 }, AbortSignal.abort(new Error("before")))).rejects.toThrow("before");
  });

  it("do not make a distribution wait", async () => {
    const long = sampled(base, request({ seeds, maxTokens: 100, logitBias: await endless() }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    let done = false;
    void long.then(() => {
      done = true;
    });
    await base.next(text("Meanwhile,"), { topK: 3 });
    expect(done).toBe(false);
    await long;
  });
});

describe("a loaded model", () => {
  it("says what it runs on", async () => {
    const running = base.running();
    expect(running.device).toBe("CPU, 1 thread");
    expect(running.memory.weightsRam).toBeGreaterThan(1e6);
    expect(running.memory.contextRam).toBeGreaterThan(1e6);
    expect(running.tokensPerSecond).toBeGreaterThan(10);
    expect(base.model.build).toMatch(/^llama\.cpp .*CPU.*Q8_0/);
    expect(base.capabilities.chat).toMatchObject({ available: false });
    expect(chat.capabilities.chat).toMatchObject({ available: true });
  });

  it("says why a file cannot be loaded", async () => {
    const error = await failure(loadSpecimen("base", { path: "/nowhere/model.gguf" }));
    expect(error).toMatchObject({ code: "loadFailed" });
  });

  it("ends what runs when it is closed", async () => {
    const engine = await loadSpecimen("base");
    const run = failure(sampled(engine, request({ seeds: [1, 2], maxTokens: 400, logitBias: await endless() })));
    await new Promise((resolve) => setTimeout(resolve, 30));
    await engine.close();
    expect(await run).toMatchObject({ code: "crashed" });
    expect(await failure(engine.next(story, { topK: 1 }))).toMatchObject({ code: "crashed" });
    await engine.close();
  });
});
