import { mkdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/workbench/install.mjs";
import { useWorkbench, type Workbench } from "./workbench";

const vscode = useWorkbench();
const quiet = {
  "editor.minimap.enabled": false,
  "window.titleBarStyle": "native",
  "workbench.layoutControl.enabled": false,
  "promptscope.tokenizers.compare": ["cl100k_base", "r50k_base"],
};

async function keep(window: Workbench, name: string): Promise<void> {
  const folder = path.join(root, "media", "pictures");
  await mkdir(folder, { recursive: true });
  await window.page.screenshot({ path: path.join(folder, `${name}.png`) });
  await window.close();
}

describe.each(["dark", "light"] as const)("%s", (theme) => {
  const size = { width: 1240, height: 720, theme, settings: quiet };

  it("token lens with a hover, and the budget", async () => {
    const window = await vscode.open({ ...size, file: "prompts/word-problems.md" });
    await window.waitForStatus(/tokens/);
    await window.page.locator('.activitybar [aria-label^="Promptscope"]').first().click();
    await window.page.locator(".pane-body .monaco-list-row").first().waitFor();
    await window.goTo(22, 1);
    await window.command("Promptscope: Toggle Token Lens");
    // The first hover asks for the compared tokenizers; the second has their numbers.
    await window.hover("immons in");
    await window.page.waitForTimeout(1500);
    await window.page.mouse.move(1150, 400);
    await window.page.waitForTimeout(600);
    const hover = await window.hover("immons in");
    await hover.getByText("o200k_base").first().waitFor();
    await window.page.waitForTimeout(400);
    await keep(window, `lens-${theme}`);
  });

  it("token inspector, tokenizers side by side", async () => {
    const window = await vscode.open({ ...size, file: "texts/languages.md" });
    await window.waitForStatus(/tokens/);
    await window.command("View: Close Primary Side Bar");
    await window.command("Promptscope: Compare Tokenizers");
    await window.webview().locator("[role]").first().waitFor();
    await window.page.waitForTimeout(2500);
    await keep(window, `inspector-${theme}`);
  });

  it("surprisal lens with a hover", async () => {
    const window = await vscode.open({ ...size, file: "texts/loaded-coin.md" });
    await window.waitForStatus(/tokens/);
    await window.command("View: Show Promptscope");
    await window.command("Promptscope: Toggle Surprisal Lens");
    await window.page.locator(".statusbar-item").filter({ hasText: "perplexity" }).waitFor();
    await window.page.waitForTimeout(1500);
    await window.hover("is Lyon");
    await window.page.waitForTimeout(600);
    await keep(window, `surprisal-${theme}`);
  });

  it("next-token explorer, with branches and a tossed coin", async () => {
    const window = await vscode.open({ ...size, height: 940, file: "texts/loaded-coin.md" });
    await window.command("View: Close Primary Side Bar");
    await window.goTo(15, 15);
    await window.command("Promptscope: Open Next-Token Explorer");
    const panel = window.webview();
    await panel.locator(".dist-row[id]").first().waitFor({ timeout: 40_000 });
    await window.command("View: Toggle Maximize Editor Group");
    await panel.locator(".dist.wide").waitFor();
    await panel.locator("#number-temperature").fill("0.7");
    await panel.locator("#number-topP").fill("0.9");
    await panel.locator("#tokens").focus();
    for (const key of ["ArrowDown", "b", "ArrowDown", "b", "Home", "Enter"]) {
      await window.page.keyboard.press(key);
      await window.page.waitForTimeout(600);
    }
    await panel.locator("#tokens").focus();
    for (const key of ["ArrowDown", "b", "Home", "Shift+T"]) {
      await window.page.keyboard.press(key);
      await window.page.waitForTimeout(400);
    }
    await keep(window, `explorer-${theme}`);
  });

  it("reasoning panel: the finding, its numbers, and a question with the step at which the model knew", async () => {
    const window = await vscode.open({ ...size, width: 1400, height: 1060 });
    await window.command("View: Close Primary Side Bar");
    await window.command("Promptscope: Compare Step by Step with Answer First");
    const panel = window.webview();
    await panel.locator("#empty-run").click({ timeout: 40_000 });
    await panel.locator(".findings .find").filter({ hasText: "McNemar" }).waitFor({ timeout: 110_000 });
    await panel.getByRole("button", { name: /^Only step by step right/ }).click();
    const rows = panel.locator(".ql-row:not(.ql-head)");
    // The list follows its filter a moment later; the first question is none of those.
    await expect.poll(() => rows.first().locator("span").first().textContent()).not.toBe("1");
    await rows.nth(1).click();
    await expect.poll(() => rows.nth(1).getAttribute("aria-selected")).toBe("true");
    const steps = panel.locator(".arm").filter({ hasText: "Step by step" });
    await steps.locator("button.step").nth(1).click();
    await panel.locator("#ask-known").click();
    await panel.locator(".kn-plot svg[role=img]").waitFor({ timeout: 60_000 });
    await window.page.waitForTimeout(800);
    await keep(window, `reasoning-${theme}`);
  });

  it("probe panel: an invented person among the controls, its meanings and the answer's tokens", async () => {
    const window = await vscode.open({ ...size, width: 1400, height: 1340 });
    await window.command("View: Close Primary Side Bar");
    await window.command("Promptscope: Does It Know or Make It Up?");
    const panel = window.webview();
    await panel.locator("#example-invented").click({ timeout: 40_000 });
    await panel.locator(".verdict-words .find").filter({ hasText: "Guesses" }).waitFor({ timeout: 110_000 });
    await panel.locator("#pause").waitFor({ state: "detached", timeout: 60_000 });
    await panel.locator(".claim").last().click();
    await panel.locator("main").evaluate(() => scrollTo(0, 0));
    await window.page.mouse.move(700, 60);
    await window.page.waitForTimeout(800);
    await keep(window, `probe-${theme}`);
  });

  it("interrogation panel: what is known of a page, by section and line, and one question of the review", async () => {
    const window = await vscode.open({ ...size, width: 1400, height: 1000, file: "texts/people-and-places.md" });
    await window.command("View: Close Primary Side Bar");
    await window.command("Promptscope: Interrogate This File");
    const panel = window.webview();
    await panel.locator("#empty-run:not([disabled])").click({ timeout: 60_000 });
    await panel
      .locator(".finding .find")
      .filter({ hasText: /^It knows/ })
      .waitFor({ timeout: 110_000 });
    await window.command("View: Toggle Maximize Editor Group");
    await panel.locator("#questions").focus();
    await window.page.keyboard.press("Home");
    await panel.locator("#question-0[aria-selected=true]").waitFor();
    for (let accepted = 0; accepted < 6; accepted++) {
      await window.page.keyboard.press("a");
      await panel.locator(`#question-${accepted + 1}[aria-selected=true]`).waitFor();
    }
    await panel
      .getByRole("button", { name: /^Line 3\d: 0 % right/ })
      .first()
      .click();
    await window.page.waitForTimeout(800);
    await keep(window, `interrogation-${theme}`);
  });

  it("sharp edges: ten suites by two models, and a miscounted word with its tokens", async () => {
    const window = await vscode.open({ ...size, width: 1400, height: 1120 });
    await window.command("View: Close Primary Side Bar");
    await window.command("Promptscope: Find Sharp Edges");
    const panel = window.webview();
    await panel.locator("#add-model").click({ timeout: 40_000 });
    await window.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "Specimen, base" }).click();
    await panel.locator("#model-1").waitFor();
    await panel.locator("#empty-run:not([disabled])").click({ timeout: 40_000 });
    await expect.poll(() => panel.locator(".findings .find").count(), { timeout: 110_000 }).toBe(2);
    await panel.getByRole("button", { name: /^Letters in a word, at once, Specimen, chat/ }).click();
    await panel.locator(".case .subject").waitFor();
    await panel.locator("main").evaluate(() => scrollTo(0, 0));
    await window.page.mouse.move(700, 60);
    await window.page.waitForTimeout(800);
    await keep(window, `suites-${theme}`);
  });

  it("arena: blind votes on people, and what they tell", async () => {
    const window = await vscode.open({ ...size, height: 1000 });
    await window.command("View: Close Primary Side Bar");
    await window.command("Promptscope: Compare Answers in the Arena");
    const panel = window.webview();
    await panel.locator("#prompt-0 textarea").waitFor({ timeout: 40_000 });
    const known = ["Jane Austen", "Andy Warhol", "Galileo Galilei", "Marie Curie", "Jesse Owens", "Emily Dickinson"];
    for (const [place, name] of [...known, "Orson Kovacs", "Tilda Brandt"].entries()) {
      if (place > 0) await panel.locator("#add-prompt").click();
      await panel.locator(`#prompt-${place} textarea`).fill(`Who is ${name}?`);
    }
    await window.page.keyboard.press("Control+Enter");
    await panel.getByText("Run again").waitFor({ timeout: 60_000 });
    // Whoever answers at more length is voted for: the picture shows a voting, not an opinion.
    for (let votes = 1; votes < 4; votes++) {
      const open = panel.getByRole("heading", { name: new RegExp(`^Pair ${votes} of`) });
      await open.or(panel.getByText("have a vote")).first().waitFor();
      if (!(await open.isVisible())) break;
      const [left = "", right = ""] = await panel.locator(".pair .said").allTextContents();
      await window.page.keyboard.press(left.length > right.length ? "ArrowLeft" : "ArrowRight");
      await expect.poll(() => panel.locator(".pair .who").count()).toBe(2);
      await window.page.keyboard.press("Enter");
    }
    // The last pair stays blind.
    await panel.getByRole("heading", { name: /^Pair 4 of/ }).waitFor();
    await panel.locator(".ranking tbody tr").nth(1).waitFor();
    await window.page.waitForTimeout(800);
    await keep(window, `arena-${theme}`);
  });
});
