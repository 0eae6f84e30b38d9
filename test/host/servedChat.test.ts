import assert from "node:assert/strict";
import { CancellationTokenSource, extensions, type LanguageModelChat, LanguageModelChatMessage, lm } from "vscode";

/** Asks VS Code for the built-in model as any other extension would: through `vscode.lm`. */
describe("the built-in model in VS Code's chat", () => {
  let chat: LanguageModelChat;

  before(async () => {
    await extensions.getExtension("promptscope.promptscope")?.activate();
    const found = await lm.selectChatModels({ vendor: "promptscope" });
    const chosen = found.find(({ id }) => id.includes("specimen-chat"));
    assert.ok(chosen, `VS Code offers ${found.map(({ id }) => id).join(", ") || "none of ours"}`);
    chat = chosen;
  });

  async function ask(question: string, modelOptions: object, source = new CancellationTokenSource()): Promise<string> {
    const answer = await chat.sendRequest([LanguageModelChatMessage.User(question)], { modelOptions }, source.token);
    let text = "";
    for await (const piece of answer.text) text += piece;
    return text;
  }

  it("is offered with its context", () => {
    assert.equal(chat.vendor, "promptscope");
    assert.ok(chat.maxInputTokens > 100 && chat.maxInputTokens < 2_000);
  });

  it("answers, and the same seed gives the same answer", async () => {
    const question = "What is the capital of France?";
    assert.match(await ask(question, { temperature: 0 }), /Paris/);
    const hot = { temperature: 1.5, seed: 7, max_tokens: 20 };
    assert.equal(await ask(question, hot), await ask(question, hot));
  });

  it("counts tokens exactly: a message with what its template puts around it", async () => {
    const words = await chat.countTokens("What is the capital of France?");
    const message = await chat.countTokens(LanguageModelChatMessage.User("What is the capital of France?"));
    assert.ok(words > 5 && words < 20, `${words}`);
    assert.ok(message > words, `${message} tokens with the template, ${words} without`);
  });

  it("stops when it is cancelled", async () => {
    const source = new CancellationTokenSource();
    const answer = await chat.sendRequest(
      [LanguageModelChatMessage.User("Tell me a story.")],
      { modelOptions: { temperature: 2, max_tokens: 400 } },
      source.token,
    );
    const take = async (): Promise<void> => {
      for await (const _ of answer.text) source.cancel();
    };
    const start = Date.now();
    await take().catch((error: unknown) => assert.match(String(error), /[Cc]ancel|[Aa]bort/));
    assert.ok(Date.now() - start < 2_000);
  });
});
