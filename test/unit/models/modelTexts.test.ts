import { expect, it } from "vitest";
import type { Capabilities } from "../../../src/inference/engine";
import type { DownloadStatus } from "../../../src/inference/library";
import { missing } from "../../../src/models/modelNeeds";
import type { ModelEntry, ModelRole, ModelState } from "../../../src/models/models";
import { defaultText, figures, shortDefaultText, stateText } from "../../../src/models/modelText";
import { contextSteps } from "../../../src/panels/modelDetails/fileOf";
import { downloadText, duration } from "../../../src/views/models/downloadText";
import { modelTree, nodeId } from "../../../src/views/models/modelNodes";

const notLoaded: ModelState = { kind: "notLoaded" };
const ready: ModelState = {
  kind: "ready",
  facts: {
    id: "a",
    name: "A",
    kind: "gguf",
    contextSize: 32_768,
    vocabularySize: 2048,
    hasChatTemplate: true,
    addsBos: true,
    build: "test",
    fingerprint: undefined,
  },
  running: { device: "CPU", memoryBytes: 3_000_000, tokensPerSecond: 812.4 },
};

function entry(state: ModelState, kind: ModelEntry["kind"] = "gguf", roles: ModelRole[] = ["base"]): ModelEntry {
  return { id: "a", name: "A", kind, description: "", roles, bytes: 3_300_000, location: "/a.gguf", state };
}

it("says state and figures of a model", () => {
  expect(figures(entry(notLoaded))).toEqual(["3.3 MB"]);
  expect(figures(entry(ready))).toEqual(["812 tokens/s", "3.3 MB", "32,768 tokens"]);
  expect(stateText(entry({ kind: "loading", progress: { fraction: 0.437, message: "" } }))).toBe("loading, 43 %");
  expect(stateText(entry({ kind: "loading", progress: { fraction: undefined, message: "" } }))).toBe("loading");
});

it("says what a model is the default for", () => {
  const none = () => "other";
  expect(defaultText("a", none)).toBeUndefined();
  expect(shortDefaultText("a", none)).toBeUndefined();
  const some = (role: ModelRole) => (role === "base" ? "other" : "a");
  expect(defaultText("a", some)).toBe("default for chat and judging");
  expect(shortDefaultText("a", some)).toBe("default: chat, judging");
  expect(defaultText("a", () => "a")).toBe("default for text, chat and judging");
});

it("gives the reason why a model cannot do what is needed, and none where nobody knows yet", () => {
  const can = { available: true } as const;
  const scores = { available: false, reason: "This server gives no log-probabilities." } as const;
  const capabilities = { score: scores, chat: can } as unknown as Capabilities;
  expect(missing(entry(ready), capabilities, "score")).toBe("This server gives no log-probabilities.");
  expect(missing(entry(ready), capabilities, "chat")).toBeUndefined();
  expect(missing(entry(ready), capabilities, undefined)).toBeUndefined();
  expect(missing(entry(notLoaded, "served"), undefined, "score")).toBeUndefined();
  expect(missing(entry(notLoaded, "editor"), undefined, "score")).toMatch(/no probabilities/);
  expect(missing(entry(notLoaded, "editor", ["chat"]), undefined, "sample")).toBeUndefined();
  expect(missing(entry(notLoaded), undefined, "chat")).toMatch(/no chat template/);
});

function download(change: Partial<DownloadStatus>): DownloadStatus {
  const file = { url: "https://hub.example/a", path: "maker/a/a.gguf", bytes: 200_000_000, sha256: undefined };
  return {
    id: "1",
    request: { name: "A Q8_0", files: [file] },
    state: "running",
    receivedBytes: 68_000_000,
    totalBytes: 200_000_000,
    bytesPerSecond: 8_200_000,
    secondsLeft: 16.1,
    verifiedBytes: 0,
    servedBy: undefined,
    note: undefined,
    error: undefined,
    paths: [],
    ...change,
  };
}

it("says how far a download is", () => {
  expect(downloadText(download({}))).toBe("34 % of 200.0 MB, 8.2 MB/s, 17 s left");
  expect(downloadText(download({ state: "paused" }))).toBe("paused, 34 % of 200.0 MB");
  expect(downloadText(download({ state: "verifying", verifiedBytes: 100_000_000 }))).toBe(
    "checking SHA-256, 50 % of 200.0 MB",
  );
  expect(downloadText(download({ totalBytes: undefined, bytesPerSecond: undefined, secondsLeft: undefined }))).toBe(
    "68.0 MB",
  );
  expect(downloadText(download({ state: "failed", error: { code: "diskFull", message: "The disk is full." } }))).toBe(
    "failed: The disk is full.",
  );
  expect([89, 100, 3599, 5400, 7500].map(duration)).toEqual(["89 s", "2 min", "60 min", "1 h 30 min", "2 h 5 min"]);
});

it("lists models by where they come from, then downloads that are not done; no empty groups, one id each", () => {
  const models = [
    entry(ready),
    { ...entry(notLoaded, "builtIn"), id: "b" },
    { ...entry(notLoaded, "editor"), id: "c" },
  ];
  const groups = modelTree(models, [download({}), download({ id: "2", state: "done" })], []);
  expect(groups.map(({ label, children }) => [label, children.length])).toEqual([
    ["Built in", 1],
    ["On this machine", 1],
    ["From VS Code", 1],
    ["Downloads", 1],
  ]);
  const ids = groups.flatMap((group) => [group, ...group.children]).map(nodeId);
  expect(new Set(ids).size).toBe(ids.length);
});

it("steps through contexts by doubling, and ends with what the model was trained for", () => {
  expect(contextSteps(512)).toEqual([256, 512]);
  expect(contextSteps(1024)).toEqual([256, 512, 1024]);
  expect(contextSteps(131_072)).toEqual([512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072]);
  expect(contextSteps(40_960).slice(-2)).toEqual([32_768, 40_960]);
  expect(contextSteps(50)).toEqual([50]);
});
