import axe from "axe-core";
import type { FrameLocator } from "playwright-core";
import { expect } from "vitest";
import type { Workbench } from "./workbench";

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

/** Names of the regions of a panel that F6 goes through until it comes back to one; "" for those that have none. */
export async function regionsByKey(window: Workbench, panel: FrameLocator): Promise<string[]> {
  const inHand = () =>
    panel.locator("body").evaluate(() => {
      const region = document.activeElement?.closest("[data-region]");
      const at = region ? [...document.querySelectorAll("[data-region]")].indexOf(region) : -1;
      return { at, name: region?.getAttribute("aria-label") ?? "" };
    });
  const names = new Map<number, string>();
  for (let before = (await inHand()).at; ; ) {
    await window.page.keyboard.press("F6");
    await expect.poll(async () => (await inHand()).at).not.toBe(before);
    const { at, name } = await inHand();
    if (names.has(at)) return [...names.values()];
    names.set(at, name);
    before = at;
  }
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
