import { afterEach, describe, expect, it } from "vitest";
import { EngineError, plainSampler, type SampleEvent, type SampleRequest } from "../../../../src/inference/engine";
import type { Abilities } from "../../../../src/inference/openai/abilities";
import { serverAddress } from "../../../../src/inference/openai/address";
import { ServerClient } from "../../../../src/inference/openai/client";
import { ServedEngine } from "../../../../src/inference/openai/servedEngine";
import {
  ending,
  event,
  json,
  piece,
  type Script,
  type ScriptedServer,
  scriptedServer,
  stream,
} from "../../../fixtures/servers/scriptedServer";

const key = "sk-secret-0123456789";
const open: ScriptedServer[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.stop();
});

async function serve(script: Script): Promise<ScriptedServer> {
  const server = await scriptedServer(script);
  open.push(server);
  return server;
}

function clientOf(server: ScriptedServer, maxParallel = 4): ServerClient {
  return new ServerClient({
    address: serverAddress(server.baseUrl),
    key,
    maxParallel,
    timeouts: { answer: 300, silence: 300 },
    retry: { first: 20, longest: 50, longestAsked: 2_500 },
  });
}

const yes = { available: true } as const;
const found: Abilities = {
  program: { name: "other", version: undefined, contextSize: undefined, vocabularySize: undefined, slots: undefined },
  completion: yes,
  chat: yes,
  logProbs: { available: true, topK: 5, raw: true },
  promptLogProbs: { available: true, topK: 5, by: "echo" },
  ownTokens: { text: { available: false, reason: "No tokens." }, chat: { available: false, reason: "No template." } },
  seeds: yes,
  jsonSchema: yes,
  maxTokensName: "max_tokens",
  leftOut: [],
  probeTokens: undefined,
};

function engineOf(server: ScriptedServer, maxParallel?: number, abilities: Partial<Abilities> = {}): ServedEngine {
  return new ServedEngine({ client: clientOf(server, maxParallel), model: "m", found: { ...found, ...abilities } });
}

const request: SampleRequest = {
  prompt: { kind: "text", text: "Once" },
  seeds: [1],
  sampler: plainSampler,
  maxTokens: 8,
  topK: 2,
};

/** What came, and how it ended. */
async function drain(events: AsyncIterable<SampleEvent>): Promise<{ texts: string[]; ends: number; error: unknown }> {
  const texts: string[] = [];
  let ends = 0;
  try {
    for await (const one of events) {
      if (one.kind === "token") texts.push(one.token.text);
      else ends++;
    }
    return { texts, ends, error: undefined };
  } catch (error) {
    return { texts, ends, error };
  }
}

async function failure(work: Promise<unknown>): Promise<EngineError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(EngineError);
  return error as EngineError;
}

describe("a server that misbehaves", () => {
  it("gives up on one that never answers, naming it", async () => {
    const server = await serve(() => undefined);
    const error = await failure(clientOf(server).get("/models"));
    expect(error.code).toBe("network");
    expect(error.message).toContain(`${server.host} did not answer within`);
  });

  it("keeps a model's thoughts apart from what it says: they stand between tags again", async () => {
    const delta = (part: object, more: object = {}): object => ({ choices: [{ delta: part, ...more }] });
    const server = await serve((_request, response) =>
      stream(
        response,
        delta({ reasoning_content: "12 * 3" }),
        delta({ reasoning_content: " = 36." }),
        delta({ content: "36" }),
        delta({}, { finish_reason: "stop" }),
        "[DONE]",
      ),
    );
    const events: SampleEvent[] = [];
    const prompt = { kind: "chat", messages: [{ role: "user", content: "12 * 3?" }] } as const;
    for await (const one of engineOf(server).sample({ ...request, prompt })) events.push(one);
    const whole = "<think>12 * 3 = 36.</think>36";
    expect(events.at(-1)).toMatchObject({ kind: "end", text: whole });
    expect(events.map((one) => (one.kind === "token" ? one.token.text : "")).join("")).toBe(whole);
  });

  it("waits for a first byte that is slow but comes", async () => {
    const server = await serve((_request, response) => setTimeout(() => json(response, { data: [] }), 200));
    expect(await clientOf(server).get("/models")).toEqual({ data: [] });
  });

  it("keeps what came before a stream falls silent", async () => {
    const server = await serve((_request, response) => stream(response, piece(" upon", -0.5), piece(" a", -0.25)));
    const { texts, error } = await drain(engineOf(server).sample(request));
    expect(texts).toEqual([" upon", " a"]);
    expect(error).toMatchObject({ code: "network" });
    expect(String(error)).toMatch(/silent for 1 s. What had arrived is kept/);
  });

  it("keeps what came before the connection breaks in the middle of an event", async () => {
    const server = await serve((_request, response) => {
      stream(response, piece(" upon", -0.5));
      response.write('data: {"choices":[{"te');
      setTimeout(() => response.destroy(), 30);
    });
    const { texts, error } = await drain(engineOf(server).sample(request));
    expect(texts).toEqual([" upon"]);
    expect(error).toMatchObject({ code: "network" });
  });

  it("takes a stream that ends in good order without a reason for a broken one", async () => {
    const server = await serve((_request, response) => {
      stream(response, piece(" upon", -0.5), "[DONE]");
      response.end();
    });
    const { texts, ends, error } = await drain(engineOf(server).sample(request));
    expect({ texts, ends }).toEqual({ texts: [" upon"], ends: 0 });
    expect(String(error)).toMatch(/in the middle, without saying why/);
  });

  it("says so when an event is garbage", async () => {
    const server = await serve((_request, response) => stream(response, piece(" upon", -0.5), "{oops"));
    const { texts, error } = await drain(engineOf(server).sample(request));
    expect(texts).toEqual([" upon"]);
    expect(error).toMatchObject({ code: "server" });
    expect(String(error)).toMatch(/no JSON/);
  });

  it("says so when JSON is of another kind", async () => {
    const server = await serve((_request, response) => json(response, { hello: "world" }));
    const error = await failure(engineOf(server).next({ kind: "text", text: "Once" }, { topK: 2 }));
    expect(error.message).toMatch(/not a completion/);
    expect(error.details).toContain("hello");
  });

  it("does not take a web page for an answer", async () => {
    const server = await serve((_request, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<html>Sign in</html>"),
    );
    expect((await failure(clientOf(server).get("/models"))).message).toMatch(/no JSON/);
    const { error } = await drain(engineOf(server).sample(request));
    expect(String(error)).toMatch(/text\/html instead of a stream/);
  });

  it("stops reading a line that does not end", async () => {
    const server = await serve((_request, response) => {
      stream(response);
      response.write(`data: ${"x".repeat(9_000_000)}`);
    });
    const { error } = await drain(engineOf(server).sample(request));
    expect(String(error)).toMatch(/sent more than any answer can be/);
  });

  it("passes on an error that comes as an event", async () => {
    const server = await serve((_request, response) =>
      stream(response, piece(" upon", -0.5), { error: { message: "CUDA out of memory" } }),
    );
    const { texts, error } = await drain(engineOf(server).sample(request));
    expect(texts).toEqual([" upon"]);
    expect(String(error)).toContain("CUDA out of memory");
  });

  it("waits as long as Retry-After says, then goes on", async () => {
    const times: number[] = [];
    const server = await serve((_request, response, index) => {
      times.push(Date.now());
      if (index === 0) json(response, { error: { message: "slow down" } }, 429, { "retry-after": "1" });
      else json(response, { data: [] });
    });
    await clientOf(server).get("/models");
    expect(times).toHaveLength(2);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it("does not wait for hours, but says how long it would be", async () => {
    const server = await serve((_request, response) => json(response, {}, 429, { "retry-after": "3600" }));
    const error = await failure(clientOf(server).get("/models"));
    expect(error.code).toBe("rateLimited");
    expect(error.message).toMatch(/Wait 3,600 s/);
    expect(server.seen).toHaveLength(1);
  });

  it("asks four times with growing waits where the server fails, then says what it said", async () => {
    const server = await serve((_request, response) => json(response, { detail: "worker died" }, 503));
    const error = await failure(clientOf(server).get("/models"));
    expect(error.code).toBe("server");
    expect(error.message).toMatch(/\(503, asked 4 times\). It says: worker died\./);
    expect(server.seen).toHaveLength(4);
  });

  it("does not ask again for what a server never does", async () => {
    const server = await serve((_request, response) => json(response, { error: { message: "no such thing" } }, 501));
    expect((await failure(clientOf(server).get("/models"))).message).toMatch(/501, asked once/);
    expect(server.seen).toHaveLength(1);
  });

  it("goes on when a failure passes", async () => {
    const server = await serve((_request, response, index) =>
      index < 2 ? json(response, {}, 500) : json(response, { data: [] }),
    );
    await clientOf(server).get("/models");
    expect(server.seen).toHaveLength(3);
  });

  it("asks once more when a connection that was kept open is closed at once", async () => {
    const server = await serve((_request, response, index) =>
      index === 0 ? response.socket?.destroy() : json(response, { data: [] }),
    );
    await clientOf(server).get("/models");
    expect(server.seen).toHaveLength(2);
  });

  it("does not follow a redirect to another host with the key", async () => {
    const other = await serve((_request, response) => json(response, { data: [] }));
    const server = await serve((_request, response) =>
      response.writeHead(307, { location: `${other.baseUrl}/models` }).end(),
    );
    const error = await failure(clientOf(server).get("/models"));
    expect(error.message).toContain(`${server.host} points to ${other.baseUrl}/models`);
    expect(server.seen[0]?.authorization).toBe(`Bearer ${key}`);
    expect(other.seen).toEqual([]);
  });

  it("says who refused the key, and never shows it", async () => {
    const server = await serve((_request, response) => json(response, { error: `bad key ${key}` }, 401));
    const error = await failure(clientOf(server).get("/models"));
    expect(error.code).toBe("unauthorized");
    expect(error.message).toMatch(/refused the key \(401\).*Change Server Key/);
    expect(`${error.message}${error.details}`).not.toContain(key);
    expect(server.seen).toHaveLength(1);
  });

  it("tells a prompt that is too long from other refusals", async () => {
    const message = "This model's maximum context length is 512 tokens, however you requested 600 tokens.";
    const server = await serve((_request, response) => json(response, { error: { message } }, 400));
    const error = await failure(engineOf(server).next({ kind: "text", text: "x" }, { topK: 1 }));
    expect(error.code).toBe("contextOverflow");
    expect(error.message).toContain("512 tokens");
  });

  it("says when nothing listens there", async () => {
    const server = await scriptedServer(() => undefined);
    await server.stop();
    const error = await failure(clientOf(server).get("/models"));
    expect(error.message).toMatch(/Nothing answers at 127.0.0.1:\d+. Start the server/);
  });
});

describe("aborting", () => {
  it("ends the request at once and gives the place back", async () => {
    const server = await serve((_request, response) => stream(response, piece(" upon", -0.5)));
    const controller = new AbortController();
    const engine = engineOf(server, 1);
    const texts: string[] = [];
    const reason = new Error("enough");
    const run = (async () => {
      for await (const one of engine.sample(request, controller.signal)) {
        if (one.kind === "token") texts.push(one.token.text);
        controller.abort(reason);
      }
    })();
    await expect(run).rejects.toBe(reason);
    expect(texts).toEqual([" upon"]);
    await expect.poll(() => server.underWay.now).toBe(0);
  });

  it("ends requests that nobody reads any more", async () => {
    const server = await serve((_request, response) => stream(response, piece(" upon", -0.5)));
    for await (const one of engineOf(server).sample({ ...request, seeds: [1, 2, 3] })) {
      expect(one.kind).toBe("token");
      break;
    }
    await expect.poll(() => server.underWay.now).toBe(0);
  });

  it("stops waiting for a place", async () => {
    const server = await serve(() => undefined);
    const client = clientOf(server, 1);
    const first = failure(client.get("/models"));
    const reason = new Error("no more");
    await expect(client.get("/models", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const second = client.get("/models", { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 20);
    await expect(second).rejects.toBe(reason);
    await first;
    expect(server.seen).toHaveLength(1);
  });
});

describe("several samples", () => {
  it("run side by side, as many as allowed, each with its seed", async () => {
    const server = await serve(async ({ body }, response) => {
      stream(response, piece(` ${body.seed}`, -0.5));
      await new Promise((resolve) => setTimeout(resolve, 20));
      event(response, ending("length"));
      event(response, "[DONE]");
      response.end();
    });
    const ends = new Map<number, string>();
    for await (const one of engineOf(server, 3).sample({
      ...request,
      seeds: [11, 12, 13, 14, 15, 16, 17],
      maxTokens: 1,
    }))
      if (one.kind === "end") {
        ends.set(one.sample, one.text);
        expect(one.reason).toBe("maxTokens");
      }
    expect([...ends].sort(([a], [b]) => a - b).map(([, text]) => text)).toEqual(
      [11, 12, 13, 14, 15, 16, 17].map((seed) => ` ${seed}`),
    );
    expect(server.underWay.most).toBe(3);
  });

  it("give what had arrived, then the error, when one of them fails", async () => {
    const server = await serve(({ body }, response) => {
      stream(response, piece(" upon", -0.5));
      setTimeout(() => (body.seed === 1 ? event(response, piece(" a", -0.5)) : event(response, "{")), 30);
    });
    const { texts, error } = await drain(engineOf(server).sample({ ...request, seeds: [1, 2] }));
    expect(texts.filter((text) => text === " upon")).toHaveLength(2);
    expect(error).toMatchObject({ code: "server" });
    await expect.poll(() => server.underWay.now).toBe(0);
  });
});

describe("what a server leaves out", () => {
  const refused = async (abilities: Partial<Abilities>, changes: Partial<SampleRequest>): Promise<string> => {
    const server = await serve((_request, response) => json(response, {}));
    const { error } = await drain(engineOf(server, 1, abilities).sample({ ...request, ...changes }));
    expect(error).toMatchObject({ code: "unsupported" });
    expect(server.seen).toEqual([]);
    return String(error);
  };

  it("is refused instead of being sent in vain", async () => {
    expect(await refused({}, { sampler: { ...plainSampler, topK: 40 } })).toMatch(/is not known to take top-k/);
    expect(await refused({}, { sampler: { ...plainSampler, minP: 0.1 } })).toMatch(/min-p/);
    expect(await refused({}, { stopTokens: [2] })).toMatch(/stop texts/);
    expect(await refused({}, { grammar: { kind: "gbnf", text: "root ::= [a]" } })).toMatch(/no GBNF/);
    expect(await refused({}, { logitBias: [{ id: -1, bias: 1 }] })).toMatch(/id is not known/);
    const no = { available: false, reason: "Chats only here." } as const;
    expect(await refused({ completion: no }, {})).toBe("EngineError: Chats only here.");
    const chat = { kind: "chat", messages: [{ role: "user", content: "Hi" }] } as const;
    expect(await refused({}, { prompt: { ...chat, answerStart: "Answer:" } })).toMatch(/cannot be begun/);
    expect(await refused({}, { prompt: { ...chat, templateValues: { enable_thinking: false } } })).toMatch(
      /enable_thinking/,
    );
  });

  it("keeps text that spells a control token from programs that would parse it", async () => {
    const program = { ...found.program, name: "vLLM" as const };
    const text = "Say <|im_start|>system";
    expect(await refused({ program }, { prompt: { kind: "text", text } })).toMatch(
      /spells a control token \(“<\|im_start\|>”\)/,
    );
    const messages = [{ role: "user", content: text }];
    expect(await refused({ program }, { prompt: { kind: "chat", messages } })).toMatch(/control token/);
  });

  it("marks values that are after the server's sampler", async () => {
    const server = await serve((_request, response) => {
      stream(response, piece(" upon", Math.log(0.25)), ending());
      response.end();
    });
    const logProbs = { available: true, topK: 5, raw: false } as const;
    const events: SampleEvent[] = [];
    for await (const one of engineOf(server, 1, { logProbs }).sample(request)) events.push(one);
    expect(events[0]).toMatchObject({ token: { logProb: undefined, sampledWith: 0.25, entropy: undefined } });
  });
});
