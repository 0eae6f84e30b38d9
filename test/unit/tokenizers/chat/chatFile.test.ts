import { describe, expect, it } from "vitest";
import { parseChatFile } from "../../../../src/tokenizers/chat/chatFile";

/** Role, content and the text at the message's place. */
function read(text: string, name: string) {
  const file = parseChatFile(text, name);
  return file?.chats.map(({ messages }) =>
    messages.map(({ role, content, start, end }) => [role, content, text.slice(start, end)]),
  );
}

describe("parseChatFile", () => {
  it("reads a list of messages with their places", () => {
    const first = `{"role": "system", "content": "Say \\"hi\\" [now]"}`;
    const second = `{ "content": "Hello\\n", "role": "user" }`;
    expect(read(`[\n  ${first},\n  ${second}\n]\n`, "chat.json")).toEqual([
      [
        ["system", 'Say "hi" [now]', first],
        ["user", "Hello\n", second],
      ],
    ]);
  });

  it("reads an object with messages, and takes the text parts of lists", () => {
    const message = `{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url"},{"type":"text","text":"b"}]}`;
    const text = `{"model": "x", "messages": [${message}], "n": 1}`;
    expect(read(text, "request.json")).toEqual([[["user", "ab", message]]]);
    expect(parseChatFile(text, "request.json")?.chats[0]).toMatchObject({ start: 0, end: text.length });
  });

  it("reads ShareGPT and lists of chats", () => {
    const text = `[{"conversations":[{"from":"human","value":"Q"},{"from":"gpt","value":"A"}]},{"conversations":[{"from":"system","value":"S"}]}]`;
    expect(read(text, "data.json")?.map((chat) => chat.map(([role, content]) => [role, content]))).toEqual([
      [
        ["user", "Q"],
        ["assistant", "A"],
      ],
      [["system", "S"]],
    ]);
  });

  it("reads JSON Lines: a chat a line, or a message a line", () => {
    const line = `{"messages":[{"role":"user","content":"one"}]}`;
    expect(read(`${line}\n\n${line}\r\n`, "chats.jsonl")).toHaveLength(2);
    const messages = `{"role":"user","content":"one"}\n{"role":"assistant","content":null}\n`;
    expect(read(messages, "chat.jsonl")).toEqual([
      [
        ["user", "one", `{"role":"user","content":"one"}`],
        ["assistant", "", `{"role":"assistant","content":null}`],
      ],
    ]);
  });

  it("reads prompt files by their headings, without the front matter", () => {
    const text =
      "---\nname: x\nmodel:\n  api: chat\n---\nsystem:\nYou are terse.\n\nuser:\n# A heading\nsystem is no role here\n";
    expect(read(text, "basic.prompty")).toEqual([
      [
        ["system", "You are terse.", "system:\nYou are terse."],
        ["user", "# A heading\nsystem is no role here", "user:\n# A heading\nsystem is no role here"],
      ],
    ]);
    expect(read("---\nmode: agent\n---\nDo this.\n", "do.prompt.md")).toEqual([[["user", "Do this.", "Do this."]]]);
    expect(read("---\nmode: agent\n---\n", "empty.prompt.md")).toBeUndefined();
  });

  it("leaves everything else alone", () => {
    expect(parseChatFile(`{"name":"x","role":"admin"}`, "package.json")).toBeUndefined();
    expect(parseChatFile(`[{"role":"user","content":"half`, "chat.json")).toBeUndefined();
    expect(parseChatFile("[]", "a.json")).toBeUndefined();
    expect(parseChatFile(`[{"role":"user","content":5}]`, "a.json")).toBeUndefined();
    expect(parseChatFile(`{"role":"user","content":"x"}\nnot json`, "a.jsonl")).toBeUndefined();
    expect(parseChatFile("", "a.jsonl")).toBeUndefined();
    expect(parseChatFile("plain text", "notes.md")).toBeUndefined();
  });
});
