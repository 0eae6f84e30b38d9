import assert from "node:assert/strict";
import { copyFile, mkdtemp, readdir, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ConfigurationTarget, extensions, workspace } from "vscode";
import { EngineError } from "../../src/inference/engine";
import { ProcessEngine } from "../../src/inference/llama/process/processEngine";
import { LocalModels } from "../../src/models/localModels";
import type { OpenModel } from "../../src/models/models";

const messages: string[] = [];
const log = {
  debug: () => undefined,
  info: (message: string) => void messages.push(message),
  warn: (message: string) => void messages.push(message),
  error: (message: string, error: unknown) => assert.fail(`${message}: ${error}`),
  timed: <T>(_message: string, work: () => Promise<T>) => work(),
  show: () => undefined,
};
const chat = { kind: "chat", messages: [{ role: "user", content: "What is 2 + 3?" }] } as const;

function pidOf({ engine }: OpenModel): number {
  assert.ok(engine instanceof ProcessEngine && engine.pid !== undefined);
  return engine.pid;
}

const change = (id: string, value: unknown) =>
  workspace.getConfiguration().update(id, value, ConfigurationTarget.Global);

describe("local models", () => {
  let root: string;
  let folder: string;
  let models: LocalModels;
  const open: OpenModel[] = [];
  const load = async (id: string): Promise<OpenModel> => {
    const model = await models.open(id, {});
    open.push(model);
    return model;
  };

  before(async () => {
    const extension = extensions.getExtension("promptscope.promptscope");
    assert.ok(extension);
    root = extension.extensionPath;
    folder = await mkdtemp(path.join(tmpdir(), "promptscope-models-"));
    const processEntry = path.join(root, "dist", "modelProcess.mjs");
    const builtInFolder = path.join(root, "media", "models");
    models = new LocalModels({ processEntry, builtInFolder, binariesFolder: path.join(folder, "runtime"), log });
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((model) => model.close()));
    await change("promptscope.local.idleMinutes", undefined);
    await change("promptscope.models.files", undefined);
  });

  after(async () => {
    models.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it("lists what ships, with sizes", async () => {
    const builtIn = models.list().filter(({ kind }) => kind === "builtIn");
    const files = (await readdir(path.join(root, "media", "models"))).filter((name) => name.endsWith(".gguf")).sort();
    assert.ok(files.length >= 3);
    assert.deepEqual(
      builtIn.map(({ id }) => `${id}.gguf`),
      files,
    );
    for (const { bytes } of builtIn) assert.ok((bytes ?? 0) > 1e6);
  });

  it("opens the built-in chat model, says what it runs on, and answers", async () => {
    const progress: string[] = [];
    const model = await models.open("specimen-chat", { onProgress: ({ message }) => progress.push(message) });
    open.push(model);
    assert.ok(progress.length > 0);
    assert.match(model.running.device, /CPU/);
    assert.ok((model.running.memoryBytes ?? 0) > 10e6);
    assert.match(model.engine.model.fingerprint ?? "", /^[0-9a-f]{64}$/);
    const { top, entropy } = await model.engine.next(chat, { topK: 5 });
    assert.equal(top.length, 5);
    assert.ok(entropy.nats >= 0 && entropy.exact);
  });

  it("tells of a crash with what to do, and opens again", async () => {
    const model = await load("specimen-base");
    const failed = new Promise<Error>((resolve) => model.onDidFail(resolve));
    process.kill(pidOf(model), "SIGKILL");
    const error = await failed;
    assert.ok(error instanceof EngineError && error.code === "crashed");
    assert.match(error.message, /“Specimen, base” stopped.*Restart the model/);
    const again = await load("specimen-base");
    assert.equal((await again.engine.next({ kind: "text", text: "The" }, { topK: 1 })).top.length, 1);
  });

  it("unloads a model that nobody uses, and keeps one that is used", async () => {
    await change("promptscope.local.idleMinutes", 0.01);
    assert.equal(workspace.getConfiguration().get("promptscope.local.idleMinutes"), 0.01);
    const model = await load("specimen-base");
    let ended = false;
    const end = new Promise<void>((resolve) =>
      model.onDidEnd?.(() => {
        ended = true;
        resolve();
      }),
    );
    const until = Date.now() + 1000;
    while (Date.now() < until) {
      await model.engine.next({ kind: "text", text: "The" }, { topK: 1 });
      await pause(50);
    }
    assert.equal(ended, false);
    await Promise.race([end, pause(5000)]);
    assert.ok(ended, `idle for ${(model.engine as ProcessEngine).idleFor} ms`);
  });

  it("takes a GGUF by its path into the list, opens it, and lets go of it again", async () => {
    const file = path.join(folder, "own.gguf");
    await copyFile(path.join(root, "media", "models", "specimen-chat.gguf"), file);
    const id = await models.add(file);
    assert.equal(id, `gguf:${file}`);
    const entry = models.list().find((each) => each.id === id);
    assert.match(entry?.description ?? "", /llama, .* parameters, Q8_0/);
    assert.deepEqual(entry?.roles, ["base", "chat", "judge"]);
    const model = await load(id);
    assert.equal((await model.engine.next(chat, { topK: 1 })).top.length, 1);
    await models.remove(id);
    assert.ok(!models.list().some((each) => each.id === id));
  });

  it("refuses a truncated file with the reason, when it is added and when it was cut afterwards", async () => {
    const file = path.join(folder, "cut.gguf");
    await copyFile(path.join(root, "media", "models", "specimen-base.gguf"), file);
    const id = await models.add(file);
    await truncate(file, 100_000);
    await assert.rejects(models.open(id, {}), { name: "EngineError", code: "loadFailed" });
    await assert.rejects(models.add(file), { name: "LibraryError" });
  });

  it("stops loading when asked to", async () => {
    const stop = new AbortController();
    const opening = models.open("specimen-base", { signal: stop.signal });
    stop.abort(new Error("not now"));
    await assert.rejects(opening, /not now/);
  });
});
