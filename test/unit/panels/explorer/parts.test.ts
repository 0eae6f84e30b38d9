import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ExploredPrompt } from "../../../../src/experiments/explorer/data";
import type { ExplorerEvent } from "../../../../src/experiments/explorer/events";
import { addEvent, startReport } from "../../../../src/experiments/explorer/report";
import { readHeader } from "../../../../src/experiments/runFile";
import { EngineError, plainSampler } from "../../../../src/inference/engine";
import { changedParts } from "../../../../src/panels/explorer/changedParts";
import { RestingEvents } from "../../../../src/panels/explorer/restingEvents";
import { otherForm } from "../../../../src/panels/explorer/rivals";
import { RunRecord } from "../../../../src/panels/explorer/runRecord";
import { editableText, withText } from "../../../../src/panels/explorer/views";
import { problemOf } from "../../../../src/panels/runs/problems";

const model = {
  id: "m",
  name: "M",
  kind: "gguf",
  contextSize: null,
  vocabularySize: 3,
  hasChatTemplate: false,
  addsBos: false,
  build: "test",
  fingerprint: null,
} as const;
const text: ExploredPrompt = { as: "text", text: "Once", parseSpecial: false };
const chat: ExploredPrompt = {
  as: "chat",
  messages: [
    { role: "system", content: "Be brief." },
    { role: "user", content: "Who?" },
  ],
  answerStart: "It was",
  parseSpecial: false,
};
const spec = { model, prompt: text, sampler: plainSampler, seed: 1 };

describe("what the panel hears of", () => {
  const report = startReport(spec);
  const partsAfter = (event: ExplorerEvent) => changedParts(report, addEvent(report, event)).toSorted();
  const token = { id: 1, text: "a", logProb: -1, entropy: null };

  it("is what changed and nothing else", () => {
    expect(partsAfter({ type: "sampler", side: "own", sampler: { ...plainSampler, temperature: 0.5 } })).toEqual([
      "sampler",
    ]);
    expect(partsAfter({ type: "seed", seed: 9 })).toEqual(["coin"]);
    expect(partsAfter({ type: "go", node: 0 })).toEqual([]);
    const grown = {
      type: "grow",
      parent: 0,
      tokens: [token],
      origin: "taken",
      joined: false,
    } satisfies Partial<ExplorerEvent>;
    expect(partsAfter({ ...grown, move: false })).toEqual(["canUndo", "link", "tree"]);
    expect(partsAfter({ ...grown, move: true })).toEqual(["canUndo", "coin", "link", "outlook", "rival", "tree"]);
    expect(partsAfter({ type: "scores", side: "own", scores: [] })).toEqual(["prompt", "rival"]);
  });
});

describe("settings that slide", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("are recorded once they rest, or when something else is", () => {
    const recorded: ExplorerEvent[] = [];
    const resting = new RestingEvents((event) => recorded.push(event));
    for (const seed of [1, 2, 3]) resting.add("seed", { type: "seed", seed });
    resting.add("go", { type: "go", node: 4 });
    expect(recorded).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(recorded).toEqual([
      { type: "seed", seed: 3 },
      { type: "go", node: 4 },
    ]);
    resting.add("seed", { type: "seed", seed: 5 });
    resting.settle();
    vi.advanceTimersByTime(1_000);
    expect(recorded).toHaveLength(3);
  });
});

describe("the record of a run", () => {
  it("begins with its header, and tells what is added", () => {
    const added: [string, boolean][] = [];
    const record = new RunRecord("test 1", (piece, whole) => added.push([piece, whole]));
    record.begin(spec);
    record.append({ type: "seed", seed: 2 });
    expect(readHeader(record.text)).toMatchObject({ kind: "explorer", by: "test 1", spec });
    expect(added.map(([, whole]) => whole)).toEqual([true, false]);
    expect(added.map(([piece]) => piece).join("")).toBe(record.text);
  });
});

describe("prompts", () => {
  it("change their form and keep their text", () => {
    expect(otherForm(text)).toMatchObject({ as: "chat", messages: [{ role: "user", content: "Once" }] });
    expect(otherForm(chat)).toEqual({ as: "text", text: "Be brief.\n\nWho?\n\nIt was", parseSpecial: false });
    expect(editableText(otherForm(otherForm(text)))).toBe("Once");
  });

  it("are edited where a person speaks", () => {
    expect(editableText(chat)).toBe("Who?");
    const changed = withText(chat, "When?");
    expect(changed).toEqual({ ...chat, messages: [chat.messages[0], { role: "user", content: "When?" }] });
    expect(withText(text, "Twice")).toEqual({ ...text, text: "Twice" });
  });
});

describe("problems", () => {
  it("say what can be done", () => {
    expect(problemOf(new EngineError("crashed", "It ended.", "log"))).toEqual({
      kind: "error",
      message: "It ended.",
      details: "log",
      actions: ["restart", "pickModel"],
      model: null,
    });
    expect(problemOf(new EngineError("contextOverflow", "Too long.")).actions).toEqual([]);
    expect(problemOf("odd")).toMatchObject({ message: "odd", details: null });
  });
});
