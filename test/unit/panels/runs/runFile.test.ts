import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Uri } from "vscode";
import { RunFile } from "../../../../src/panels/runs/runFile";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "promptscope-runs-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function runFile(name: string, text: string, whole?: number) {
  const at = path.join(folder, name);
  await writeFile(at, text);
  const failed: Error[] = [];
  const file = new RunFile({ fsPath: at } as Uri, (error) => failed.push(error), whole);
  return { file, failed, text: () => readFile(at, "utf8") };
}

it("adds lines, after a last one that has no end, and in place of one that was cut off", async () => {
  const plain = await runFile("plain", '{"head":1}\n');
  plain.file.add({ a: 1 });
  plain.file.add({ b: 2 });
  await plain.file.flush();
  expect(await plain.text()).toBe('{"head":1}\n{"a":1}\n{"b":2}\n');

  const open = await runFile("open", '{"head":1}\n{"a":1}');
  open.file.add({ b: 2 });
  await open.file.flush();
  expect(await open.text()).toBe('{"head":1}\n{"a":1}\n{"b":2}\n');

  const cut = await runFile("cut", '{"head":1}\n{"a":', 11);
  cut.file.add({ b: 2 });
  await cut.file.flush();
  expect(await cut.text()).toBe('{"head":1}\n{"b":2}\n');
});

it("leaves no half line on a full disk, and writes what it could not once there is room", async () => {
  const { file, failed, text } = await runFile("full", '{"head":1}\n');
  // A mock, since no disk is full here: it takes the first five bytes and fails.
  const handle = await open(path.join(folder, "full"));
  const full = vi.spyOn(Object.getPrototypeOf(handle), "appendFile").mockImplementationOnce(async function (
    this: typeof handle,
    ...[data]: unknown[]
  ) {
    await this.write(String(data).slice(0, 5));
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  });
  await handle.close();
  file.add({ a: 1 });
  await file.flush();
  expect(full).toHaveBeenCalled();
  full.mockRestore();
  expect(failed.map(({ message }) => message)).toEqual([expect.stringMatching(/full cannot be written: ENOSPC/)]);
  expect(await text()).toBe('{"head":1}\n');
  file.add({ b: 2 });
  await file.flush();
  expect(await text()).toBe('{"head":1}\n{"a":1}\n{"b":2}\n');
});
