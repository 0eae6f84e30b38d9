import * as v from "valibot";
import { expect, it } from "vitest";
import { type Channel, connect } from "../../../src/rpc/rpc";

const contract = {
  add: { args: v.strictTuple([v.number(), v.number()]), result: v.number() },
  fail: { args: v.strictTuple([]), result: v.number() },
  lie: { args: v.strictTuple([]), result: v.number() },
} as const;

/** Two ends of a channel that passes messages through JSON, as VS Code does, and lets a test put in its own. */
function wire() {
  const listeners: [Set<(message: unknown) => void>, Set<(message: unknown) => void>] = [new Set(), new Set()];
  const end = (mine: 0 | 1): Channel => ({
    post: (message) => {
      const copy: unknown = JSON.parse(JSON.stringify(message));
      queueMicrotask(() => {
        for (const listener of listeners[mine === 0 ? 1 : 0]) listener(copy);
      });
    },
    on: (listener) => void listeners[mine].add(listener),
    off: (listener) => void listeners[mine].delete(listener),
  });
  const inject = (message: unknown) => {
    for (const listener of listeners[1]) listener(message);
  };
  return { left: end(0), right: end(1), inject };
}

function pair() {
  const { left, right, inject } = wire();
  const reported: Error[] = [];
  const calls: unknown[][] = [];
  const functions = {
    add: (a: number, b: number) => {
      calls.push([a, b]);
      return a + b;
    },
    fail: (): number => {
      throw new Error("no such file");
    },
    lie: () => "three" as unknown as number,
  };
  connect(contract, functions, {}, right, (error) => reported.push(error));
  const remote = connect({}, {}, contract, left, (error) => reported.push(error));
  return { remote, reported, calls, inject };
}

it("calls the other side and gives its answer", async () => {
  expect(await pair().remote.call("add", 2, 3)).toBe(5);
});

it("passes on the message of an error", async () => {
  const { remote, reported } = pair();
  await expect(remote.call("fail")).rejects.toThrow("no such file");
  expect(reported.map(({ message }) => message)).toEqual(["no such file"]);
});

it("refuses an answer that breaks the contract", async () => {
  await expect(pair().remote.call("lie")).rejects.toThrow(/Expected number/);
});

it("lets nothing through that the contract does not know", async () => {
  const { calls, reported, inject } = pair();
  for (const message of [
    null,
    "add",
    { t: "q", m: 3, a: [] },
    { t: "q", m: "add", a: ["1", 2] },
    { t: "q", m: "add", a: [1, 2, 3] },
    { t: "q", m: "constructor", a: [] },
    { t: "q", m: "__proto__", a: [], i: "x" },
    { t: "s", i: 5 },
  ]) {
    inject(message);
  }
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(calls).toEqual([]);
  expect(reported.length).toBeGreaterThanOrEqual(5);
});

it("tells what it refused, so that whoever waits for it can be told", async () => {
  const { left, right, inject } = wire();
  const told: unknown[] = [];
  connect(contract, { add: (a, b) => a + b, fail: () => 0, lie: () => 0 }, {}, right, (_, refused) =>
    told.push(refused),
  );
  connect({}, {}, contract, left, () => {}).tell("add", 1, "2" as unknown as number);
  inject("add");
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(told).toEqual([
    { method: undefined, args: [] },
    { method: "add", args: [1, "2"] },
  ]);
});

it("rejects calls under way when closed", async () => {
  const { left } = wire();
  const remote = connect({}, {}, contract, left, () => {});
  const answer = remote.call("add", 1, 2);
  remote.close();
  await expect(answer).rejects.toThrow(/closed/);
});
