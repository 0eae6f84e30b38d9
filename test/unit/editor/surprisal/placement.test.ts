import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignTexts } from "../../../../src/editor/surprisal/alignment";
import { placeTokens } from "../../../../src/editor/surprisal/placement";
import { jsonString, messageStretches, plainStretch } from "../../../../src/editor/surprisal/stretches";
import { subjectsOf } from "../../../../src/editor/surprisal/subjects";
import { parseChatFile } from "../../../../src/tokenizers/chat/chatFile";
import { chatPromptOf, promptOf } from "./prompts";

const whole = { selection: undefined, visible: 0, maxUnits: 100_000 };

describe("places of tokens in a raw text", () => {
  it("are the tokens' own, after what the tokenizer puts first", () => {
    const places = placeTokens(promptOf("<s>", "One", " two", "\r\n", "three"), [plainStretch("One two\r\nthree", 10)]);
    expect(places.map(({ start, end, added }) => [start, end, added])).toEqual([
      [10, 10, "before"],
      [10, 13, undefined],
      [13, 17, undefined],
      [17, 19, undefined],
      [19, 24, undefined],
    ]);
  });

  it("leave out a space that the tokenizer put first, and keep one that the text begins with", () => {
    const added = placeTokens(promptOf("<s>", " One", " two"), [plainStretch("One two", 0)]);
    expect(added.slice(1).map(({ start, end }) => [start, end])).toEqual([
      [0, 3],
      [3, 7],
    ]);
    const own = placeTokens(promptOf("<s>", " One"), [plainStretch(" One", 0)]);
    expect(own[1]).toMatchObject({ start: 0, end: 4 });
  });

  it("cover a character together where tokens split it", () => {
    const prompt = promptOf("a", "👍", " b");
    const [a, thumb, b] = prompt.tokens;
    const split = { ...prompt, tokens: [a!, { ...thumb!, id: 90 }, { ...thumb!, id: 91 }, { ...thumb!, id: 92 }, b!] };
    const places = placeTokens(split, [plainStretch("a👍 b", 0)]);
    expect(places.map(({ start, end, sharing }) => [start, end, sharing])).toEqual([
      [0, 1, 1],
      [1, 3, 3],
      [1, 3, 0],
      [1, 3, 0],
      [3, 5, 1],
    ]);
  });

  it("keep a byte-order mark and a text that spells a special token", () => {
    const text = "\ufeff<s>x";
    const prompt = promptOf("<s>", "\ufeff", "<", "s", ">", "x");
    const places = placeTokens(prompt, [plainStretch(text, 0)]);
    expect(places.map(({ start, end }) => [start, end])).toEqual([
      [0, 0],
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
    ]);
  });

  it("follow texts that a tokenizer rewrites", () => {
    const source = "x\ud800y";
    const rendered = source.replace("\ud800", "\ufffd");
    expect([...alignTexts(rendered, source)]).toEqual([0, 1, 2, 3]);
    expect([...alignTexts("é!", "e\u0301!")]).toEqual([0, 2, 3]);
    expect([...alignTexts("abc", "abc")]).toEqual([0, 1, 2, 3]);
    expect([...alignTexts("abXXXX", "abcdefghijkl".repeat(20))].length).toBe(3);
  });
});

describe("places of tokens in chat files", () => {
  const messages = [
    { role: "system", content: 'Be "brief".\nNo\tlists.' },
    { role: "user", content: "Naïve café 👍 \u2028 user user" },
    { role: "assistant", content: "Yes." },
  ];

  it("are where the contents stand in the file, through escape sequences", async () => {
    const prompt = await chatPromptOf(messages);
    for (const file of [
      JSON.stringify({ messages }, null, 2),
      JSON.stringify(messages).replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`),
      JSON.stringify({ conversations: messages.map(({ role, content }) => ({ from: role, value: content })) }),
      JSON.stringify(messages.map(({ role, content }) => ({ role, content: [{ type: "text", text: content }] }))),
      JSON.stringify({ system: messages[0]?.content, messages: messages.slice(1) }),
      JSON.stringify({ messages: messages.slice(1), system: [{ type: "text", text: messages[0]?.content }] }),
    ]) {
      const [chat] = parseChatFile(file, "a.json")?.chats ?? [];
      const stretches = messageStretches(file, chat?.messages ?? []);
      expect(stretches.map(({ text, json }) => [text, json])).toEqual(messages.map(({ content }) => [content, true]));
      const places = placeTokens(prompt, stretches);
      for (const [index, token] of prompt.tokens.entries()) {
        const place = places[index]!;
        if (token.message === undefined) expect(place.added, token.text).toBeDefined();
        else expect(JSON.parse(`"${file.slice(place.start, place.end)}"`), token.text).toBe(token.text);
      }
    }
  });

  it("show the end of a message behind it and the beginning of the next before that", async () => {
    const file = JSON.stringify(messages);
    const stretches = messageStretches(file, parseChatFile(file, "a.json")?.chats[0]?.messages ?? []);
    const prompt = await chatPromptOf(messages);
    const places = placeTokens(prompt, stretches);
    const at = (index: number, side: string): string =>
      prompt.tokens
        .filter((_, token) => {
          const stretch = stretches[index]!;
          const place = places[token]!;
          const edge = side === "before" ? stretch.offsets[0] : stretch.offsets.at(-1);
          return place.added === side && place.start === edge;
        })
        .map(({ text }) => text)
        .join("");
    expect(at(0, "before")).toBe("<|im_start|>system\n");
    expect(at(0, "after")).toBe("<|im_end|>\n");
    expect(at(1, "before")).toBe("<|im_start|>user\n");
    expect(at(2, "after")).toBe("<|im_end|>\n");
  });

  it("are found in prompt files", () => {
    const file = "---\nmodel: x\n---\nsystem:\nBe brief.\n\nuser:\nHow many?\n";
    const [chat] = parseChatFile(file, "a.prompty")?.chats ?? [];
    const stretches = messageStretches(file, chat?.messages ?? []);
    expect(stretches.map(({ text, offsets }) => file.slice(offsets[0], offsets.at(-1)) === text)).toEqual([true, true]);
  });

  it("map every unit of any JSON string", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.boolean(), (text, escaped) => {
        const plain = JSON.stringify(text);
        const file = escaped
          ? plain.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)
          : plain;
        const { offsets } = jsonString(`  ${file}`, { start: 2, end: 2 + file.length });
        expect(offsets.length).toBe(text.length + 1);
        for (let index = 0; index < text.length; index++)
          if (JSON.parse(`"${`  ${file}`.slice(offsets[index], offsets[index + 1])}"`) !== text[index])
            expect.fail(`unit ${index} of ${file}`);
      }),
    );
  });
});

describe("subjects of a file", () => {
  it("are its chats, the one on the screen first", () => {
    const line = (text: string): string => JSON.stringify({ messages: [{ role: "user", content: text }] });
    const file = [line("one"), line("two"), line("three")].join("\n");
    const subjects = subjectsOf(file, { ...whole, fileName: "a.jsonl", visible: file.indexOf("two") });
    expect(subjects.map(({ prompt }) => prompt.kind === "chat" && prompt.messages[0]?.content)).toEqual([
      "two",
      "three",
      "one",
    ]);
  });

  it("are the raw text of anything else, and of a selection in a chat file", () => {
    expect(subjectsOf("# Hi", { ...whole, fileName: "a.md" })[0]).toMatchObject({ kind: "raw", key: "# Hi" });
    const file = '[{"role":"user","content":"one"}]';
    const [selected] = subjectsOf(file, { ...whole, fileName: "a.json", selection: { start: 2, end: 8 } });
    expect(selected).toMatchObject({ kind: "raw", key: '"role"', start: 2, end: 8 });
    expect(subjectsOf("", { ...whole, fileName: "a.md" })).toEqual([]);
  });

  it("cut long texts around the visible place, at line ends and never inside a character", () => {
    const text = "line of text\n".repeat(1000);
    const [subject] = subjectsOf(text, { ...whole, fileName: "a.md", visible: 6500, maxUnits: 1300 });
    expect(subject?.cut).toBe(true);
    expect(text[subject!.start - 1]).toBe("\n");
    expect(subject!.start).toBeLessThan(6500);
    expect(subject!.end).toBeGreaterThan(6500);
    const emoji = "👍".repeat(1000);
    const [cut] = subjectsOf(emoji, { ...whole, fileName: "a.md", visible: 1001, maxUnits: 101 });
    expect(emoji.slice(cut!.start, cut!.end)).not.toMatch(/\p{Cs}/u);
  });
});
