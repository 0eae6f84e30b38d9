import { readdir } from "node:fs/promises";
import path from "node:path";
import type { FrameLocator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { inTheme, regionsByKey, violations } from "./accessibility";
import { modelProcesses } from "./modelProcesses";
import { useWorkbench, type Workbench } from "./workbench";

const vscode = useWorkbench();
const open = "Promptscope: Does It Know or Make It Up?";
const verdict = (panel: FrameLocator) => panel.locator(".verdict-words .find");

/** Types a question, with its right answer where there is one, and asks it with Enter. */
async function ask(window: Workbench, panel: FrameLocator, question: string, reference = ""): Promise<void> {
  await panel.locator("#reference input").fill(reference);
  await panel.locator("#question input").fill(question);
  await window.page.keyboard.press("Enter");
  await expect.poll(() => panel.locator(".q-text").textContent(), { timeout: 40_000 }).toBe(question);
}

/** Few controls, so that a probe takes seconds; fewer than five would tell nothing. */
async function fewControls(window: Workbench, panel: FrameLocator): Promise<void> {
  await panel.locator("#controls").fill("6");
  await window.page.keyboard.press("Tab");
  await panel.locator("#reference").waitFor();
}

describe("probe panel", () => {
  it("tells a seen person from an invented one, memory from a page, and comes back after a reload", async () => {
    const window = await vscode.open({ settings: { "window.restoreWindows": "preserve" }, width: 1400, height: 1000 });
    await window.command(open);
    const panel = window.webview();
    await panel.locator("#example-known").waitFor({ timeout: 40_000 });
    await window.command("View: Close Primary Side Bar");
    expect(await violations(panel)).toEqual([]);
    await fewControls(window, panel);

    await ask(window, panel, "Who was Marie Curie?", "chemist");
    await expect.poll(() => verdict(panel).textContent(), { timeout: 90_000 }).toMatch(/^\s*Knows\./);
    await panel.locator("#pause").waitFor({ state: "detached", timeout: 60_000 });
    await expect.poll(() => verdict(panel).textContent()).toMatch(/^\s*Knows\./);
    const entropy = panel.locator("tr[data-score=semanticEntropy] svg[role=img]");
    await expect
      .poll(() => entropy.getAttribute("aria-label"))
      .toMatch(/Semantic entropy: Marie Curie \d\.\d\d, above \d of 6 known/);
    await expect.poll(() => panel.locator("tr[data-score=semanticEntropy] circle.tone-b").count()).toBe(6);
    await expect.poll(() => panel.locator("tr[data-score=semanticEntropy] circle.tone-a").count()).toBe(6);
    await window.screenshot("probe-known");

    await ask(window, panel, "Who is Orson Kovacs?");
    await expect.poll(() => verdict(panel).textContent(), { timeout: 90_000 }).toMatch(/^\s*Guesses\./);
    await panel.locator("#pause").waitFor({ state: "detached", timeout: 60_000 });
    await expect.poll(() => verdict(panel).textContent()).toMatch(/^\s*Guesses\..*invented/s);
    await expect.poll(() => panel.locator("u.risk").count()).toBeGreaterThan(0);
    await panel.locator(".claim").first().click();
    await expect.poll(() => panel.locator(".alternatives tr").count()).toBeGreaterThan(1);

    // A meaning is unfolded and an answer marked as a refusal, by keyboard alone; undo takes it back.
    const meanings = await panel.locator("button.meaning").count();
    await panel.locator("button.meaning").first().focus();
    await window.page.keyboard.press("Enter");
    await panel.locator("li.answer").first().focus();
    await window.page.keyboard.press("d");
    await expect
      .poll(() => panel.locator("button.meaning .muted").allTextContents())
      .toEqual(["says it does not know"]);
    await window.page.keyboard.press("u");
    await expect.poll(() => panel.locator("button.meaning .muted").count()).toBe(0);
    expect(await panel.locator("button.meaning").count()).toBe(meanings);
    await panel.locator("#judgements").click();
    await panel.locator(".pair").first().waitFor();
    expect(await regionsByKey(window, panel)).toEqual(
      expect.arrayContaining(["What it says", "The greedy answer", "Claims at risk"]),
    );
    expect(await violations(panel)).toEqual([]);
    await window.screenshot("probe-invented");

    await panel.locator("#open-book").click();
    await panel
      .locator("#page-text textarea")
      .fill("Orson Kovacs was a lighthouse keeper. <img src=x onerror=alert(1)>");
    await window.page.keyboard.press("Tab");
    await panel.locator("#no-book").waitFor();
    await panel.locator("#open-book").click();
    // Its process dies while it is asked; the probe goes on where it was.
    const [pid] = modelProcesses();
    if (pid === undefined) throw new Error("the model has no process");
    process.kill(pid, "SIGSTOP");
    const hostile = "Who is Orson <b>Kovacs</b><script>document.title='owned'</script>?";
    await ask(window, panel, hostile, "keeper");
    await panel.locator("#pause").waitFor();
    process.kill(pid, "SIGKILL");
    await panel.locator("#action-restart").click({ timeout: 40_000 });
    await expect
      .poll(() => panel.locator("td[data-book=misleading] svg").count(), { timeout: 90_000 })
      .toBeGreaterThan(0);
    await panel.locator("#pause").waitFor({ state: "detached", timeout: 60_000 });
    await expect
      .poll(() => panel.locator("td[data-book=open] svg").first().getAttribute("aria-label"))
      .toMatch(/\d+ from memory, \d+ from the page/);
    await expect.poll(() => panel.locator(".books").textContent()).toContain("“keeper” became");
    await panel.getByRole("radio", { name: "Open book" }).click();
    await panel.locator(".greedy-text .tk").first().waitFor();
    expect(await panel.locator("#panel img, #panel script, .q-text *").count()).toBe(0);
    expect(await violations(panel)).toEqual([]);

    const saved = async () =>
      (await readdir(path.join(window.folder, "promptscope-runs")).catch(() => [])).filter((name) =>
        name.endsWith(".promptscope.jsonl"),
      );
    await expect.poll(async () => (await saved()).length).toBe(3);
    const said = await verdict(panel).textContent();
    // VS Code writes what a panel remembers a little after it was told.
    await window.page.waitForTimeout(1500);
    await window.command("Developer: Reload Window");
    await window.page.waitForEvent("load");
    await expect.poll(() => verdict(panel).textContent(), { timeout: 60_000 }).toBe(said);
    expect(await panel.locator(".q-text").textContent()).toBe(hostile);
    for (const theme of ["light", "highContrast"] as const) {
      await window.useTheme(theme);
      await inTheme(panel, theme);
      await expect.poll(() => violations(panel)).toEqual([]);
      await window.screenshot(`probe-${theme}`);
    }
  }, 240_000);
});
