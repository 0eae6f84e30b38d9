import assert from "node:assert/strict";
import { ConfigurationTarget, commands, Position, Range, type TextDocument, window, workspace } from "vscode";
import type { ClaimMark } from "../../src/editor/claims/claimMark";
import { ClaimProbing } from "../../src/editor/claims/claimProbing";
import { DocumentMarks } from "../../src/editor/marks/documentMarks";
import { ModelService } from "../../src/models/modelService";
import { ServedModels } from "../../src/models/servedModels";
import { Servers } from "../../src/models/servers";
import type { NetworkUse } from "../../src/platform/consent";
import { ending, json, piece, type ScriptedServer, scriptedServer, stream } from "../fixtures/servers/scriptedServer";
import { extension } from "./builtInModels";
import { MemorySecrets } from "./memorySecrets";
import { silent } from "./quiet";
import { waitFor } from "./waiting";

/** Claims probed with a model elsewhere: real HTTP to a scripted server, which counts what it is sent. */
describe("claims and a model elsewhere", () => {
  const text = "Jane Austen was an English novelist. Orson Kovacs was a lighthouse keeper.";
  let server: ScriptedServer;
  let models: ModelService;
  let marks: DocumentMarks<ClaimMark>;
  let document: TextDocument;
  /** What was asked of the person, and what gives their answer. */
  let asked: { readonly use: NetworkUse; readonly answer: (yes: boolean) => void }[];
  let probing: ClaimProbing;
  let servers: Servers;

  before(async () => {
    await extension.activate();
    server = await scriptedServer(({ path, body }, response) => {
      if (path.endsWith("/models")) return json(response, { data: [{ id: "tale-teller" }] });
      if (!path.endsWith("/completions")) return json(response, { error: { message: "not here" } }, 404);
      if (body.stream) {
        stream(response, piece(" a novelist", -0.5), ending());
        return response.end();
      }
      return json(response, { choices: [{ text: " a", message: { content: "a" }, finish_reason: "length" }] });
    });
    await settings("samples", 2);
    await settings("controls", 1);
  });

  beforeEach(async () => {
    asked = [];
    servers = new Servers(new MemorySecrets(), silent);
    const served = new ServedModels({
      servers,
      served: () => import("../../src/inference/openai/openServed"),
      loadTokenizer: () => Promise.reject(new Error("no tokenizer goes by this name")),
      log: silent,
    });
    models = new ModelService({ sources: [served], log: silent, pick: async () => undefined });
    const { baseUrl, host } = server;
    const listed = new Promise<void>((resolve) => served.onDidChange(resolve));
    await servers.save({ name: "Tales", baseUrl, host, models: ["tale-teller"], maxParallel: undefined });
    await listed;
    await setModel("chat", `served:${baseUrl}#tale-teller`);
    marks = new DocumentMarks();
    const ask = (use: NetworkUse) => new Promise<boolean>((answer) => asked.push({ use, answer }));
    probing = new ClaimProbing({ models, log: silent, consent: { ask }, exposure: async () => undefined }, marks);
    document = await workspace.openTextDocument({ content: text, language: "markdown" });
    await window.showTextDocument(document);
  });

  afterEach(async () => {
    for (const item of [probing, marks, models, servers]) item.dispose();
    await setModel("chat", undefined);
    await setModel("judge", undefined);
    await workspace.getConfiguration().update("promptscope.servers", undefined, ConfigurationTarget.Global);
  });

  after(async () => {
    await settings("samples", undefined);
    await settings("controls", undefined);
    await server.stop();
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  function settings(name: string, value: unknown): Thenable<void> {
    return workspace.getConfiguration("promptscope.claims").update(name, value, ConfigurationTarget.Global);
  }

  function setModel(role: string, id: string | undefined): Thenable<void> {
    return workspace.getConfiguration("promptscope.models").update(role, id, ConfigurationTarget.Global);
  }

  function probe(): Promise<void> {
    return probing.probe(document, [new Range(new Position(0, 0), new Position(0, text.length))]);
  }

  async function question(): Promise<(typeof asked)[number]> {
    await waitFor(
      () => asked.length > 0,
      () => "nobody was asked",
    );
    return asked[0]!;
  }

  it("are sent nowhere before a yes that names the host, nor after a no", async () => {
    const running = probe();
    const { use, answer } = await question();
    assert.equal(server.seen.length, 0, "not even whether the server is there");
    assert.ok(use.question.includes(server.baseUrl), use.question);
    assert.match(use.question, /^Probe 2 claims with tale-teller at http:/);
    assert.match(use.detail, /The claims are sent there as questions.*up to 12 answers are asked for/);
    assert.equal(marks.of(document).length, 0);
    answer(false);
    await running;
    assert.deepEqual([server.seen.length, asked.length, marks.of(document).length], [0, 1, 0]);
    assert.equal(probing.progress, undefined);
  });

  it("are sent after it, and are told", async () => {
    const running = probe();
    const { answer } = await question();
    assert.equal(server.seen.length, 0);
    answer(true);
    await running;
    assert.ok(server.seen.length > 0);
    const sent = server.seen.map(({ body }) => JSON.stringify(body)).join("\n");
    assert.match(sent, /Orson Kovacs/);
    assert.equal(asked.length, 1);
    assert.deepEqual(
      marks.of(document).map(({ finding }) => finding?.reading.answers.length),
      [2, 2],
    );
  });

  it("name a judge elsewhere too, which writes the questions", async () => {
    await setModel("chat", undefined);
    await setModel("judge", `served:${server.baseUrl}#tale-teller`);
    const before = server.seen.length;
    const running = probe();
    const { use, answer } = await question();
    assert.match(use.question, /tale-teller at http:/);
    assert.equal(server.seen.length, before);
    answer(false);
    await running;
    assert.equal(server.seen.length, before);
  });
});
