// Draws media/icons/promptscope.png (256 x 256) from the SVG beside it, in the browser that the tests use.
//   CHROMIUM=/usr/bin/chromium node scripts/icons.mjs
import { readFile } from "node:fs/promises";
import { chromium } from "playwright-core";

const icons = new URL("../media/icons/", import.meta.url);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
  const svg = await readFile(new URL("promptscope.svg", icons), "utf8");
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
  await page.screenshot({ path: new URL("promptscope.png", icons).pathname, omitBackground: true });
} finally {
  await browser.close();
}
