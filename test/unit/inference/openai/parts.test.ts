import { describe, expect, it } from "vitest";
import { serverAddress } from "../../../../src/inference/openai/address";
import { merged } from "../../../../src/inference/openai/merged";
import { alignTokens, placeTokens, spellingOf, vocabularyBytes } from "../../../../src/inference/openai/placedTokens";
import { samplerBody } from "../../../../src/inference/openai/program";
import { retryAfter, retryTimes, waitBefore } from "../../../../src/inference/openai/retry";
import { distributionOf, givenTokens, tokenText, unknownTokenId } from "../../../../src/inference/openai/tokens";

const noId = (): undefined => undefined;

describe("an address", () => {
  it.each([
    ["localhost:8080", "http://localhost:8080/v1", "http://localhost:8080", "localhost:8080"],
    ["http://127.0.0.1:11434/v1/", "http://127.0.0.1:11434/v1", "http://127.0.0.1:11434", "127.0.0.1:11434"],
    ["api.example.com", "https://api.example.com/v1", "https://api.example.com", "api.example.com"],
    [
      "https://example.com/api/v1/chat/completions",
      "https://example.com/api/v1",
      "https://example.com/api",
      "example.com",
    ],
    ["https://example.com/openai?x=1#y", "https://example.com/openai", "https://example.com/openai", "example.com"],
  ])("%s is read as a person means it", (text, baseUrl, root, host) => {
    expect(serverAddress(text)).toMatchObject({ baseUrl, root, host });
  });

  it("warns of what can be read on the way", () => {
    expect(serverAddress("http://192.168.1.5:8000").readable).toBe(true);
    expect(serverAddress("http://localhost:8000").readable).toBe(false);
    expect(serverAddress("http://localhost.example.com").readable).toBe(true);
    expect(serverAddress("https://192.168.1.5").readable).toBe(false);
  });

  it.each(["ftp://x", "http://", "not an address", "https://me:secret@example.com"])("%s is refused", (text) => {
    expect(() => serverAddress(text)).toThrow(expect.objectContaining({ code: "badInput" }));
  });
});

describe("waiting before another try", () => {
  it("doubles, up to a most, half of it by chance", () => {
    const waits = [1, 2, 3, 6].map((attempt) => waitBefore(attempt, undefined, retryTimes, () => 0.5));
    expect(waits).toEqual([375, 750, 1_500, 6_000]);
    expect(waitBefore(1, undefined, retryTimes, () => 0)).toBe(250);
    expect(waitBefore(3, 1_234, retryTimes, () => 0)).toBe(1_234);
  });

  it("reads Retry-After in seconds and as a date", () => {
    const now = Date.parse("2026-01-01T00:00:00Z");
    expect(retryAfter("2", now)).toBe(2_000);
    expect(retryAfter("Thu, 01 Jan 2026 00:00:30 GMT", now)).toBe(30_000);
    expect(retryAfter("Wed, 31 Dec 2025 00:00:00 GMT", now)).toBe(0);
    expect(retryAfter("soon", now)).toBeUndefined();
    expect(retryAfter(null, now)).toBeUndefined();
  });
});

describe("tokens of an answer", () => {
  it("are read from columns, as text completions have them", () => {
    const choice = {
      logprobs: {
        tokens: [" é", "x"],
        token_logprobs: [-2.5, null],
        top_logprobs: [{ " the": -0.5, " a": -1, " é": -2.5 }, null],
      },
    };
    const [first, second] = givenTokens(choice, 2, noId) ?? [];
    expect(first).toMatchObject({ id: unknownTokenId, text: " é", logProb: -2.5 });
    // The sampled token was added to the two likeliest and is cut off again.
    expect(first?.top.map(({ text, logProb }) => [text, logProb])).toEqual([
      [" the", -0.5],
      [" a", -1],
    ]);
    expect(second).toMatchObject({ logProb: undefined, top: [] });
  });

  it("are read from lists, as chats have them, with bytes and ids", () => {
    const content = [
      {
        token: "\ufffd",
        logprob: -0.1,
        bytes: [0xc3],
        id: 7,
        top_logprobs: [{ token: "no", logprob: -9_999, bytes: null }],
      },
    ];
    expect(givenTokens({ logprobs: { content } }, 5, noId)).toEqual([
      { id: 7, text: "\ufffd", bytes: "c3", logProb: -0.1, top: [] },
    ]);
    expect(givenTokens({ logprobs: null }, 5, noId)).toBeUndefined();
  });

  it("get their ids from the tokenizer, by their bytes", () => {
    const idOf = (bytes: Uint8Array) => (bytes.length === 1 ? bytes[0] : undefined);
    expect(tokenText("a", undefined, undefined, idOf)).toEqual({ id: 97, text: "a" });
    expect(tokenText("bytes:\\xe2", undefined, undefined, idOf)).toEqual({ id: 0xe2, text: "\ufffd", bytes: "e2" });
    expect(tokenText("ab", undefined, 5, idOf).id).toBe(5);
    expect(tokenText("\ufeff", [0xef, 0xbb, 0xbf], 9, idOf)).toEqual({ id: 9, text: "\ufeff" });
  });
});

describe("a distribution of which the top is known", () => {
  it("has the rest as one bucket, and an entropy that is a lower bound", () => {
    const top = [0.5, 0.25].map((p, id) => ({ id, text: `${id}`, logProb: Math.log(p) }));
    const { entropy, tail } = distributionOf(top, false);
    expect(tail).toBeCloseTo(0.25);
    expect(entropy.nats).toBeCloseTo(0.5 * Math.log(2) + 2 * 0.25 * Math.log(4));
    expect(entropy.exact).toBe(false);
    expect(distributionOf([{ id: 0, text: "a", logProb: 0 }], false)).toMatchObject({ tail: 0, entropy: { nats: 0 } });
  });
});

describe("tokens in their places", () => {
  it("begin at the character they begin in, though they cut it", () => {
    const pieces = [[0x61], [0xc3], [0xa9, 0x62], [0xf0, 0x9f], [0x98], [0x80]];
    const { text, tokens } = placeTokens(pieces.map((bytes, id) => ({ id, bytes: Uint8Array.from(bytes) })));
    expect(text).toBe("aéb😀");
    expect(tokens.map(({ offset }) => offset)).toEqual([0, 1, 1, 3, 3, 3]);
    expect(tokens.map(({ bytes }) => bytes)).toEqual([undefined, "c3", "a962", "f09f", "98", "80"]);
  });

  it("are found in the text where only their texts are known", () => {
    const tokens = ["The", " caf", "", "\ufffd", " is", " is"].map((text) => ({ id: -1, text }));
    expect(alignTokens("The café is is", tokens).map(({ offset }) => offset)).toEqual([0, 3, 7, 7, 8, 11]);
  });

  it.each([
    [
      ["Ġa", "Ġb", "ĠÃ©"],
      ["Ġthe", "Ċ", "<|end|>"],
      [" the", "\n", "<|end|>"],
    ],
    // DeepSeek's begin token: a "▁" in a byte-level vocabulary.
    [
      ["Ġa", "Ġb", "ĠÃ©"],
      ["<｜begin▁of▁sentence｜>", "Stra", "Ã", "Ł", "e"],
      ["<｜begin▁of▁sentence｜>", "Stra", "�", "�", "e"],
    ],
    [
      ["▁a", "▁b", "▁é"],
      ["▁the", "<0x0A>", "é"],
      [" the", "\n", "é"],
    ],
    // Nothing in this text shows that it is SentencePiece's.
    [
      ["▁", "▁a", "▁b", "▁", "<0xC3>", "<0xA9>"],
      ["Stra", "ße"],
      ["Stra", "ße"],
    ],
    [
      [" a", " b", " é"],
      [" Stra", "ße"],
      [" Stra", "ße"],
    ],
  ])("are spelled as the vocabulary does that writes %j", (spaced, spellings, texts) => {
    const bytes = vocabularyBytes(spellings, spellingOf(spaced));
    expect(bytes.map((own) => new TextDecoder().decode(own))).toEqual(texts);
  });
});

describe("a sampler in the words of a program", () => {
  const sampler = { temperature: 0.7, topK: 0, topP: 0.9, minP: 0.05, repetitionPenalty: 1.1 };

  it("says neutral values too, since programs have other defaults", () => {
    expect(samplerBody(sampler, "vLLM", "h")).toEqual({
      temperature: 0.7,
      top_p: 0.9,
      top_k: -1,
      min_p: 0.05,
      repetition_penalty: 1.1,
    });
    expect(samplerBody(sampler, "llama.cpp", "h")).toMatchObject({ top_k: 0, repeat_penalty: 1.1, repeat_last_n: 64 });
  });

  it("refuses what would be left out in silence", () => {
    expect(() => samplerBody(sampler, "other", "api.example.com")).toThrow(
      /api\.example\.com is not known to take min-p/,
    );
    const plain = { ...sampler, minP: 0, repetitionPenalty: 1 };
    expect(samplerBody(plain, "other", "h")).toEqual({ temperature: 0.7, top_p: 0.9 });
    expect(() => samplerBody({ ...plain, topK: 5 }, "Ollama", "h")).toThrow(/top-k/);
  });
});

describe("several sources merged", () => {
  async function* items(values: readonly string[], ms: number, error?: Error): AsyncGenerator<string> {
    for (const value of values) {
      await new Promise((resolve) => setTimeout(resolve, ms));
      yield value;
    }
    if (error) throw error;
  }

  it("give everything, in the order of coming", async () => {
    const all: string[] = [];
    for await (const item of merged([items(["a", "b"], 10), items(["c"], 15), items([], 1)], () => undefined))
      all.push(item);
    expect(all).toEqual(["a", "c", "b"]);
  });

  it("end with the first error, after what had come", async () => {
    const stopped: unknown[] = [];
    const error = new Error("gone");
    const all: string[] = [];
    const run = async (): Promise<void> => {
      for await (const item of merged([items(["a"], 5, error), items(["b"], 1)], (reason) => stopped.push(reason)))
        all.push(item);
    };
    await expect(run()).rejects.toBe(error);
    expect(all).toEqual(["b", "a"]);
    expect(stopped).toEqual([error]);
  });
});
