import { defineConfig } from "vitest/config";

/** One file after the other: they share one server and one browser, and a machine may have two cores. */
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
    fileParallelism: false,
    pool: "threads",
  },
});
export default e2e;
