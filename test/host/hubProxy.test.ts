import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { ConfigurationTarget, workspace } from "vscode";
import { searchHub } from "../../src/inference/library";

/** What the model library asks the network for goes through VS Code's proxy setting, because its fetch is VS Code's. */
describe("the hub behind a proxy", () => {
  const servers: Server[] = [];
  const tunnels: string[] = [];

  beforeEach(async () => {
    const hub = await listening(createServer((_, response) => response.end("[]")));
    const proxy = createServer((request, response) => {
      // A proxy that is asked for the whole address instead of a tunnel.
      tunnels.push(new URL(request.url ?? "").host);
      response.end("[]");
    });
    proxy.on("connect", (request, socket) => {
      tunnels.push(request.url ?? "");
      const onward = connect(hub, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        onward.pipe(socket).pipe(onward);
      });
      onward.on("error", () => socket.destroy());
      socket.on("error", () => onward.destroy());
    });
    await useProxy(`http://127.0.0.1:${await listening(proxy)}`);
  });

  afterEach(async () => {
    await useProxy(undefined);
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it("is asked through http.proxy", async () => {
    const found = await searchHub("tiny", { url: "http://hub.invalid", signal: AbortSignal.timeout(20_000) });
    assert.deepEqual(found, []);
    assert.match(tunnels[0] ?? "", /^hub\.invalid(:80)?$/);
  });

  const useProxy = (address: string | undefined) =>
    workspace.getConfiguration().update("http.proxy", address, ConfigurationTarget.Global);

  async function listening(server: Server): Promise<number> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  }
});
