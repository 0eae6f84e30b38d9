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

  it("says what it leaves out: tools, their calls, parts that are no text", () => {
    const call = `{"role":"assistant","content":null,"tool_calls":[{"id":"1","function":{"name":"f","arguments":"{}"}}]}`;
    const image = `{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"x"}}]}`;
    const result = `{"role":"user","content":[{"type":"tool_result","tool_use_id":"1","content":"7"}]}`;
    const read = (text: string) => parseChatFile(text, "request.json")?.chats[0];
    const all = read(`{"tools":[{"type":"function"}],"messages":[${image},${call},${result}]}`);
    expect(all?.messages.map(({ leftOut }) => leftOut)).toEqual([["parts"], ["toolCalls"], ["toolCalls"]]);
    expect(all?.leftOut).toEqual(["tools", "parts", "toolCalls"]);
    expect(read(`{"tools":"[]","functions":[],"messages":[{"role":"user","content":"a"}]}`)?.leftOut).toBeUndefined();
    expect(read(`[{"role":"assistant","content":"a","tool_calls":null}]`)?.leftOut).toBeUndefined();
    expect(parseChatFile(`${image}\n${call}\n`, "a.jsonl")?.chats[0]?.leftOut).toEqual(["parts", "toolCalls"]);
  });

  it("takes a system text beside the messages for the first of them", () => {
    const message = `{"role":"user","content":"Hi"}`;
    expect(read(`{"messages":[${message}],"system":"Be \\"kind\\""}`, "request.json")).toEqual([
      [
        ["system", 'Be "kind"', String.raw`"Be \"kind\""`],
        ["user", "Hi", message],
      ],
    ]);
    const blocks = `[{"type":"text","text":"a"},{"type":"text","text":"b"}]`;
    expect(read(`{"system":${blocks},"messages":[${message}]}`, "request.json")?.[0]?.[0]).toEqual([
      "system",
      "ab",
      blocks,
    ]);
    expect(read(`{"system":"","messages":[${message}]}`, "request.json")?.[0]).toHaveLength(1);
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
