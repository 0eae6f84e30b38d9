import axe from "axe-core";
import type { FrameLocator } from "playwright-core";

/** What axe finds in a panel, as "rule: element". */
export async function violations(panel: FrameLocator): Promise<string[]> {
  const handle = await panel.locator("#panel").elementHandle();
  const frame = await handle?.ownerFrame();
  if (!frame) throw new Error("the panel has no frame");
  await frame.evaluate(axe.source);
  return frame.evaluate(async () => {
    const { axe: loaded } = window as unknown as { axe: typeof axe };
    const { violations: found } = await loaded.run(document.body);
    return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}

const kinds = {
  dark: "vscode-dark",
  light: "vscode-light",
  highContrast: "vscode-high-contrast",
  highContrastLight: "vscode-high-contrast-light",
};

/** Waits until a panel has the window's theme. */
export async function inTheme(panel: FrameLocator, theme: keyof typeof kinds): Promise<void> {
  await panel.locator(`body[data-vscode-theme-kind="${kinds[theme]}"]`).waitFor();
}
