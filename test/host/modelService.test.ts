import assert from "node:assert/strict";
import { ConfigurationTarget, type Disposable, workspace } from "vscode";
import { EngineError } from "../../src/inference/engine";
import { ProcessEngine } from "../../src/inference/llama/process/processEngine";
import type { ModelCrash, ModelService } from "../../src/models/modelService";
import type { ModelState } from "../../src/models/models";
import { builtInModels } from "./builtInModels";
import { silent } from "./quiet";

const chat = { kind: "chat", messages: [{ role: "user", content: "What is 2 + 3?" }] } as const;
const sampler = { temperature: 1, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1 };

/** The service over the real source, the real processes and the real specimen. */
describe("model service", () => {
  const made: Disposable[] = [];
  let service: ModelService;
  let states: ModelState[];
  let crashes: ModelCrash[];

  beforeEach(() => {
    service = builtInModels(silent);
    states = [];
    crashes = [];
    made.push(service);
    made.push(service.onDidChange(() => states.push(state("specimen-chat"))));
    made.push(service.onDidCrash((crash) => crashes.push(crash)));
  });

  afterEach(async () => {
    for (const { id } of service.list()) await service.unload(id);
    for (const item of made.splice(0).reverse()) item.dispose();
    await change("promptscope.models.judge", undefined);
  });

  const change = (id: string, value: unknown) =>
    workspace.getConfiguration().update(id, value, ConfigurationTarget.Global);
  const state = (id: string): ModelState => {
    const entry = service.get(id);
    assert.ok(entry);
    return entry.state;
  };
  const pidOf = (engine: unknown): number => {
    assert.ok(engine instanceof ProcessEngine && engine.pid !== undefined);
    return engine.pid;
  };

  it("loads once for all who ask, and says so step by step", async () => {
    assert.equal(state("specimen-chat").kind, "notLoaded");
    assert.equal(service.capabilities("specimen-chat"), undefined);
    const [one, other] = await Promise.all([service.engine("specimen-chat"), service.engine("specimen-chat")]);
    assert.equal(one, other);
    assert.equal(await service.engine("specimen-chat"), one);
    const kinds = states.map(({ kind }) => kind).filter((kind, i, all) => kind !== all[i - 1]);
    assert.deepEqual(kinds, ["loading", "ready"]);
    assert.equal(service.capabilities("specimen-chat")?.score.available, true);
    const ready = state("specimen-chat");
    assert.ok(ready.kind === "ready" && ready.facts.contextSize === one.model.contextSize);
  });

  it("shows the speed once something was sampled", async () => {
    const engine = await service.engine("specimen-chat");
    // Of fewer than eight tokens no speed is told.
    const request = { prompt: chat, seeds: [1, 2, 3, 4, 5, 6], sampler, maxTokens: 32, topK: 0 };
    for await (const event of engine.sample(request)) assert.ok(event);
    await eventually(() => {
      const now = state("specimen-chat");
      return now.kind === "ready" && (now.running.tokensPerSecond ?? 0) > 0;
    });
  });

  it("tells of a killed process once, keeps the reason, and loads anew", async () => {
    const first = await service.engine("specimen-chat");
    const pid = pidOf(first);
    process.kill(pid, "SIGKILL");
    await eventually(() => state("specimen-chat").kind === "failed");
    const failed = state("specimen-chat");
    assert.ok(failed.kind === "failed" && /Specimen/.test(failed.message), JSON.stringify(failed));
    assert.equal(crashes.length, 1);
    assert.equal(crashes[0]?.entry.id, "specimen-chat");
    const second = await service.engine("specimen-chat");
    assert.notEqual(pidOf(second), pid);
    const { top } = await second.next(chat, { topK: 1 });
    assert.equal(top.length, 1);
    assert.equal(crashes.length, 1);
  });

  it("unloads, and the process is gone", async () => {
    const pid = pidOf(await service.engine("specimen-base"));
    await service.unload("specimen-base");
    assert.equal(state("specimen-base").kind, "notLoaded");
    await eventually(() => !isAlive(pid));
  });

  it("ends a loading when the last who waits has gone", async () => {
    const stop = new AbortController();
    const waiting = service.engine("specimen-base", { signal: stop.signal });
    stop.abort(new Error("left"));
    await assert.rejects(waiting, /left/);
    await eventually(() => state("specimen-base").kind === "notLoaded");
    assert.ok(await service.engine("specimen-base"));
  });

  it("refuses what is not in the list, with a way on", async () => {
    await assert.rejects(
      service.engine("gguf:/nowhere.gguf"),
      (error) => error instanceof EngineError && error.code === "badInput" && /Models view/.test(error.message),
    );
  });

  it("has the built-in models as defaults, and keeps another choice in the settings", async () => {
    assert.deepEqual(
      (["base", "chat", "judge"] as const).map((role) => service.defaultFor(role)),
      ["specimen-base", "specimen-chat", "specimen-chat"],
    );
    await service.setDefault("judge", "specimen-idk");
    assert.equal(service.defaultFor("judge"), "specimen-idk");
    assert.equal(workspace.getConfiguration().get("promptscope.models.judge"), "specimen-idk");
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function eventually(met: () => boolean, patienceMs = 10_000): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!met()) {
    assert.ok(Date.now() < end, "it did not come about in time");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
