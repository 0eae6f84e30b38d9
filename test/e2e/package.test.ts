import { execFileSync } from "node:child_process";
import { rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { vsixPath } from "../../scripts/package.mjs";
import { root } from "../../scripts/workbench/install.mjs";
import { installExtension, startServer } from "../../scripts/workbench/server.mjs";
import { useWorkbench } from "./workbench";

const vscode = useWorkbench();
const dataFolder = path.join(root, ".cache", "package-data");
const say = (line: string): void => console.log(line);
let server: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  await rm(dataFolder, { recursive: true, force: true });
  await installExtension(dataFolder, vsixPath, say);
  server = await startServer({ dataFolder, say });
});

afterAll(() => server.stop());

it("installs, activates and paints tokens as shipped", async () => {
  const window = await vscode.open({
    server: server.address,
    dataFolder,
    extension: null,
    file: "prompts/word-problems.md",
  });
  await window.waitForStatus(/[\d,]+ tokens/, 60_000);
  await window.command("Promptscope: Toggle Token Lens");
  await expect.poll(async () => (await window.paintedBands()).length, { timeout: 20_000 }).toBeGreaterThan(100);
  await window.screenshot("package");
});

it("counts with every shipped tokenizer as shipped", async () => {
  const window = await vscode.open({
    server: server.address,
    dataFolder,
    extension: null,
    file: "prompts/word-problems.md",
  });
  for (const tokenizer of ["cl100k_base", "r50k_base", "qwen2.5", "smollm2", "deepseek-v3", "mistral-nemo"]) {
    await window.changeSettings({ "promptscope.tokenizer": tokenizer });
    await window.waitForStatus(new RegExp(`^[^≈]*[\\d,]+ tokens · ${tokenizer.replace(".", "\\.")}`), 60_000);
  }
});

/** Model processes of the installed extension. */
function modelProcesses(): string[] {
  const all = execFileSync("ps", ["-A", "-o", "args"], { encoding: "utf8" }).split("\n");
  return all.filter((line) => line.includes("modelProcess.mjs") && line.includes(dataFolder));
}

it("scores a text with the built-in model as shipped, and leaves no process behind when closed in mid-run", async () => {
  const window = await vscode.open({
    server: server.address,
    dataFolder,
    extension: null,
    file: "texts/loaded-coin.md",
    settings: { "promptscope.continue.maxTokens": 150 },
  });
  await window.waitForStatus(/[\d,]+ tokens/, 60_000);
  expect(modelProcesses()).toEqual([]);
  await window.command("Promptscope: Toggle Surprisal Lens");
  const status = window.page.locator("[id$='promptscope.surprisal']");
  await expect
    .poll(async () => ((await status.count()) > 0 ? status.textContent() : ""), { timeout: 60_000 })
    .toMatch(/perplexity [\d.,]+ · [\d.]+ bits\/char · Specimen, base/);
  expect(modelProcesses()).toHaveLength(1);
  await window.screenshot("package-surprisal");

  await window.command("Promptscope: Continue Here");
  const continued = window.page.locator("[id$='promptscope.continue']");
  await continued.filter({ hasText: /seed 1/ }).waitFor({ timeout: 30_000 });
  await window.close();
  // The server waits 20 s for the window to come back before it ends the extension host.
  await expect.poll(modelProcesses, { timeout: 60_000, interval: 500 }).toEqual([]);
});
