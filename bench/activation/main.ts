import { rm } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import { windowAddress } from "../../scripts/workbench/address.mjs";
import { launchBrowser } from "../../scripts/workbench/chromium.mjs";
import { root } from "../../scripts/workbench/install.mjs";
import { sampleFolder } from "../../scripts/workbench/sampleFolder.mjs";
import { startServer } from "../../scripts/workbench/server.mjs";

/** Milliseconds that VS Code itself counts for `activate()`, one figure for each new window and extension host. */
interface ActivationFigures {
  readonly activateMs: readonly number[];
  readonly median: number;
}

const windows = 5;
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Reads what “Developer: Show Running Extensions” says of the extension, in several windows one after the other. */
export async function run(): Promise<ActivationFigures> {
  const dataFolder = path.join(root, ".cache", "bench-activation");
  await rm(dataFolder, { recursive: true, force: true });
  const folder = await sampleFolder("bench-activation");
  const server = await startServer({ dataFolder, say });
  try {
    const browser = await launchBrowser(say);
    try {
      const activateMs: number[] = [];
      for (let i = 0; i < windows; i++) {
        const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
        const file = path.join(folder, "prompts", "word-problems.md");
        await page.goto(windowAddress(server.address, { folder, file, extension: root }));
        activateMs.push(await activationTime(page));
        await page.close();
      }
      const sorted = activateMs.toSorted((a, b) => a - b);
      return { activateMs, median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN };
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

export function print({ activateMs, median }: ActivationFigures): void {
  console.log(`activate(), ms: median ${median} of ${activateMs.join(", ")} in ${activateMs.length} windows`);
}

async function activationTime(page: Page): Promise<number> {
  await page.locator(".statusbar-item[id^='promptscope.promptscope']").first().waitFor({ timeout: 60_000 });
  await page.keyboard.press("F1");
  const input = page.locator(".quick-input-widget:visible input").first();
  await input.fill(">Developer: Show Running Extensions");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "Show Running Extensions" }).first().waitFor();
  await page.keyboard.press("Enter");
  const row = page.locator(".runtime-extensions-editor .monaco-list-row", { hasText: "Promptscope" }).first();
  const text = (await row.locator(".activation-time").textContent({ timeout: 30_000 })) ?? "";
  const found = /(\d+)ms/.exec(text);
  if (!found) throw new Error(`VS Code says “${text}” of the activation, and no time`);
  return Number(found[1]);
}
