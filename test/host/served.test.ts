import assert from "node:assert/strict";
import { ConfigurationTarget, extensions, workspace } from "vscode";
import type { SampleEvent } from "../../src/inference/engine";
import { greedySampler } from "../../src/inference/engine";
import { ServedModels } from "../../src/models/servedModels";
import { Servers } from "../../src/models/servers";
import { ending, json, piece, type ScriptedServer, scriptedServer, stream } from "../fixtures/servers/scriptedServer";
import { MemorySecrets } from "./memorySecrets";
import { silent } from "./quiet";

const setting = "promptscope.servers";

describe("served models", () => {
  let server: ScriptedServer;
  let secrets: MemorySecrets;
  let servers: Servers;
  let models: ServedModels;

  before(async () => {
    await extensions.getExtension("promptscope.promptscope")?.activate();
    server = await scriptedServer(({ path, body }, response) => {
      if (path.endsWith("/models")) return json(response, { data: [{ id: "tale-teller" }] });
      if (!path.endsWith("/completions")) return json(response, { error: { message: "not here" } }, 404);
      if (body.stream) {
        stream(response, piece(" upon", -0.5), ending());
        return response.end();
      }
      return json(response, { choices: [{ text: " a", message: { content: "a" }, finish_reason: "length" }] });
    });
  });
  beforeEach(() => {
    secrets = new MemorySecrets();
    servers = new Servers(secrets, silent);
    models = new ServedModels({
      servers,
      served: () => import("../../src/inference/openai/openServed"),
      loadTokenizer: () => Promise.reject(new Error("no tokenizer goes by this name")),
      log: silent,
    });
  });
  afterEach(async () => {
    models.dispose();
    servers.dispose();
    await workspace.getConfiguration().update(setting, undefined, ConfigurationTarget.Global);
  });
  after(() => server.stop());

  const tales = () => ({
    name: "Tales",
    baseUrl: server.baseUrl,
    host: server.host,
    models: ["tale-teller"],
    maxParallel: undefined,
  });

  it("lists the chosen models and asks no server for it", async () => {
    const changed = new Promise<void>((resolve) => models.onDidChange(resolve));
    const before = server.seen.length;
    await servers.save(tales());
    await changed;
    const [entry] = models.list();
    assert.equal(entry?.id, `served:${server.baseUrl}#tale-teller`);
    assert.equal(entry?.location, server.baseUrl);
    assert.equal(entry?.kind, "served");
    assert.equal(server.seen.length, before);
  });

  it("opens one with the key of its server, samples, and measures the speed", async () => {
    await servers.save(tales());
    await servers.setKey(server.baseUrl, "sk-tales");
    const id = models.list()[0]?.id ?? "";
    const steps: string[] = [];
    const opened = await models.open(id, { onProgress: ({ message }) => steps.push(message) });
    try {
      assert.ok(steps.some((step) => step.includes(server.host)));
      const events: SampleEvent[] = [];
      const prompt = { kind: "text", text: "Once" } as const;
      const request = { prompt, seeds: [1], sampler: greedySampler, maxTokens: 4, topK: 1 };
      for await (const event of opened.engine.sample(request)) events.push(event);
      assert.deepEqual(events.at(-1), { kind: "end", sample: 0, reason: "endToken", text: " upon", tokens: 1 });
      assert.ok((opened.running.tokensPerSecond ?? 0) > 0);
      assert.ok(
        server.seen.every(({ authorization }) => authorization === undefined || authorization === "Bearer sk-tales"),
      );
      assert.equal(server.seen.at(-1)?.authorization, "Bearer sk-tales");
    } finally {
      await opened.close();
    }
  });

  it("keeps keys out of the settings, each under its own address, and forgets them with the server", async () => {
    await servers.save(tales());
    await servers.setKey(server.baseUrl, "sk-tales");
    assert.ok(!JSON.stringify(workspace.getConfiguration().get(setting)).includes("sk-tales"));
    assert.equal(await servers.key("https://elsewhere.example/v1"), undefined);
    await servers.remove(server.baseUrl);
    assert.equal(secrets.kept.size, 0);
    assert.deepEqual(servers.list(), []);
  });

  it("cannot be pointed elsewhere by a workspace", async () => {
    const entry = [{ baseUrl: "https://thief.example/v1", models: ["x"] }];
    await assert.rejects(async () =>
      workspace.getConfiguration().update(setting, entry, ConfigurationTarget.Workspace),
    );
    assert.deepEqual(models.list(), []);
  });

  it("leaves out entries that no server can be, and reads the others", async () => {
    const entries = [
      { baseUrl: "ftp://x" },
      { baseUrl: `${server.baseUrl}/`, models: ["a", 3] },
      { baseUrl: server.baseUrl },
    ];
    await workspace.getConfiguration().update(setting, entries, ConfigurationTarget.Global);
    assert.deepEqual(servers.list(), [
      { name: server.host, baseUrl: server.baseUrl, host: server.host, models: ["a"], maxParallel: undefined },
    ]);
  });
});
