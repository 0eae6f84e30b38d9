import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { violations } from "./accessibility";
import { useWorkbench } from "./workbench";

const vscode = useWorkbench();

it("runs suites and a hostile one of one's own, opens a cell down to its tokens, and says what changed since", async () => {
  const window = await vscode.open({
    file: "prompts/word-problems.md",
    settings: { "window.restoreWindows": "preserve" },
  });
  const hostile = '<img src="x" onerror="document.title=1"><b>Who</b> are you?';
  await writeFile(
    path.join(window.folder, "hostile.suite.jsonl"),
    `${JSON.stringify({ text: hostile, reference: "(x+x+)+y", check: "matches", maxTokens: 8 })}\n`,
  );
  await writeFile(path.join(window.folder, "broken.suite.jsonl"), '{"text":"fine"}\n{"txt":"not"}\n');
  await window.command("Promptscope: Find Sharp Edges");
  const panel = window.webview();
  await expect.poll(() => panel.locator("#empty-run").textContent(), { timeout: 60_000 }).toMatch(/Run \d+ suites/);
  await expect.poll(() => panel.locator("#forecast").textContent(), { timeout: 20_000 }).toMatch(/≈ [\d,]+ tokens, \d/);
  expect(await violations(panel), "empty").toEqual([]);

  await panel.locator("#empty-suites").click();
  await panel.getByText(/^Line 2: /).waitFor();
  await panel.locator("#no-suites").click();
  await expect.poll(() => panel.locator("#open-suites").textContent()).toMatch(/0 of/);
  for (const name of ["9.11 and 9.9", "Who are you?", "hostile.suite.jsonl"]) {
    const box = panel.locator(".suite-on").filter({ hasText: name });
    await box.click();
    await expect.poll(() => box.getAttribute("aria-checked")).toBe("true");
  }
  await panel.locator("#size").fill("5");
  await window.page.keyboard.press("Tab");
  expect(await violations(panel), "suites").toEqual([]);
  await window.screenshot("suites-setup");
  await panel.locator("#open-suites").click();
  await panel.locator("#empty-run").click();

  const finding = panel.locator(".findings .find");
  await expect.poll(() => finding.textContent(), { timeout: 90_000 }).toMatch(/Too few to tell:.*\d of \d/s);
  await window.command("View: Toggle Maximize Editor Group");
  const cells = panel.locator("[data-cell]");
  expect(await cells.count()).toBe(5);
  await panel.getByRole("button", { name: /^9\.11 and 9\.9, as numbers/ }).click();
  const open = panel.locator(".case");
  await open.locator(".subject").first().waitFor();
  expect(await open.locator(".subject").first().textContent()).toMatch(/“[\d.]+” is (one token|\d+ tokens):/);
  expect(await open.locator(".answer-tokens .tk").count()).toBeGreaterThan(0);
  await panel.locator("#case-rows").focus();
  await window.page.keyboard.press("End");
  await panel.locator("#case-4[aria-selected=true]").waitFor();

  await cells.last().focus();
  await window.page.keyboard.press("Enter");
  await expect.poll(() => open.locator(".q-text").textContent()).toBe(hostile);
  expect(await panel.locator("img").count()).toBe(0);
  await panel.getByRole("button", { name: /^9\.11 and 9\.9, as sections/ }).click();
  await expect.poll(() => open.locator(".q-text").textContent()).toMatch(/section/);

  for (const theme of ["dark", "light", "highContrast"] as const) {
    await window.useTheme(theme);
    expect(await violations(panel), theme).toEqual([]);
    await window.screenshot(`suites-${theme}`);
  }

  await panel.locator("#run").click();
  const changes = panel.getByRole("region", { name: "Compared with another run" });
  await expect.poll(() => changes.textContent(), { timeout: 90_000 }).toMatch(/Nothing changed: all \d+ cases/);
  const saved = await readdir(path.join(window.folder, "promptscope-runs"));
  expect(saved.filter((name) => name.endsWith(".promptscope.jsonl")).length).toBe(2);

  const said = await finding.textContent();
  // VS Code writes what a panel remembers a little after it was told.
  await window.page.waitForTimeout(1500);
  await window.command("Developer: Reload Window");
  await window.page.waitForEvent("load");
  await expect.poll(() => finding.textContent(), { timeout: 60_000 }).toBe(said);
  await expect.poll(() => panel.locator("#run").textContent(), { timeout: 20_000 }).toMatch(/Run again/);

  await window.command("View: Close Primary Side Bar");
  await window.page.setViewportSize({ width: 470, height: 1600 });
  await panel.locator("#fold-settings").waitFor();
  await cells.first().click();
  await panel.locator("#next-case").waitFor();
  expect(await violations(panel), "narrow").toEqual([]);
  expect(await panel.locator("html").evaluate((page) => page.scrollWidth - page.clientWidth)).toBeLessThanOrEqual(0);
  await window.screenshot("suites-narrow");
});
