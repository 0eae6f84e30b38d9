import { expect, it } from "vitest";
import { type Engine, EngineError } from "../../../src/inference/engine";
import { ModelLifecycle } from "../../../src/models/modelLifecycle";
import type { OpenModel, OpenOptions, RunningFacts } from "../../../src/models/models";

/** Stands for the process of a model, so that each moment of its life can be brought about. */
class ScriptedModel implements OpenModel {
  readonly running: RunningFacts = { device: "CPU", memoryBytes: 1, tokensPerSecond: undefined };
  readonly engine = { model: { id: "scripted" } } as Engine;
  closes = 0;
  private readonly listeners = {
    running: [] as ((facts: RunningFacts) => void)[],
    fail: [] as ((error: Error) => void)[],
    end: [] as (() => void)[],
  };
  readonly onDidChangeRunning = this.event(this.listeners.running);
  readonly onDidFail = this.event(this.listeners.fail);
  readonly onDidEnd = this.event(this.listeners.end) as NonNullable<OpenModel["onDidEnd"]>;

  constructor(private readonly closing: Promise<void> = Promise.resolve()) {}

  measured(tokensPerSecond: number): void {
    for (const listener of this.listeners.running) listener({ ...this.running, tokensPerSecond });
  }
  crash(error: Error): void {
    for (const listener of [...this.listeners.fail]) listener(error);
  }
  rest(): void {
    for (const listener of [...this.listeners.end]) listener();
  }
  async close(): Promise<void> {
    this.closes++;
    await this.closing;
  }

  private event<T extends (...values: never[]) => void>(listeners: T[]) {
    return (listener: T) => {
      listeners.push(listener);
      return { dispose: () => void listeners.splice(listeners.indexOf(listener), 1) };
    };
  }
}

/** A lifecycle whose openings are answered by the test, in their order. */
function scripted() {
  const openings: { options: OpenOptions; resolve(model: OpenModel): void; reject(error: unknown): void }[] = [];
  const states: string[] = [];
  const crashes: Error[] = [];
  const reports: unknown[] = [];
  const lifecycle = new ModelLifecycle({
    open: (options) =>
      new Promise((resolve, reject) => {
        openings.push({ options, resolve, reject });
        options.signal?.addEventListener("abort", () => reject(options.signal?.reason));
      }),
    onDidChange: () => states.push(lifecycle.state.kind),
    onDidCrash: (error) => crashes.push(error),
    report: (_, error) => reports.push(error),
  });
  const opening = async (index: number) => {
    await expect.poll(() => openings.length).toBeGreaterThan(index);
    const found = openings[index];
    if (!found) throw new Error(`no opening ${index}`);
    return found;
  };
  return { lifecycle, openings, opening, states, crashes, reports };
}

const cancelled = new EngineError("loadFailed", "cancelled");

it("shares one loading among all who ask, and tells each of its progress", async () => {
  const { lifecycle, openings, opening } = scripted();
  const seen: string[] = [];
  const first = lifecycle.engine({ onProgress: ({ message }) => seen.push(`first ${message}`) });
  const { options, resolve } = await opening(0);
  options.onProgress?.({ fraction: 0.5, message: "half" });
  const second = lifecycle.engine({ onProgress: ({ message }) => seen.push(`second ${message}`) });
  options.onProgress?.({ fraction: 0.9, message: "most" });
  expect(lifecycle.state).toEqual({ kind: "loading", progress: { fraction: 0.9, message: "most" } });
  const model = new ScriptedModel();
  resolve(model);
  expect(await first).toBe(model.engine);
  expect(await second).toBe(model.engine);
  expect(await lifecycle.engine()).toBe(model.engine);
  expect(openings).toHaveLength(1);
  expect(seen).toEqual(["first half", "second half", "first most", "second most"]);
});

it("goes on loading while anybody waits, and gives up with the last", async () => {
  const { lifecycle, opening } = scripted();
  const [one, other] = [new AbortController(), new AbortController()];
  const first = lifecycle.engine({ signal: one.signal });
  const second = lifecycle.engine({ signal: other.signal });
  const { options } = await opening(0);
  one.abort(new Error("first left"));
  await expect(first).rejects.toThrow("first left");
  expect(options.signal?.aborted).toBe(false);
  other.abort(new Error("second left"));
  await expect(second).rejects.toThrow("second left");
  expect(options.signal?.aborted).toBe(true);
  await expect.poll(() => lifecycle.state.kind).toBe("notLoaded");
});

it("asked again after the last has left, loads anew once the loading that was given up is gone", async () => {
  let end: (error: Error) => void = () => undefined;
  const next = new ScriptedModel();
  const open = [
    () => new Promise<OpenModel>((_, reject) => (end = reject)), // a process that takes its time to end
    () => Promise.resolve(next),
  ];
  let opened = 0;
  const states: string[] = [];
  const lifecycle: ModelLifecycle = new ModelLifecycle({
    open: () => open[opened++]!(),
    onDidChange: () => states.push(lifecycle.state.kind),
    onDidCrash: () => undefined,
    report: () => undefined,
  });
  const leaving = new AbortController();
  const first = lifecycle.engine({ signal: leaving.signal });
  await expect.poll(() => opened).toBe(1);
  leaving.abort(new Error("left"));
  await expect(first).rejects.toThrow("left");
  const second = lifecycle.engine();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(opened).toBe(1);
  end(new Error("gone"));
  expect(await second).toBe(next.engine);
  expect(opened).toBe(2);
  expect(states).not.toContain("failed");
  expect(lifecycle.state.kind).toBe("ready");
});

it("asked with an aborted signal, loads nothing", async () => {
  const { lifecycle, openings } = scripted();
  await expect(lifecycle.engine({ signal: AbortSignal.abort(new Error("late")) })).rejects.toThrow("late");
  expect(openings).toHaveLength(0);
  expect(lifecycle.state.kind).toBe("notLoaded");
});

it("keeps the reason and the log of a failed loading, and tries again when asked", async () => {
  const { lifecycle, opening, crashes } = scripted();
  const first = lifecycle.engine();
  (await opening(0)).reject(new EngineError("outOfMemory", "It does not fit.", "the log's last lines"));
  await expect(first).rejects.toThrow("It does not fit.");
  expect(lifecycle.state).toEqual({ kind: "failed", message: "It does not fit.", details: "the log's last lines" });
  expect(crashes).toEqual([]);
  const again = lifecycle.engine();
  const model = new ScriptedModel();
  (await opening(1)).resolve(model);
  expect(await again).toBe(model.engine);
  expect(lifecycle.state.kind).toBe("ready");
});

it("after a crash has failed, has told of it once, and loads anew", async () => {
  const { lifecycle, opening, crashes } = scripted();
  const first = lifecycle.engine();
  const model = new ScriptedModel();
  (await opening(0)).resolve(model);
  await first;
  const crash = new EngineError("crashed", "Killed.", "last lines");
  model.crash(crash);
  model.crash(crash);
  expect(crashes).toEqual([crash]);
  expect(lifecycle.state).toEqual({ kind: "failed", message: "Killed.", details: "last lines" });
  expect(lifecycle.ready).toBeUndefined();
  expect(model.closes).toBe(1);
  const second = lifecycle.engine();
  const next = new ScriptedModel();
  (await opening(1)).resolve(next);
  expect(await second).toBe(next.engine);
});

it("waits with a new loading until the model before has let go", async () => {
  const { lifecycle, openings, opening } = scripted();
  let release: () => void = () => undefined;
  const model = new ScriptedModel(new Promise((resolve) => (release = resolve)));
  const first = lifecycle.engine();
  (await opening(0)).resolve(model);
  await first;
  const unloaded = lifecycle.unload(cancelled);
  expect(lifecycle.state.kind).toBe("notLoaded");
  const second = lifecycle.engine();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(openings).toHaveLength(1);
  release();
  await unloaded;
  const next = new ScriptedModel();
  (await opening(1)).resolve(next);
  expect(await second).toBe(next.engine);
});

it("unloading ends a loading for everybody, and closes a model that came too late", async () => {
  const { lifecycle, opening } = scripted();
  const waiting = lifecycle.engine();
  const { resolve } = await opening(0);
  const unloaded = lifecycle.unload(cancelled);
  await expect(waiting).rejects.toBe(cancelled);
  const late = new ScriptedModel();
  resolve(late);
  await unloaded;
  expect(lifecycle.state.kind).toBe("notLoaded");
});

it("closes a model that its source opened although it was asked to stop", async () => {
  let resolve: (model: OpenModel) => void = () => undefined;
  const lifecycle = new ModelLifecycle({
    open: () => new Promise((done) => (resolve = done)),
    onDidChange: () => undefined,
    onDidCrash: () => undefined,
    report: () => undefined,
  });
  const leaving = new AbortController();
  const waiting = lifecycle.engine({ signal: leaving.signal });
  await new Promise((done) => setTimeout(done));
  leaving.abort(new Error("left"));
  await expect(waiting).rejects.toThrow("left");
  const late = new ScriptedModel();
  resolve(late);
  await expect.poll(() => late.closes).toBe(1);
  await expect.poll(() => lifecycle.state.kind).toBe("notLoaded");
});

it("is not loaded again after an end in good order, which is no crash", async () => {
  const { lifecycle, opening, crashes } = scripted();
  const first = lifecycle.engine();
  const model = new ScriptedModel();
  (await opening(0)).resolve(model);
  await first;
  model.measured(812);
  expect(lifecycle.state).toMatchObject({ kind: "ready", running: { tokensPerSecond: 812 } });
  model.rest();
  expect(lifecycle.state.kind).toBe("notLoaded");
  expect(crashes).toEqual([]);
});
