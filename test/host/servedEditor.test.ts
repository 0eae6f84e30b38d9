import assert from "node:assert/strict";
import { extensions, type LanguageModelChat, lm } from "vscode";
import { EditorEngine } from "../../src/inference/editorModels/editorEngine";
import { greedySampler, plainSampler, type SampleEvent, type SampleRequest } from "../../src/inference/engine";

/** A chat model of VS Code's as an engine. The one there is here is our own, offered to VS Code: a real one all the same. */
describe("VS Code's chat models as engines", () => {
  let chat: LanguageModelChat;
  let engine: EditorEngine;
  const request: SampleRequest = {
    prompt: { kind: "chat", messages: [{ role: "user", content: "What is the capital of France?" }] },
    seeds: [1, 2, 3],
    sampler: greedySampler,
    maxTokens: 40,
    topK: 0,
  };

  before(async () => {
    await extensions.getExtension("promptscope.promptscope")?.activate();
    const found = await lm.selectChatModels({ vendor: "promptscope" });
    const chosen = found.find(({ id }) => id.includes("specimen-chat"));
    assert.ok(chosen);
    chat = chosen;
    engine = new EditorEngine(chat);
  });

  async function ends(changes: Partial<SampleRequest>): Promise<(SampleEvent & { kind: "end" })[]> {
    const found: (SampleEvent & { kind: "end" })[] = [];
    for await (const event of engine.sample({ ...request, ...changes }))
      if (event.kind === "end") found[event.sample] = event;
    return found;
  }

  it("sample as many answers as asked, counted in tokens", async () => {
    const answers = await ends({});
    assert.equal(answers.length, 3);
    for (const { text, tokens, reason } of answers) {
      assert.match(text, /Paris/);
      assert.equal(reason, "endToken");
      assert.equal(tokens, await chat.countTokens(text));
    }
  });

  it("end before a stop text, and at the most tokens", async () => {
    const [whole] = await ends({ seeds: [1] });
    const stop = whole?.text.slice(4, 7) ?? "";
    const [cut] = await ends({ seeds: [1], stop: [stop] });
    assert.equal(cut?.reason, "stopText");
    assert.equal(cut?.text, whole?.text.slice(0, whole.text.indexOf(stop)));
    const [short] = await ends({ seeds: [1], maxTokens: 2 });
    assert.equal(short?.reason, "maxTokens");
    assert.equal(short?.tokens, 2);
  });

  it("say what they cannot give", async () => {
    const { score, next, tokenize, seeds, completion } = engine.capabilities;
    for (const missing of [score, next, tokenize, seeds, completion]) assert.ok(!missing.available && missing.reason);
    await assert.rejects(engine.score(), { code: "unsupported" });
    await assert.rejects(ends({ prompt: { kind: "text", text: "Once" } }), /chats only/);
    await assert.rejects(ends({ sampler: { ...plainSampler, topK: 5 } }), /top-k/);
  });

  it("stop when asked to", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const run = async (): Promise<void> => {
      for await (const event of engine.sample(request, controller.signal))
        if (event.kind === "token") controller.abort(reason);
    };
    await assert.rejects(run(), reason);
  });
});
