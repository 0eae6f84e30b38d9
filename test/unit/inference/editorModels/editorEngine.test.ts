import { describe, expect, it, vi } from "vitest";
import type { LanguageModelChat } from "vscode";
import { EditorEngine } from "../../../../src/inference/editorModels/editorEngine";
import { plainSampler, type SampleEvent } from "../../../../src/inference/engine";
import type { Log } from "../../../../src/platform/log";

vi.mock("vscode", async (original) => ({
  ...(await original<typeof import("../../vscode")>()),
  CancellationTokenSource: class {
    readonly token = {};
    cancel(): void {}
    dispose(): void {}
  },
  LanguageModelChatMessage: { User: (content: string) => content, Assistant: (content: string) => content },
  LanguageModelError: class extends Error {},
  LanguageModelTextPart: class {
    constructor(readonly value: string) {}
  },
}));

/** A fake chat model: answers in these pieces and counts as told. A real one is in test/host/servedEditor.test.ts. */
async function fakeChat(pieces: readonly string[], countTokens: () => Promise<number>): Promise<LanguageModelChat> {
  const { LanguageModelTextPart } = await import("vscode");
  async function* stream() {
    for (const piece of pieces) yield new LanguageModelTextPart(piece);
  }
  const facts = { id: "m", name: "M", vendor: "fake", version: "1", maxInputTokens: 100 };
  return { ...facts, countTokens, sendRequest: async () => ({ stream: stream() }) } as unknown as LanguageModelChat;
}

describe("VS Code's chat models as engines", () => {
  const prompt = { kind: "chat", messages: [{ role: "user", content: "Hi" }] } as const;
  const request = { prompt, seeds: [1], sampler: plainSampler, maxTokens: 100, topK: 0 };
  const error = vi.fn();
  const log = { error } as unknown as Log;

  async function end(engine: EditorEngine, signal?: AbortSignal): Promise<SampleEvent | undefined> {
    const events: SampleEvent[] = [];
    for await (const event of engine.sample(request, signal)) events.push(event);
    return events.at(-1);
  }

  it("give a finished answer though its tokens cannot be counted", async () => {
    const failure = new Error("no counting today");
    const engine = new EditorEngine(await fakeChat(["Par", "is", "."], () => Promise.reject(failure)), log);
    expect(await end(engine)).toMatchObject({ kind: "end", reason: "endToken", text: "Paris.", tokens: 3 });
    expect(error).toHaveBeenCalledExactlyOnceWith(expect.any(String), failure, { model: "editor:fake/m", pieces: 3 });
  });

  it("stop while counting when asked to", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const chat = await fakeChat(["Paris"], () => {
      controller.abort(reason);
      return Promise.reject(new Error("cancelled"));
    });
    await expect(end(new EditorEngine(chat, log), controller.signal)).rejects.toBe(reason);
  });
});
