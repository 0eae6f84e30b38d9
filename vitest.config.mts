import { defineConfig } from "vitest/config";

export default defineConfig({
  // Texts of the host go through the editor's API; nothing else of it is needed here.
  resolve: { alias: { vscode: new URL("test/unit/vscode.ts", import.meta.url).pathname } },
  test: {
    include: ["test/unit/**/*.test.ts"],
    testTimeout: 60_000,
    globalSetup: ["test/unit/build.ts"],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["src/tokenizers/core/**", "**/*.d.ts"],
      reportsDirectory: "coverage",
      reporter: ["text-summary", "html", "json-summary"],
    },
  },
});
