import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach } from "vitest";

/** A file as the test server hands it out, and what it does wrong with it. Faults hold until a test changes them. */
export interface Served {
  bytes: Uint8Array;
  etag?: string;
  lastModified?: string;
  headers?: Record<string, string>;
  /** Default true. */
  ranges?: boolean;
  /** Answers these instead, one for each request, before it behaves. */
  statuses?: { status: number; headers?: Record<string, string> }[];
  redirectTo?: string;
  /** Ends the connection after this many bytes of a body, this many times. */
  cut?: { after: number; times: number };
  /** Answers nothing for this long. */
  silentMs?: number;
  /** Waits before each 64 KiB of a body. */
  slowMs?: number;
  /** Sends nothing more after this many bytes of a body, this many times. */
  stall?: { after: number; times: number };
  /** Claimed instead of the true size, in Content-Length and Content-Range. */
  claims?: number;
  /** Sends no Content-Length. */
  chunked?: boolean;
  /** Sends this many bytes more than were asked for (chunked). */
  extra?: number;
  /** Called at each request. */
  onRequest?: (served: Served) => void;
}

export interface Seen {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
  readonly authorization: string | undefined;
  readonly status: number;
}

/** TEST ONLY: an HTTP server that gives files and misbehaves as it is told. Closed after each test. */
export class MisbehavingServer {
  readonly files = new Map<string, Served>();
  readonly seen: Seen[] = [];
  private readonly server = createServer((request, response) => {
    this.answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  serve(path: string, served: Served): string {
    this.files.set(path, served);
    return `${this.origin}${path}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path, searchParams: query } = new URL(request.url ?? "/", this.origin);
    const served = this.files.get(path);
    served?.onRequest?.(served);
    const note = (status: number) => {
      const { range, authorization, "if-range": ifRange } = request.headers;
      this.seen.push({ path, query, range, ifRange: ifRange as string | undefined, authorization, status });
    };
    const finish = (status: number, headers: Record<string, string> = {}) => {
      note(status);
      response.writeHead(status, headers).end();
    };
    if (!served) return finish(404);
    if (served.silentMs) await wait(served.silentMs);
    const scripted = served.statuses?.shift();
    if (scripted) return finish(scripted.status, scripted.headers);
    if (served.redirectTo) return finish(302, { location: served.redirectTo });
    const { start, end, status } = chosen(request, served);
    const total = served.claims ?? served.bytes.length;
    if (status === 416) return finish(416, { "content-range": `bytes */${total}` });
    note(status);
    const length = status === 206 ? end - start : total;
    response.writeHead(status, {
      ...served.headers,
      ...(served.etag && { etag: served.etag }),
      ...(served.lastModified && { "last-modified": served.lastModified }),
      ...(status === 206 && { "content-range": `bytes ${start}-${end - 1}/${total}` }),
      ...(!served.chunked && !served.extra && { "content-length": String(length) }),
    });
    await this.send(response, served, Buffer.from(served.bytes.subarray(start, end)));
  }

  private async send(response: ServerResponse, served: Served, body: Buffer): Promise<void> {
    const extra = served.extra ? Buffer.alloc(served.extra, 7) : Buffer.alloc(0);
    const all = Buffer.concat([body, extra]);
    const cut = served.cut && served.cut.times > 0 && all.length > served.cut.after ? served.cut : undefined;
    const stall = served.stall && served.stall.times > 0 && all.length > served.stall.after ? served.stall : undefined;
    const last = cut?.after ?? stall?.after ?? all.length;
    if (cut) cut.times--;
    if (stall) stall.times--;
    const closed = new Promise((resolve) => response.once("close", resolve));
    for (let at = 0; at < last; at += 65_536) {
      if (served.slowMs) await wait(served.slowMs);
      if (response.destroyed) return;
      const written = response.write(all.subarray(at, Math.min(last, at + 65_536)));
      if (!written) await Promise.race([closed, new Promise((resolve) => response.once("drain", resolve))]);
    }
    if (stall) return;
    if (cut) {
      await wait(20); // Lets what was written leave first.
      response.destroy();
    } else response.end();
  }
}

function chosen(request: IncomingMessage, served: Served): { start: number; end: number; status: number } {
  const size = served.bytes.length;
  const match = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  const validator = request.headers["if-range"];
  const same = validator === undefined || validator === served.etag || validator === served.lastModified;
  if (!match || served.ranges === false || !same) return { start: 0, end: size, status: 200 };
  const start = Number(match[1]);
  if (start >= size) return { start: 0, end: 0, status: 416 };
  return { start, end: Math.min(size, match[2] ? Number(match[2]) + 1 : size), status: 206 };
}

/** Servers that end with the test that began them. */
export function testServers(): () => Promise<MisbehavingServer> {
  const servers: MisbehavingServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });
  return async () => {
    const server = await new MisbehavingServer().listen();
    servers.push(server);
    return server;
  };
}
