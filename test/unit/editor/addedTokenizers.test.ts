import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { directorySource } from "../../../src/tokenizers/node/nodeSource";
import { AddedTokenizerStore } from "../../../src/tokens/addedTokenizers";

const vocabulary = path.resolve("dist/vocabularies/p50k_base.bin");
/** Stands for the worker that packs: the file is packed already. */
const worker = `
  import { readFileSync } from "node:fs";
  import { parentPort, workerData } from "node:worker_threads";
  parentPort.postMessage({ kind: "packed", bytes: readFileSync(workerData.file) });
`;
const { signal } = new AbortController();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "promptscope-added-"));
  writeFileSync(path.join(folder, "worker.mjs"), worker);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The store as a window has it. */
async function opened(): Promise<AddedTokenizerStore> {
  const store = new AddedTokenizerStore(
    path.join(folder, "store"),
    path.join(folder, "worker.mjs"),
    directorySource("dist"),
  );
  await store.open();
  return store;
}

const names = (store: AddedTokenizerStore): string[] => store.list().map(({ name }) => name);

it("keeps what another window added or removed meanwhile", async () => {
  const [one, other] = [await opened(), await opened()];
  await one.add("first", vocabulary, "a file", signal);
  await one.add("second", vocabulary, "a file", signal);
  await other.add("third", vocabulary, "a file", signal);
  expect(names(other)).toEqual(["first", "second", "third"]);
  await other.remove("first");
  await one.remove("second");
  expect(names(await opened())).toEqual(["third"]);
  // The one that is left has the same file.
  expect(await readdir(path.join(folder, "store"))).toHaveLength(2);
  expect((await one.load("third")).encode("Hello").ids).toHaveLength(1);
});

it("is written anew where its index is damaged", async () => {
  const store = await opened();
  await store.add("first", vocabulary, "a file", signal);
  writeFileSync(path.join(folder, "store", "index.json"), "[{");
  await expect(opened()).rejects.toThrow();
  await store.add("second", vocabulary, "a file", signal);
  expect(names(await opened())).toEqual(["first", "second"]);
});
