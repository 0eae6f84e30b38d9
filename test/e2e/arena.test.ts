import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { FrameLocator } from "playwright-core";
import { expect, it } from "vitest";
import { inTheme, violations } from "./accessibility";
import { useWorkbench } from "./workbench";

const vscode = useWorkbench();

const finding = (panel: FrameLocator) => panel.locator("#finding");
const hostile = `<img src=x onerror="document.title='broken'"> Who is Jane Austen?`;

it("compares the stages in one click, then votes blind by keys on two prompts and tells no more than two votes do", async () => {
  const window = await vscode.open({
    file: "prompts/persona.md",
    settings: { "window.restoreWindows": "preserve" },
  });
  const { page } = window;
  await window.command("Promptscope: Arena: Compare the Specimen’s Three Stages");
  const panel = window.webview();
  const columns = panel.locator(".columns .side");
  await expect
    .poll(() => columns.locator("h3").allTextContents(), { timeout: 60_000 })
    .toEqual(["Base", "Chat", "I don’t know"]);
  await window.command("View: Close Primary Side Bar");
  await window.command("View: Toggle Maximize Editor Group");
  await expect.poll(() => columns.locator(".num").count(), { timeout: 60_000 }).toBe(3);
  await panel.locator("#tint").click();
  await expect.poll(() => columns.locator(".tk").count()).toBeGreaterThan(3);
  expect(await columns.locator(".tk").first().getAttribute("title")).toMatch(/: .*%, [\d.]+ bits$/);
  await page.keyboard.press("ArrowRight");
  await panel.getByText("Prompt 2 of 3").waitFor();
  await expect.poll(() => columns.locator(".tk").count()).toBeGreaterThan(3);
  await window.screenshot("arena-stages");
  expect(await violations(panel)).toEqual([]);
  await panel.locator("#tint").click();

  await panel.locator("#start-over").click();
  await panel.locator("#undo-setup").click();
  await expect.poll(() => panel.locator("#prompt-1").count()).toBe(0);
  await panel.locator("#prompt-0 textarea").fill(hostile);
  await panel.locator("#add-prompt").click();
  await panel.locator("#prompt-1 textarea").fill("Who is Orson Kovacs?");
  await page.keyboard.press("Tab");
  await panel.getByText("Compare blind on 2 prompts").waitFor();
  await window.screenshot("arena-set-up");
  expect(await violations(panel)).toEqual([]);
  await panel.locator("#empty-run").click();
  const sides = panel.locator(".pair article");
  await expect.poll(() => sides.count(), { timeout: 60_000 }).toBe(2);
  await panel.getByText("Pair 1").waitFor();
  // Nothing of the pair says whose it is: no name, no number of tokens, no tooltip.
  const html = await panel.locator(".pair").innerHTML();
  expect(html).not.toMatch(/Specimen|specimen|tokens|cut off/);
  expect(await finding(panel).textContent()).toMatch(/No votes yet:/);
  expect(await violations(panel)).toEqual([]);
  await window.screenshot("arena-blind");
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => sides.locator(".who").allTextContents()).toHaveLength(2);
  expect((await sides.locator(".who").allTextContents()).sort()).toEqual([
    "Specimen, chat",
    "Specimen, “I don’t know”",
  ]);
  expect(await sides.first().textContent()).toContain("✓ your vote");
  await window.screenshot("arena-voted");
  expect(await violations(panel)).toEqual([]);
  await page.keyboard.press("u");
  await expect.poll(() => sides.locator(".who").count()).toBe(0);
  await page.keyboard.press("t");
  await expect.poll(() => sides.locator(".who").count()).toBe(2);
  await page.keyboard.press("Enter");
  await panel.getByText("Pair 2 of 2").waitFor({ timeout: 60_000 });
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => sides.locator(".who").count()).toBe(2);
  await expect
    .poll(() => finding(panel).textContent())
    .toMatch(/Not enough votes to tell:.*at least 6 are needed to tell anything/s);
  await panel.locator(".ranking tbody tr").nth(1).waitFor();
  expect(await panel.locator(".ranking tbody").textContent()).toMatch(/too few/);
  await panel.getByText("1 vote given again after the names had been shown").waitFor();
  expect(await panel.locator("body").evaluate(() => document.title)).not.toBe("broken");
  expect(await panel.locator(".prompt-text img, .said img").count()).toBe(0);
  expect(await violations(panel)).toEqual([]);
  for (const theme of ["light", "highContrast", "dark"] as const) {
    await window.useTheme(theme);
    await inTheme(panel, theme);
    await window.screenshot(`arena-${theme}`);
    expect(await violations(panel)).toEqual([]);
  }

  const folder = path.join(window.folder, "promptscope-runs");
  await expect.poll(async () => (await readdir(folder)).length).toBe(2);
  const runs = await Promise.all((await readdir(folder)).map((name) => readFile(path.join(folder, name), "utf8")));
  expect(runs.filter((text) => text.includes('"type":"vote"'))).toHaveLength(1);

  await page.setViewportSize({ width: 470, height: 900 });
  await expect.poll(() => panel.locator("#panel").evaluate(({ clientWidth }) => clientWidth)).toBeLessThan(460);
  await window.screenshot("arena-narrow");
  expect(await panel.locator("body").evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  expect(await violations(panel)).toEqual([]);

  const said = await finding(panel).textContent();
  // VS Code writes what a panel remembers a little after it was told.
  await page.waitForTimeout(1500);
  await window.command("Developer: Reload Window");
  await page.waitForEvent("load");
  await expect.poll(() => finding(panel).textContent(), { timeout: 60_000 }).toBe(said);
  expect(await panel.locator(".votes tbody tr").count()).toBe(2);
});
