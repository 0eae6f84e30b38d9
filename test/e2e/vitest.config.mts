import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/**
 * Files side by side, each worker with a server and a browser to itself. A window that opens keeps two cores busy: with one
 * for each core a suite takes as long, and its tests wait for each other until they give up. More than four ask for much memory.
 */
const e2e = defineConfig({
  test: {
    include: ["test/e2e/**/*.test.ts"],
    globalSetup: ["test/e2e/globalSetup.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A real browser and a real editor on a machine that others use too: what fails twice is a fault.
    retry: 1,
    // A second, the usual, is short for a workbench on a busy machine.
    expect: { poll: { timeout: 15_000 } },
    pool: "threads",
    maxWorkers: Math.min(4, Math.ceil(availableParallelism() / 2)),
  },
});
export default e2e;
