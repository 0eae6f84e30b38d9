import { readFile } from "node:fs/promises";
import path from "node:path";
import type { FrameLocator, Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { themes } from "../../scripts/workbench/themes.mjs";
import { loadTokenizer } from "../../src/tokenizers";
import { directorySource } from "../../src/tokenizers/node/nodeSource";
import { inTheme, violations } from "./accessibility";
import { useWorkbench, type Workbench } from "./workbench";

const vscode = useWorkbench();

interface Inspector {
  readonly window: Workbench;
  readonly panel: FrameLocator;
}

async function openInspector(file = "prompts/word-problems.md"): Promise<Inspector> {
  return inspect(await vscode.reuse({ file }));
}

async function inspect(window: Workbench): Promise<Inspector> {
  await window.waitForStatus(/[\d,]+ tokens/);
  await window.command("Promptscope: Open Token Inspector");
  const panel = window.webview();
  await tokens(panel).first().waitFor({ timeout: 20_000 });
  return { window, panel };
}

function tokens(panel: FrameLocator): Locator {
  return panel.locator("ps-token-strip [role=option]");
}

/** The text editor beside the panel, whose group is the active one. */
function source(window: Workbench): Locator {
  return window.page.locator(".editor-instance .monaco-editor .view-lines").first();
}

function chosen(panel: FrameLocator): Locator {
  return panel.locator("ps-token-strip [aria-selected=true]");
}

async function tab(panel: FrameLocator, name: string): Promise<void> {
  await panel.getByRole("tab", { name }).click();
}

async function choose(panel: FrameLocator, dropdown: string, option: string): Promise<void> {
  await panel.locator(dropdown).click();
  await panel.locator(`${dropdown} vscode-option`).filter({ hasText: option }).first().click();
}

const finding = (panel: FrameLocator) => panel.locator(".find").first();

describe("token inspector", () => {
  it("shows the tokens of the file in the editor and follows typing", async () => {
    const { window, panel } = await openInspector("texts/strawberry.md");
    const text = await readFile(path.join(window.folder, "texts", "strawberry.md"), "utf8");
    const o200k = await loadTokenizer("o200k_base", directorySource("dist"));
    const before = `${o200k.count(text).toLocaleString("en-US")} tokens`;
    await expect.poll(() => finding(panel).textContent()).toContain(before);
    await source(window).click();
    await window.page.keyboard.press("Control+Home");
    await window.page.keyboard.type("Strawberry ");
    await expect
      .poll(() =>
        tokens(panel)
          .allTextContents()
          .then((texts) => texts.slice(0, 3).join("|")),
      )
      .toBe("Str|aw|berry");
    const after = `${o200k.count(`Strawberry ${text}`).toLocaleString("en-US")} tokens`;
    await expect.poll(() => finding(panel).textContent()).toContain(after);
    await window.screenshot("inspector-tokens");
  });

  it("is linked to the editor both ways", async () => {
    const { window, panel } = await openInspector();
    await tokens(panel).filter({ hasText: "pers" }).first().click();
    await panel.locator(".details").getByText("line 22").waitFor();
    const marks = () => window.page.locator(".monaco-editor .view-overlays [class*='ced-']").count();
    await expect.poll(marks).toBeGreaterThan(0);
    await source(window).click();
    await window.goTo(1, 1);
    await window.goTo(2, 9);
    await expect.poll(() => chosen(panel).textContent()).toBe("pt");
    await expect.poll(() => chosen(panel).getAttribute("aria-label")).toMatch(/^pt, id 555, token \d+ of \d+/);
  });

  it("can be worked with the keyboard", async () => {
    const { window, panel } = await openInspector();
    const strip = panel.locator("ps-token-strip");
    await strip.focus();
    await window.page.keyboard.press("Home");
    await expect.poll(() => chosen(panel).getAttribute("id")).toBe("token-0-0");
    await window.page.keyboard.press("ArrowRight");
    await expect.poll(() => chosen(panel).textContent()).toBe("model");
    await window.page.keyboard.press("ArrowDown");
    await expect.poll(() => chosen(panel).textContent()).toBe("temperature");
    await window.page.keyboard.press("End");
    await expect.poll(() => panel.locator(".details").textContent()).toMatch(/Token ([\d,]+) of \1/);
    expect(await strip.getAttribute("aria-activedescendant")).toBe(await chosen(panel).getAttribute("id"));
    await window.page.keyboard.press("Escape");
    await expect.poll(() => chosen(panel).count()).toBe(0);
  });

  it("shows ids and bytes under each token", async () => {
    const { panel } = await openInspector();
    await panel.getByText("Ids", { exact: true }).click();
    await panel.getByText("Bytes", { exact: true }).click();
    await expect.poll(() => tokens(panel).nth(1).locator(".sub").allTextContents()).toEqual(["5079", "6D 6F 64 65 6C"]);
  });

  it("compares tokenizers and walks their differences", async () => {
    const { window, panel } = await openInspector();
    await window.command("Promptscope: Compare Tokenizers");
    await expect.poll(() => finding(panel).textContent(), { timeout: 20_000 }).toMatch(/needs least/);
    expect(await panel.locator(".lanes tbody tr").count()).toBe(4);
    await panel.getByText(/They differ in [\d,]+ places/).waitFor();
    await panel.getByText("Next difference").click();
    await expect.poll(() => chosen(panel).getAttribute("class")).toContain("differs");
    const first = await chosen(panel).getAttribute("id");
    await panel.getByText("Next difference").click();
    await expect.poll(() => chosen(panel).getAttribute("id")).not.toBe(first);
    await panel.getByText("Previous difference").click();
    await expect.poll(() => chosen(panel).getAttribute("id")).toBe(first);
    await window.screenshot("inspector-compare");
  });

  it("renders a chat with its special tokens, typed or from the file", async () => {
    const { window, panel } = await openInspector("chats/support.json");
    await tab(panel, "Chat");
    await expect.poll(() => panel.locator(".tk.special").first().textContent()).toBe("<|im_start|>");
    expect(await finding(panel).textContent()).toMatch(/of them \(\d+ %\) are the template’s/);
    await panel.getByText("From the file in the editor").click();
    const file = JSON.parse(await readFile(path.join(window.folder, "chats/support.json"), "utf8")) as unknown;
    const messages = (Array.isArray(file) ? file : (file as { messages: unknown[] }).messages).length;
    await expect.poll(() => panel.locator(".message").count()).toBe(messages);
    await window.screenshot("inspector-chat");
  });

  it("finds tokens of a vocabulary by text, id and expression", async () => {
    const { window, panel } = await openInspector();
    await tab(panel, "Vocabulary");
    await expect.poll(() => finding(panel).textContent(), { timeout: 20_000 }).toMatch(/20\d,\d{3}/);
    const field = panel.locator("#vocabulary-search");
    await field.click();
    await window.page.keyboard.type("strawberr");
    await expect.poll(() => panel.locator(".list-row .cell-text").allTextContents()).toContain("·strawberries");
    await panel.getByRole("radio", { name: "Regular expression" }).click();
    await field.click();
    await window.page.keyboard.press("Control+A");
    await window.page.keyboard.type("(");
    await panel.getByText("This is no regular expression").waitFor();
    await window.page.keyboard.press("Control+A");
    await window.page.keyboard.type("^( |[^x])*([a ]*)*(.*.*.*)*!$");
    await panel
      .getByText(/tokens|was stopped/)
      .first()
      .waitFor();
    await panel.getByRole("radio", { name: "Id", exact: true }).click();
    await field.click();
    await window.page.keyboard.press("Control+A");
    await window.page.keyboard.type("100-102");
    await expect.poll(() => panel.locator(".list-row .cell-id").allTextContents()).toEqual(["100", "101", "102"]);
  });

  it("shows hostile text as text", async () => {
    const { window, panel } = await openInspector();
    await choose(panel, "#source", "Typed text");
    const area = panel.getByRole("textbox", { name: "Text to tokenize" });
    await area.click();
    const hostile = `<img src=x onerror="document.title='owned'"><script>x</script>\u202e\u200b\ufeff`;
    await window.page.keyboard.insertText(hostile);
    await expect
      .poll(() =>
        tokens(panel)
          .allTextContents()
          .then((texts) => texts.join("")),
      )
      .toContain("<img·src=x·onerror");
    const drawn = (await tokens(panel).allTextContents()).join("");
    for (const written of ["U+202E", "U+200B", "U+FEFF"]) expect(drawn).toContain(written);
    expect(await panel.locator("ps-token-strip img, ps-token-strip script").count()).toBe(0);
    expect(await panel.locator("body").evaluate(() => document.title)).not.toBe("owned");
  });

  it("comes back after a window reload as it was", async () => {
    const { window, panel } = await inspect(
      await vscode.open({ file: "prompts/tone.md", settings: { "window.restoreWindows": "preserve" } }),
    );
    await choose(panel, "#source", "Typed text");
    await panel.locator("#typed").click();
    await window.page.keyboard.insertText("kept over a reload");
    await choose(panel, "#tokenizer", "r50k_base");
    await panel.getByText("Ids", { exact: true }).click();
    await expect.poll(() => finding(panel).textContent()).toContain("r50k_base");
    const before = await finding(panel).textContent();
    // A window asked to open a file gives up its other editors, unless told to keep them.
    await window.command("Developer: Reload Window");
    await window.page.waitForEvent("load");
    const again = window.webview();
    await tokens(again).first().waitFor({ timeout: 40_000 });
    await expect.poll(() => finding(again).textContent()).toBe(before);
    await expect.poll(() => tokens(again).first().locator(".sub").count()).toBe(1);
    const value = (id: string) => again.locator(id).evaluate((control) => (control as HTMLInputElement).value);
    expect(await value("#typed")).toBe("kept over a reload");
    await expect.poll(() => value("#tokenizer")).toBe("r50k_base");
  });

  it("has no accessibility violations in any theme", async () => {
    const { window, panel } = await openInspector();
    await tokens(panel).nth(3).click();
    for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
      await window.useTheme(theme);
      await inTheme(panel, theme);
      for (const name of ["Tokens", "Compare", "Chat", "Vocabulary"]) {
        await tab(panel, name);
        await panel.locator("ps-token-strip [role=option], .list-row").first().waitFor({ timeout: 20_000 });
        await window.page.waitForTimeout(300);
        expect(await violations(panel), `${name} in ${theme}`).toEqual([]);
        await window.screenshot(`inspector-${name.toLowerCase()}-${theme}`);
      }
    }
  });
});
