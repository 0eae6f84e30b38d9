import { beforeAll, expect, it } from "vitest";
import { useWorkbench, type Workbench } from "./workbench";

const vscode = useWorkbench();

let window: Workbench;

beforeAll(async () => {
  window = await vscode.open({ file: "README.md" });
  await window.waitForStatus(/tokens/);
});

async function openWalkthrough(title = "See what a model sees"): Promise<void> {
  await window.command("Promptscope: Open Walkthrough");
  await window.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: title }).click();
  await steps().first().waitFor();
}

function steps() {
  return window.page.locator(".gettingStartedContainer .getting-started-step");
}

it("shows seven steps with pictures of real tokens", async () => {
  await openWalkthrough();
  expect(await steps().count()).toBe(7);
  await steps().nth(1).click();
  const picture = window.webview().locator("svg");
  await expect.poll(() => picture.locator("text").allTextContents(), { timeout: 15_000 }).toContain("·strawberry");
  await window.screenshot("walkthrough-dark");
});

it("leads from one walkthrough to the next", async () => {
  await openWalkthrough("Memory and making up");
  expect(await steps().count()).toBe(4);
  await steps().nth(3).click();
  await steps().getByText("Next: The Edges of the Cheese").click();
  await steps().filter({ hasText: "Find the holes" }).waitFor();
  // A walkthrough that has just opened takes the focus a moment later, from whatever has it by then.
  await window.page.waitForTimeout(1500);
});

it("opens a lesson as an untitled copy with the lens on", async () => {
  await openWalkthrough();
  await steps().nth(1).click();
  await steps().getByText("Open the Lesson").first().click();
  await window.page
    .locator('.tab.active[aria-label*="Why a model can"], .tab.active[aria-label*="Untitled"]')
    .waitFor();
  await expect.poll(async () => (await window.paintedBands()).length, { timeout: 15_000 }).toBeGreaterThan(50);
  await window.screenshot("walkthrough-lesson");
});

it("keeps its lists open over a walkthrough, which takes the focus back, and takes the keys", async () => {
  await openWalkthrough();
  await steps().nth(2).click();
  await window.command("Promptscope: Open Lesson");
  await window.page.waitForTimeout(1000);
  await window.page.keyboard.press("ArrowDown");
  await window.page.keyboard.press("Enter");
  await expect.poll(() => window.editor.textContent(), { timeout: 15_000 }).toMatch(/strawberry/);
});

it("offers all lessons from the palette", async () => {
  await window.command("Promptscope: Open Lesson");
  const rows = window.page.locator(".quick-input-list .monaco-list-row");
  await rows.filter({ hasText: "What whitespace costs" }).click();
  await expect.poll(() => window.editor.textContent(), { timeout: 15_000 }).toMatch(/What.whitespace.costs/);
  await expect.poll(async () => (await window.paintedBands()).length, { timeout: 15_000 }).toBeGreaterThan(20);
  await window.command("Promptscope: Open Lesson");
  await rows.filter({ hasText: "The edges of the cheese" }).click();
  await expect.poll(() => window.editor.textContent(), { timeout: 15_000 }).toMatch(/The.edges.of.the.cheese/);
});

it("opens the lesson on thinking with an offer above its questions, which opens the panel", async () => {
  await window.command("Promptscope: Open Lesson");
  const rows = window.page.locator(".quick-input-list .monaco-list-row");
  await rows.filter({ hasText: "Models need tokens to think" }).click();
  const offers = window.page.locator(".codelens-decoration a", { hasText: "Compare step by step with answer first" });
  await expect.poll(() => offers.count(), { timeout: 30_000 }).toBeGreaterThan(2);
  await offers.first().click();
  await expect.poll(() => window.webview().locator("body").textContent(), { timeout: 30_000 }).toMatch(/Start with 12/);
  await window.screenshot("walkthrough-thinking");
});
