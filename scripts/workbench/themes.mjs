// The themes that pictures and tests use.
import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

/** VS Code's own name, and what matches the window once the theme is applied, some seconds after it opened. */
export const themes = {
  dark: { name: "Default Dark Modern", applied: ".monaco-workbench.vs-dark" },
  light: { name: "Default Light Modern", applied: ".monaco-workbench.vs" },
  highContrast: { name: "Default High Contrast", applied: ".monaco-workbench.hc-black" },
  highContrastLight: { name: "Default High Contrast Light", applied: ".monaco-workbench.hc-light" },
};

/**
 * Brings a window that is open to a theme. VS Code in a browser misses a change that comes before it watches its settings:
 * so the change is made again until it holds.
 * @param {import("playwright-core").Page} page
 * @param {string} dataFolder the server's
 * @param {keyof typeof themes} theme
 */
export async function applyTheme(page, dataFolder, theme) {
  const applied = page.locator(themes[theme].applied);
  for (let tries = 0; tries < 10; tries++) {
    await chooseTheme(dataFolder, theme);
    await applied.waitFor({ timeout: 3000 }).catch(() => undefined);
    // After the other theme was asked for, that change may still be on its way.
    if (tries > 0) await page.waitForTimeout(2500);
    if (await applied.isVisible()) return;
    await chooseTheme(dataFolder, theme === "dark" ? "light" : "dark");
    await page.waitForTimeout(700);
  }
  throw new Error(`the window does not take the theme ${themes[theme].name}`);
}

/**
 * Waits until a window that opens has the theme chosen before, which is some seconds after its first picture. One that
 * does not take it by itself is brought to it.
 * @param {import("playwright-core").Page} page
 * @param {string} dataFolder the server's
 * @param {keyof typeof themes} theme
 */
export async function awaitTheme(page, dataFolder, theme) {
  // VS Code in a browser cannot start in high contrast, only change to it.
  if (theme.startsWith("highContrast")) return applyTheme(page, dataFolder, theme);
  // What stands before the extensions are read has no file of a theme in its name.
  const loaded = page.locator(`${themes[theme].applied}[class*="vscode-theme-defaults"]`);
  try {
    await loaded.waitFor({ timeout: 20_000 });
  } catch {
    return applyTheme(page, dataFolder, theme);
  }
}

/**
 * Chooses the theme of all windows of a server. The user's settings are the editor's as well,
 * and empty where a window was closed while it wrote them: then they begin anew from the machine's.
 * @param {string} dataFolder the server's
 * @param {keyof typeof themes} theme
 */
export async function chooseTheme(dataFolder, theme) {
  const fileOf = (scope) => path.join(dataFolder, "data", scope, "settings.json");
  const machine = { ...JSON.parse(await readWhole(fileOf("Machine"))), "workbench.colorTheme": themes[theme].name };
  const user = JSON.parse((await readFile(fileOf("User"), "utf8")) || "{}");
  await replaceFile(fileOf("Machine"), machine);
  await replaceFile(fileOf("User"), { ...user, ...machine });
}

/** The editor empties a file before it writes it. */
async function readWhole(file) {
  for (let tries = 0; tries < 20; tries++) {
    const text = await readFile(file, "utf8");
    if (text !== "") return text;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${file} is empty`);
}

/** Nobody reads half of it. */
async function replaceFile(file, settings) {
  await writeFile(`${file}.new`, JSON.stringify(settings, null, 2));
  await rename(`${file}.new`, file);
}
