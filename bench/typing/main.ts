import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import { windowAddress } from "../../scripts/workbench/address.mjs";
import { launchBrowser } from "../../scripts/workbench/chromium.mjs";
import { root } from "../../scripts/workbench/install.mjs";
import { startServer } from "../../scripts/workbench/server.mjs";
import { type Quantiles, quantiles } from "./quantiles";

/** From the key going down to the last change of what is painted behind the text, milliseconds. */
interface TypingFigures {
  readonly megabytes: number;
  readonly lens: "on" | "off";
  readonly keys: number;
  readonly keyToPaintMs: Quantiles;
  /** From opening the file until the status bar has the exact count. */
  readonly openToExactMs: number;
}

const keys = "The next token is 7, then 19 more. ".split("");
/** Nothing painted later than this after a key is put down to that key. */
const settleMs = 250;
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * Types into files of 1 MB and 10 MB in the real workbench, with the lens on and, for comparison, off (what is painted
 * then is VS Code's own work). Key, editor, extension host and painting are all in the figure.
 */
export async function run(): Promise<readonly TypingFigures[]> {
  const scratch = path.join(root, ".cache", "bench-typing");
  await rm(scratch, { recursive: true, force: true });
  const folder = path.join(scratch, "folder");
  await mkdir(folder, { recursive: true });
  const server = await startServer({ dataFolder: path.join(scratch, "data"), say });
  const browser = await launchBrowser(say);
  const figures: TypingFigures[] = [];
  try {
    for (const megabytes of [1, 10]) {
      const file = path.join(folder, `${megabytes}MB.txt`);
      await writeFile(file, proseOf(megabytes * 1e6));
      for (const lens of ["off", "on"] as const) {
        await mkdir(path.join(folder, ".vscode"), { recursive: true });
        const settings = { "promptscope.lens.startOn": lens === "on", "editor.largeFileOptimizations": false };
        await writeFile(path.join(folder, ".vscode", "settings.json"), JSON.stringify(settings));
        const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
        figures.push(
          await measure(page, windowAddress(server.address, { folder, file, extension: root }), megabytes, lens),
        );
        await page.close();
      }
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return figures;
}

export function print(figures: readonly TypingFigures[]): void {
  console.log("Typing in the real workbench: key to painted, ms");
  console.log("file     lens   p50    p95    max    open to exact count, ms");
  for (const { megabytes, lens, keyToPaintMs: q, openToExactMs } of figures) {
    const cells = [q.p50, q.p95, q.max].map((value) => value.toFixed(1).padStart(6));
    console.log(
      `${`${megabytes} MB`.padEnd(8)} ${lens.padEnd(4)} ${cells.join(" ")} ${openToExactMs.toFixed(0).padStart(8)}`,
    );
  }
}

async function measure(page: Page, address: string, megabytes: number, lens: "on" | "off"): Promise<TypingFigures> {
  const opened = performance.now();
  await page.goto(address);
  await page.locator(".monaco-editor .view-line").first().waitFor({ timeout: 120_000 });
  const status = page.locator(".statusbar-item[id^='promptscope.promptscope']").first();
  await status.filter({ hasText: /^[^≈%]*\d[\d,]* tokens/ }).waitFor({ timeout: 120_000 });
  const openToExactMs = performance.now() - opened;
  await page
    .locator(".monaco-editor .view-lines")
    .first()
    .click({ position: { x: 200, y: 200 } });
  await page.keyboard.press("End");
  await page.evaluate(watchPainting);
  const times: number[] = [];
  for (const key of keys) {
    await page.evaluate(() => window.promptscopeBench?.begin());
    await page.keyboard.type(key);
    await page.waitForTimeout(settleMs);
    times.push(await page.evaluate(() => window.promptscopeBench?.end() ?? Number.NaN));
  }
  return { megabytes, lens, keys: times.length, keyToPaintMs: quantiles(times), openToExactMs };
}

declare global {
  interface Window {
    promptscopeBench?: { begin(): void; end(): number };
  }
}

/** In the page: remembers when a key went down and when text or decorations were last changed and painted after it. */
function watchPainting(): void {
  let pressed = 0;
  let painted = 0;
  const editor = document.querySelector(".editor-instance .monaco-editor");
  if (!editor) throw new Error("no editor");
  const note = (): void => {
    requestAnimationFrame(() => {
      painted = performance.now();
    });
  };
  for (const part of editor.querySelectorAll(".view-overlays, .view-lines")) {
    new MutationObserver(note).observe(part, { childList: true, subtree: true, attributes: true, characterData: true });
  }
  window.addEventListener("keydown", () => (pressed = performance.now()), { capture: true });
  window.promptscopeBench = {
    begin: () => {
      pressed = 0;
      painted = 0;
    },
    end: () => (pressed > 0 && painted > pressed ? painted - pressed : Number.NaN),
  };
}

/** Plain English sentences with numbers, about 70 characters a line. */
function proseOf(bytes: number): string {
  const words = "the a model token prompt reads writes counts sees while because under over small rare long".split(" ");
  let seed = 20_261_121;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const lines: string[] = [];
  for (let size = 0; size < bytes; ) {
    const line = Array.from({ length: 11 }, () => (next(9) === 0 ? String(next(10_000)) : words[next(words.length)]));
    const text = `${line.join(" ")}.`;
    lines.push(text);
    size += text.length + 1;
  }
  return lines.join("\n");
}
