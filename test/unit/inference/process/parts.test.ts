import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import type { SampleEvent } from "../../../../src/inference/engine";
import type { Part } from "../../../../src/inference/llama/process/contract";
import { PartQueue } from "../../../../src/inference/llama/process/partQueue";
import { PartSender } from "../../../../src/inference/llama/process/partSender";

const end = (sample: number): SampleEvent => ({ kind: "end", sample, reason: "maxTokens", text: "", tokens: 0 });

function sender() {
  const sent: Part[] = [];
  const stop = new AbortController();
  return { sent, stop, sender: new PartSender((part) => sent.push(part), stop.signal) };
}

it("sends the first event at once and later ones together", async () => {
  const { sent, sender: parts } = sender();
  await parts.event(end(0));
  expect(sent).toHaveLength(1);
  for (let i = 1; i <= 10; i++) await parts.event(end(i));
  expect(sent).toHaveLength(1);
  await pause(40);
  expect(sent.map(({ items }) => items.length)).toEqual([1, 10]);
  await parts.event(end(11));
  parts.flush();
  expect(sent.flatMap((part) => part.items as unknown[])).toEqual(Array.from({ length: 12 }, (_, i) => end(i)));
  expect(parts.sent).toBe(sent.length);
});

it("sends lists in slices", async () => {
  const { sent, sender: parts } = sender();
  const items = Array.from({ length: 600 }, (_, id) => ({ id, text: "a", logProb: -1 }));
  await parts.list("alternatives", items);
  expect(sent.map((part) => part.items.length)).toEqual([256, 256, 88]);
  expect(sent.flatMap((part) => part.items as unknown[])).toEqual(items);
});

it("waits while too much is under way, and goes on when it was taken or is cancelled", async () => {
  const { sent, stop, sender: parts } = sender();
  const items = Array.from({ length: 256 * 100 }, (_, id) => ({ id, text: "a", logProb: -1 }));
  const sending = parts.list("alternatives", items);
  await pause(5);
  expect(sent).toHaveLength(32);
  parts.took(10);
  await pause(5);
  expect(sent).toHaveLength(42);
  stop.abort();
  await sending;
  expect(sent.length).toBeLessThan(50);
});

const part = (sample: number): Part => ({ kind: "events", items: [end(sample)] });

it("gives out what had arrived before an error, and ends only after the last part", async () => {
  const queue = new PartQueue();
  queue.push(part(0));
  queue.fail(new Error("crashed"));
  expect(await queue.next()).toEqual(part(0));
  await expect(queue.next()).rejects.toThrow("crashed");

  const late = new PartQueue();
  late.end(1);
  const waiting = late.next();
  late.push(part(1));
  expect(await waiting).toEqual(part(1));
  expect(await late.next()).toBeUndefined();

  const refused = new PartQueue();
  refused.end(1, new Error("too long"));
  refused.push(part(2));
  expect(await refused.next()).toEqual(part(2));
  await expect(refused.next()).rejects.toThrow("too long");
});

it("forgets what had arrived when it is aborted", async () => {
  const queue = new PartQueue();
  queue.push(part(0));
  queue.abort(new Error("enough"));
  await expect(queue.next()).rejects.toThrow("enough");
});

it("takes nothing more once it has failed: there may be a gap before it", async () => {
  const queue = new PartQueue();
  queue.fail(new Error("unreadable"));
  queue.push(part(0));
  await expect(queue.next()).rejects.toThrow("unreadable");
});
