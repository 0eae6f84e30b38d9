import { describe, expect, it } from "vitest";
import { Continuation } from "../../../../src/editor/continue/continuation";
import { continuationMarkdown, progressText } from "../../../../src/editor/continue/continueText";
import { piecesOf, wordLength } from "../../../../src/editor/continue/pieces";
import { promptAt, written } from "../../../../src/editor/continue/promptAt";
import type { SampledToken } from "../../../../src/inference/engine";

function token(text: string, bytes?: string): SampledToken {
  return {
    id: text.length,
    text,
    ...(bytes !== undefined && { bytes }),
    logProb: Math.log(0.5),
    sampledWith: 0.6,
    entropy: undefined,
    top: [{ id: 99, text: " pears", logProb: Math.log(0.25) }],
  };
}

const draw = { seed: 3, temperature: 0.8, maxTokens: 40 };
const thumb = ["F0", "9F 91", "8D"].map((bytes) => token("\ufffd", bytes));

function filled(...tokens: readonly SampledToken[]): Continuation {
  const continuation = new Continuation(draw);
  for (const each of tokens) continuation.add(each);
  return continuation;
}

describe("pieces", () => {
  it("are tokens, and tokens that share a character are one", () => {
    const pieces = piecesOf([token(" a"), ...thumb, token(" b")], false);
    expect(pieces.map(({ text, tokens }) => [text, tokens.length])).toEqual([
      [" a", 1],
      ["👍", 3],
      [" b", 1],
    ]);
    expect(pieces[1]?.logProb).toBeCloseTo(3 * Math.log(0.5));
  });

  it("hold a character back until it is whole, and give what never becomes one at the end", () => {
    expect(piecesOf([token("a"), ...thumb.slice(0, 2)], false).map(({ text }) => text)).toEqual(["a"]);
    expect(piecesOf([token("a"), ...thumb.slice(0, 2)], true).map(({ text }) => text)).toEqual(["a", "\ufffd"]);
    const broken = ["8D", "8D", "8D", "8D"].map((bytes) => token("\ufffd", bytes));
    expect(
      piecesOf([...broken, token("x")], false)
        .map(({ text }) => text)
        .at(-1),
    ).toBe("x");
  });

  it("leave out special tokens", () => {
    expect(piecesOf([token("a"), { ...token("<|im_end|>"), special: true }], true)).toHaveLength(1);
  });

  it("make words", () => {
    const words = (...texts: readonly string[]): number =>
      wordLength(
        piecesOf(
          texts.map((text) => token(text)),
          true,
        ),
      );
    expect(words(" pers", "imm", "ons", " in")).toBe(3);
    expect(words("\n", "Answer", ":", " 5")).toBe(3);
    expect(words("one")).toBe(1);
    expect(words("one\n", "two")).toBe(1);
    expect(words()).toBe(0);
  });
});

describe("a continuation", () => {
  it("is accepted by token, by word and as a whole", () => {
    const continuation = filled(token(" pers"), token("immons"), token(" in"), ...thumb, token("."));
    const next = (amount: "token" | "word" | "all"): string =>
      continuation
        .next(amount)
        .map(({ text }) => text)
        .join("");
    expect(next("token")).toBe(" pers");
    expect(next("token")).toBe(" pers");
    continuation.accept(1);
    expect(next("word")).toBe("immons");
    continuation.accept(1);
    continuation.add(token("!"));
    expect(next("all")).toBe(" in👍.!");
    continuation.accept(4);
    expect(continuation.spent).toBe(false);
    continuation.end("endToken");
    expect(continuation.spent).toBe(true);
    expect(next("token")).toBe("");
  });

  it("says where it is", () => {
    const continuation = filled(token(" a"), token(" b"));
    expect(progressText(continuation)).toBe("token 2 of 40 · seed 3 · T = 0.8 · next ·a 50 %");
    continuation.end("endToken");
    expect(progressText(continuation)).toMatch(/^2 tokens, ended · /);
    expect(progressText(new Continuation({ ...draw, temperature: 0 }))).toBe("token 0 of 40 · greedy");
    const markdown = continuationMarkdown(continuation, { given: 984, take: (text) => `command:take?${text.trim()}` });
    expect(markdown).toContain("50 %");
    expect(markdown).toContain("60 %");
    expect(markdown).toContain('<a href="command:take?pears">');
    expect(markdown).toContain("984 tokens");
  });
});

describe("the prompt at a cursor", () => {
  const messages = [
    { role: "user", content: 'How "many"?' },
    { role: "assistant", content: "Line\nFifty-five." },
  ];

  it("is the text before it, as it is", () => {
    expect(promptAt("One two three", "a.md", 7)).toEqual({
      role: "base",
      prompt: { kind: "text", text: "One two" },
      json: false,
    });
  });

  it("is the chat and the answer so far in an assistant's message, escapes undone", () => {
    const file = JSON.stringify(messages);
    const found = promptAt(file, "a.json", file.indexOf("-five"));
    expect(found).toEqual({
      role: "chat",
      json: true,
      prompt: { kind: "chat", messages: [messages[0]], addGenerationPrompt: true, answerStart: "Line\nFifty" },
    });
    expect(promptAt(file, "a.json", file.indexOf("many")).role).toBe("base");
    const empty = JSON.stringify([messages[0], { role: "assistant", content: "" }]);
    expect(promptAt(empty, "a.json", empty.length - 3).prompt).toEqual({
      kind: "chat",
      messages: [messages[0]],
      addGenerationPrompt: true,
    });
  });

  it("is a new answer behind the last message of a prompt file", () => {
    const file = "system:\nBe brief.\n\nuser:\nHow many?\n\nassistant:\n";
    expect(promptAt(file, "a.prompty", file.length).prompt).toMatchObject({
      kind: "chat",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "How many?" },
      ],
    });
    const begun = `${file}Five \n`;
    expect(promptAt(begun, "a.prompty", begun.length).prompt).toMatchObject({ answerStart: "Five \n" });
  });

  it("is written back as the file needs it", () => {
    expect(written('a "b"\n', true)).toBe('a \\"b\\"\\n');
    expect(written('a "b"\n', false)).toBe('a "b"\n');
  });
});
