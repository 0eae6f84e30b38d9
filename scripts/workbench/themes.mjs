// The themes that pictures and tests use.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** VS Code's own name, and what matches the window once the theme is applied, some seconds after it opened. */
export const themes = {
  dark: { name: "Default Dark Modern", applied: ".monaco-workbench.vs-dark" },
  light: { name: "Default Light Modern", applied: ".monaco-workbench.vs" },
  highContrast: { name: "Default High Contrast", applied: ".monaco-workbench.hc-black" },
  highContrastLight: { name: "Default High Contrast Light", applied: ".monaco-workbench.hc-light" },
};

/**
 * Brings a window that is open to a theme. VS Code in a browser cannot start in high contrast, only change to it, and it
 * misses a change that comes before it watches its settings: so the change is made again until it holds.
 * @param {import("playwright-core").Page} page
 * @param {string} dataFolder the server's
 * @param {keyof typeof themes} theme
 */
export async function applyTheme(page, dataFolder, theme) {
  const applied = page.locator(themes[theme].applied);
  for (let tries = 0; tries < 10; tries++) {
    await chooseTheme(dataFolder, theme);
    await applied.waitFor({ timeout: 3000 }).catch(() => undefined);
    await page.waitForTimeout(700);
    if (await applied.isVisible()) return;
    await chooseTheme(dataFolder, theme === "dark" ? "light" : "dark");
    await page.waitForTimeout(700);
  }
  throw new Error(`the window does not take the theme ${themes[theme].name}`);
}

/**
 * Chooses the theme of all windows of a server.
 * @param {string} dataFolder the server's
 * @param {keyof typeof themes} theme
 */
export async function chooseTheme(dataFolder, theme) {
  for (const scope of ["Machine", "User"]) {
    const file = path.join(dataFolder, "data", scope, "settings.json");
    const settings = { ...JSON.parse(await readFile(file, "utf8")), "workbench.colorTheme": themes[theme].name };
    await writeFile(file, JSON.stringify(settings, null, 2));
  }
}
