// npm run look: opens the real workbench with the built extension, runs commands, and writes a picture of it.
//   npm run look -- --file prompts/word-problems.md --command "Promptscope: Toggle Token Lens" --out test-output/a.png
//   --theme dark|light|highContrast|highContrastLight   --width 1400 --height 900   --wait 500 (ms, after the commands)
//   --settings '{"promptscope.tokenizer": "cl100k_base"}'   --build (builds first)
// --command may be given several times; each is a title as the palette shows it.
import { rm } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { windowAddress } from "./workbench/address.mjs";
import { launchBrowser } from "./workbench/chromium.mjs";
import { root } from "./workbench/install.mjs";
import { runNode } from "./workbench/processes.mjs";
import { sampleFolder } from "./workbench/sampleFolder.mjs";
import { startServer } from "./workbench/server.mjs";
import { applyTheme, chooseTheme, themes } from "./workbench/themes.mjs";

const { values } = parseArgs({
  options: {
    file: { type: "string" },
    command: { type: "string", multiple: true, default: [] },
    out: { type: "string", default: "test-output/look.png" },
    theme: { type: "string", default: "dark" },
    width: { type: "string", default: "1400" },
    height: { type: "string", default: "900" },
    wait: { type: "string", default: "800" },
    settings: { type: "string", default: "{}" },
    build: { type: "boolean", default: false },
  },
});
if (!(values.theme in themes)) throw new Error(`--theme is one of ${Object.keys(themes).join(", ")}`);
const say = (line) => process.stderr.write(`${line}\n`);

if (values.build) await runNode(["esbuild.mjs"], { quiet: true });
const folder = await sampleFolder(`look-${process.pid}`, JSON.parse(values.settings));
const dataFolder = path.join(root, ".cache", `look-data-${process.pid}`);
const server = await startServer({ dataFolder, say });
try {
  await chooseTheme(dataFolder, values.theme);
  const browser = await launchBrowser(say);
  try {
    const page = await browser.newPage({ viewport: { width: Number(values.width), height: Number(values.height) } });
    const file = values.file === undefined ? undefined : path.resolve(folder, values.file);
    await page.goto(windowAddress(server.address, { folder, file, extension: root }));
    await page.locator(".statusbar-item[id^='promptscope']").first().waitFor({ timeout: 60_000, state: "attached" });
    await applyTheme(page, dataFolder, values.theme);
    for (const title of values.command) await runCommand(page, title);
    await page.waitForTimeout(Number(values.wait));
    await page.screenshot({ path: path.resolve(values.out) });
    say(path.resolve(values.out));
  } finally {
    await browser.close();
  }
} finally {
  await server.stop();
  await rm(dataFolder, { recursive: true, force: true });
  await rm(path.dirname(folder), { recursive: true, force: true });
}

async function runCommand(page, title) {
  await page.keyboard.press("F1");
  const input = page.locator(".quick-input-widget:visible input").first();
  await input.fill(`>${title}`);
  await page.locator(".quick-input-list .monaco-list-row").first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForTimeout(500);
}
