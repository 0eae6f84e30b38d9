import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { ConfigurationTarget, type Disposable, EventEmitter, extensions, type SecretStorage, workspace } from "vscode";
import type { DownloadStatus } from "../../src/inference/library";
import { type FinishedDownload, ModelLibrary } from "../../src/models/modelLibrary";
import { hubAddress } from "../../src/platform/hubAddress";

/** What the library logged as errors, and as warnings. */
const errors: string[] = [];
const warnings: string[] = [];
const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (message: string) => void warnings.push(message),
  error: (message: string) => void errors.push(message),
  timed: <T>(_message: string, work: () => Promise<T>) => work(),
  show: () => undefined,
};

/** Stands for VS Code's secret storage, which tests must not write to. */
class SecretsInMemory implements SecretStorage {
  private readonly values = new Map<string, string>();
  readonly onDidChange = new EventEmitter<{ key: string }>().event;
  get = async (key: string) => this.values.get(key);
  store = async (key: string, value: string) => void this.values.set(key, value);
  delete = async (key: string) => void this.values.delete(key);
  keys = async () => [...this.values.keys()];
}

describe("model library", () => {
  const made: Disposable[] = [];
  const weights = readFileSync(
    path.join(
      extensions.getExtension("promptscope.promptscope")?.extensionPath ?? "",
      "media/models/specimen-base.gguf",
    ),
  );
  let server: Server;
  let address: string;
  let folder: string;
  let kept: string[];
  let secrets: SecretsInMemory;
  /** Headers of the requests that came. */
  let asked: (string | undefined)[];

  beforeEach(async () => {
    asked = [];
    errors.length = 0;
    warnings.length = 0;
    server = createServer((request, response) => {
      asked.push(request.headers.authorization);
      const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
      const start = Number(from ?? 0);
      const end = to ? Number(to) + 1 : weights.length;
      response.writeHead(from === undefined ? 200 : 206, {
        "accept-ranges": "bytes",
        "content-length": end - start,
        etag: '"1"',
        ...(from === undefined ? {} : { "content-range": `bytes ${start}-${end - 1}/${weights.length}` }),
      });
      response.end(request.method === "HEAD" ? undefined : weights.subarray(start, end));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    folder = mkdtempSync(path.join(tmpdir(), "promptscope-library-"));
    kept = [];
    secrets = new SecretsInMemory();
  });

  afterEach(() => {
    for (const item of made.splice(0)) item.dispose();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function open(): ModelLibrary {
    const keep = async (file: string): Promise<string> => {
      kept.push(file);
      return `gguf:${file}`;
    };
    const library = new ModelLibrary({ folder, secrets, keep, log });
    made.push(library);
    return library;
  }

  const request = (sha256: string) => ({
    name: "Specimen",
    files: [{ url: `${address}/a.gguf`, path: "maker/specimen/a.gguf", bytes: weights.length, sha256 }],
  });

  it("fetches, checks and hands over a model, and says so once", async () => {
    const library = open();
    const finished: FinishedDownload[] = [];
    made.push(library.onDidFinish((download) => finished.push(download)));
    assert.equal(library.downloads.length, 0);
    await library.setToken("https://huggingface.co", "secret of another host");
    await library.start(request(createHash("sha256").update(weights).digest("hex")));
    await eventually(() => finished.length === 1);
    const [file = ""] = kept;
    assert.equal(kept.length, 1);
    assert.ok(file.startsWith(folder) && readFileSync(file).equals(weights));
    assert.equal(finished[0]?.modelId, `gguf:${file}`);
    assert.equal(library.downloads[0]?.state, "done");
    assert.deepEqual(errors, []);
    // The token is the hub's; this is another host.
    assert.ok(asked.length > 0 && asked.every((authorization) => authorization === undefined));
  });

  it("sends a token where it was given for, and tells the folder that downloads go to", async () => {
    const library = open();
    const finished: FinishedDownload[] = [];
    made.push(library.onDidFinish((download) => finished.push(download)));
    await library.setToken(address, "mine");
    await library.start(request(createHash("sha256").update(weights).digest("hex")));
    await eventually(() => finished.length === 1);
    assert.ok(asked.length > 0 && asked.every((authorization) => authorization === "Bearer mine"));
    const settings = workspace.getConfiguration("promptscope");
    await settings.update("models.downloadFolder", "/somewhere/else", ConfigurationTarget.Global);
    try {
      assert.deepEqual([library.folder, open().folder], [folder, "/somewhere/else"]);
    } finally {
      await settings.update("models.downloadFolder", undefined, ConfigurationTarget.Global);
    }
  });

  it("takes no hub's address that is none", async () => {
    const settings = workspace.getConfiguration("promptscope");
    await settings.update("hub.url", "huggingface.co", ConfigurationTarget.Global);
    try {
      assert.throws(() => hubAddress(), /“huggingface.co” is no web address/);
    } finally {
      await settings.update("hub.url", undefined, ConfigurationTarget.Global);
    }
    assert.equal(hubAddress().origin, "https://huggingface.co");
  });

  it("says why a download failed, and keeps nothing that is not what was promised", async () => {
    const library = open();
    const failed: DownloadStatus[] = [];
    made.push(library.onDidFail((status) => failed.push(status)));
    await library.start(request("0".repeat(64)));
    await eventually(() => failed.length === 1);
    assert.equal(failed[0]?.error?.code, "wrongHash");
    assert.deepEqual([errors, warnings], [[], ["Download of Specimen failed"]]);
    assert.deepEqual(kept, []);
  });

  it("knows how much room there is, and recommends what fits first", async () => {
    const library = open();
    assert.ok(((await library.freeBytes()) ?? 0) > 0);
    const fits = (await library.recommendations()).map((each) => each.fits);
    assert.ok(fits.length > 5);
    assert.deepEqual(
      fits,
      [...fits].sort((a, b) => Number(b) - Number(a)),
    );
  });
});

async function eventually(met: () => boolean, patienceMs = 10_000): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!met()) {
    assert.ok(Date.now() < end, "it did not come about in time");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
