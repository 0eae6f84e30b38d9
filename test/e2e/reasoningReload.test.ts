import { describe, expect, it } from "vitest";
import { useWorkbench } from "./workbench";

const vscode = useWorkbench();

describe("reasoning panel", () => {
  it("comes back after a window reload with its run, its settings and its question", async () => {
    const window = await vscode.open({
      file: "prompts/word-problems.md",
      settings: { "window.restoreWindows": "preserve" },
    });
    await window.command("Promptscope: Compare Step by Step with Answer First");
    const panel = window.webview();
    await panel.locator("#open-questions").click({ timeout: 40_000 });
    await panel.getByRole("radio", { name: "Generated problems" }).click();
    await panel.locator("#problem-count").fill("6");
    // What is typed counts, though its field was not left.
    await window.page.keyboard.press("Control+Enter");
    const finding = panel.locator(".findings .find").first();
    await expect.poll(() => finding.textContent(), { timeout: 60_000 }).toMatch(/^\s*Too few to tell:.*of 6 right/s);
    const said = await finding.textContent();
    const label = await panel.locator(".files span").first().textContent();
    // VS Code writes what a panel remembers a little after it was told.
    await window.page.waitForTimeout(1500);
    await window.command("Developer: Reload Window");
    await window.page.waitForEvent("load");
    await expect.poll(() => finding.textContent(), { timeout: 60_000 }).toBe(said);
    expect(await panel.locator(".files span").first().textContent()).toBe(label);
    await panel
      .getByText(/^\s*6 questions, generated/)
      .first()
      .waitFor();
    expect(await panel.locator("#run").textContent()).toContain("Run again");
  });
});
