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
 * Chooses the theme of all windows of a server. A workspace's settings cannot choose a high-contrast one.
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
