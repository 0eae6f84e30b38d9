import { createHash } from "node:crypto";
import { performance } from "node:perf_hooks";
import { describe, expect, it } from "vitest";
import { fileHash } from "../../../../src/inference/library/fileHash";
import { put, temporaryFolders } from "./temporaryFolder";

const folder = temporaryFolders();
const never = new AbortController().signal;

describe("fileHash", () => {
  it("is the file's hash, computed beside the event loop, with its progress", async () => {
    const bytes = Buffer.alloc(96 << 20, "promptscope");
    const file = await put(await folder(), "large.bin", bytes);
    const told: number[] = [];
    const before = performance.eventLoopUtilization();
    const found = await fileHash(file, "sha256", never, (done) => told.push(done));
    const { active } = performance.eventLoopUtilization(before);
    const start = performance.now();
    expect(found).toBe(createHash("sha256").update(bytes).digest("hex"));
    // Not a limit in milliseconds, which a busy machine would miss: it takes this thread less time than hashing here does.
    expect(active).toBeLessThan(performance.now() - start);
    expect(told.at(-1)).toBe(bytes.length);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  it("says which file cannot be read, and stops when asked to", async () => {
    await expect(fileHash("/nowhere/at all", "sha512", never)).rejects.toMatchObject({
      name: "LibraryError",
      code: "unreadable",
      message: expect.stringContaining("/nowhere/at all"),
    });
    const stop = new AbortController();
    const file = await put(await folder(), "a.bin", Buffer.alloc(32 << 20));
    const hashing = fileHash(file, "sha512", stop.signal);
    stop.abort(new Error("enough"));
    await expect(hashing).rejects.toThrow("enough");
  });
});
