import { createHash } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { fetchTokenizerJson, HubError } from "../../../src/tokens/hub";

const content = Buffer.from(JSON.stringify({ model: { type: "BPE" }, padding: "x".repeat(200_000) }));
const sha256 = createHash("sha256").update(content).digest("hex");
const blob = createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function hub(handle: RequestListener): Promise<string> {
  server = createServer(handle);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function fetchFrom(
  address: string,
  signal = new AbortController().signal,
  progress: (bytes: number, total: number | undefined) => void = () => undefined,
) {
  return fetchTokenizerJson(address, "maker/model", signal, progress);
}

/** As the hub does: HEAD names commit and hash, the file itself comes from elsewhere. */
function asHub(etag: string, body = content, headers: Record<string, string> = {}): RequestListener {
  return (request, response) => {
    if (request.url?.startsWith("/cdn")) {
      response
        .writeHead(200, { "content-length": String(body.length), ...headers })
        .end(request.method === "HEAD" ? "" : body);
    } else if (request.url === "/maker/model/resolve/main/tokenizer.json" && request.method === "HEAD") {
      response.writeHead(302, { location: "/cdn", "x-repo-commit": "abcdef123", "x-linked-etag": `"${etag}"` }).end();
    } else if (request.url === "/maker/model/resolve/abcdef123/tokenizer.json") {
      response.writeHead(302, { location: "/cdn" }).end();
    } else response.writeHead(404).end();
  };
}

describe("the model hub", () => {
  it("gives the file of one commit, checked against its SHA-256, with progress", async () => {
    const seen: number[] = [];
    const file = await fetchFrom(await hub(asHub(sha256)), undefined, (bytes, total) => {
      seen.push(bytes);
      expect(total).toBe(content.length);
    });
    expect(file.bytes).toEqual(content);
    expect(file).toMatchObject({ revision: "abcdef123", verified: true });
    expect(seen.at(-1)).toBe(content.length);
  });

  it("checks small files against their git blob's hash, and says where there is none", async () => {
    expect((await fetchFrom(await hub(asHub(blob)))).verified).toBe(true);
    server?.close();
    expect((await fetchFrom(await hub(asHub("something-else")))).verified).toBe(false);
  });

  it.each([
    ["a wrong hash", asHub("0".repeat(64)), "does not have the hash"],
    [
      "a missing file",
      ((_, response) => response.writeHead(404).end()) as RequestListener,
      "has no tokenizer.json in maker/model",
    ],
    [
      "a gated model",
      ((_, response) => response.writeHead(401).end()) as RequestListener,
      "without an account or an accepted licence",
    ],
    ["a server error", ((_, response) => response.writeHead(503).end()) as RequestListener, "answered 503"],
    ["what is far too large", asHub(sha256, content, { "content-length": "900000000" }), "is larger than 64 MB"],
  ])("refuses %s", async (_name, handle, message) => {
    await expect(fetchFrom(await hub(handle))).rejects.toThrow(message);
  });

  it("refuses a file that is cut short", async () => {
    const address = await hub((request, response) => {
      if (request.method === "HEAD") return void response.writeHead(200).end();
      response.writeHead(200, { "content-length": "1000" });
      response.write("x".repeat(10), () => response.destroy());
    });
    await expect(fetchFrom(address)).rejects.toThrow(/ended after \d+ of 1000 bytes/);
  });

  it("says when the hub cannot be reached", async () => {
    const address = await hub(() => undefined);
    server?.close();
    await expect(fetchFrom(address)).rejects.toBeInstanceOf(HubError);
    await expect(fetchFrom(address)).rejects.toThrow("could not be reached");
  });

  it("stops when told", async () => {
    const address = await hub((request, response) => {
      if (request.method === "HEAD") return void response.writeHead(200).end();
      response.writeHead(200, { "content-length": "1000" }).write("x");
    });
    const stop = new AbortController();
    const fetching = fetchFrom(address, stop.signal, () => stop.abort());
    await expect(fetching).rejects.toThrow(/abort/i);
  });
});
