import { expect, it } from "vitest";
import { useWorkbench, type Workbench } from "./workbench";

const vscode = useWorkbench();

async function openWalkthrough(theme: "dark" | "light" | "highContrast" = "dark"): Promise<Workbench> {
  const window = await vscode.open({ theme });
  await window.command("Promptscope: Open Walkthrough");
  await window.page.locator(".gettingStartedContainer .getting-started-step").first().waitFor();
  return window;
}

it.each(["dark", "light", "highContrast"] as const)(
  "shows seven steps with pictures of real tokens, %s",
  async (theme) => {
    const window = await openWalkthrough(theme);
    const steps = window.page.locator(".gettingStartedContainer .getting-started-step");
    expect(await steps.count()).toBe(7);
    await steps.nth(1).click();
    await expect.poll(() => steps.nth(1).textContent()).toContain("Open the Lesson");
    const picture = window.webview().locator("svg");
    await picture.waitFor();
    expect(await picture.locator("text").allTextContents()).toContain("·strawberry");
    await window.screenshot(`walkthrough-${theme}`);
  },
);

it("opens a lesson as an untitled copy with the lens on", async () => {
  const window = await openWalkthrough();
  await window.page.locator(".getting-started-step").nth(1).click();
  await window.page.locator(".getting-started-step .button-container", { hasText: "Open the Lesson" }).first().click();
  await window.page
    .locator('.tab.active[aria-label*="Why a model can"], .tab.active[aria-label*="Untitled"]')
    .waitFor();
  await expect.poll(async () => (await window.paintedBands()).length, { timeout: 15_000 }).toBeGreaterThan(50);
  await window.screenshot("walkthrough-lesson");
});

it("offers all lessons from the palette", async () => {
  const window = await vscode.open();
  await window.command("Promptscope: Open Lesson");
  const rows = window.page.locator(".quick-input-list .monaco-list-row");
  await rows.filter({ hasText: "What whitespace costs" }).click();
  await expect.poll(() => window.editor.textContent(), { timeout: 15_000 }).toMatch(/What.whitespace.costs/);
  await expect.poll(async () => (await window.paintedBands()).length, { timeout: 15_000 }).toBeGreaterThan(20);
});
